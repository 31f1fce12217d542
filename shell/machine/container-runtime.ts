// What runc is to Docker: namespaces around a root directory, and processes inside them.

import type { Runtime, Sandbox, SpawnRequest } from '../engine/world.ts';
import type { Child, SpawnOptions } from '../fs/child.ts';
import { credentials } from '../fs/credentials.ts';
import { FsError, fail } from '../fs/errno.ts';
import { Namespace } from '../fs/mount.ts';
import type { OpenFile } from '../fs/open-file.ts';
import type { Process } from '../fs/process.ts';
import { type Signal, signals } from '../fs/signal.ts';
import { walk } from '../fs/walk.ts';

export const containerRuntime: Runtime = {
  open(host, rootfs, container, hostname) {
    const spot = walk(host, rootfs);
    const { fs, source, options } = spot.mount;
    const shown = fs.mountOptions?.(spot.node) ?? options;
    // What the host mounts on a shared tree comes through, and nothing goes back (runc: rslave).
    const mount = { ...host.kernel.rootMount(fs, source, shown), root: spot.node, master: spot.mount.group };
    const namespace = new Namespace(mount);
    const root = { mount: namespace.root, node: spot.node };
    // The shim has number 0 in the container's pid namespace: it is not to be seen there, and the first program is 1.
    const inside = host.kernel.newProcess(host.pid, {
      ...host.inherited(),
      argv: ['/usr/bin/containerd-shim-runc-v2', '-namespace', 'moby', '-id', container.id],
      namespace,
      root,
      cwd: root,
      pids: { next: 0 },
      uts: { hostname },
      container,
      terminal: undefined,
    });
    return new ContainerSandbox(inside);
  },
};

class ContainerSandbox implements Sandbox {
  readonly inside: Process;

  constructor(inside: Process) {
    this.inside = inside;
  }

  spawn(request: SpawnRequest): Child {
    const { process, stdin, stdout, stderr } = request.stdio;
    const files: Record<number, OpenFile> = { 1: process.file(stdout), 2: process.file(stderr) };
    if (stdin !== undefined) files[0] = process.file(stdin);
    const path = findProgram(this.inside, request);
    const options: SpawnOptions = {
      env: request.env,
      cwd: request.cwd,
      cred: credentials(request.user, request.capabilities),
      fds: {},
      files,
      terminal: process.terminal,
      foreground: process.foreground,
      newGroup: true,
    };
    try {
      return this.inside.spawn(path, request.argv, options);
    } catch (error) {
      if (!isLateFailure(this.inside, path, error)) throw error;
      return this.inside.fork((process) => failExec(process, path, error), options);
    }
  }

  signalAll(signal: string): void {
    if (isSignal(signal)) for (const process of this.#processes()) process.raise(signal);
  }

  close(): void {
    for (const process of this.#processes()) process.raise('SIGKILL');
    this.inside.kernel.forget(this.inside);
  }

  #processes(): Process[] {
    const { kernel, pids } = this.inside;
    return [...kernel.processes.values()].filter(
      (process) => process.pids === pids && process !== this.inside,
    );
  }
}

/** What runc finds out when the container runs already: no program's format, a script whose interpreter is not there. */
const isLateFailure = (inside: Process, path: string, error: unknown): error is FsError =>
  error instanceof FsError &&
  (error.code === 'ENOEXEC' || (error.code === 'ENOENT' && inside.tryStat(path)?.kind === 'file'));

const failExec = async (process: Process, path: string, { message }: FsError): Promise<number> => {
  await process.write(2, new TextEncoder().encode(`exec ${path}: ${message.toLowerCase()}\n`));
  return 1;
};

const isSignal = (name: string): name is Signal => Object.hasOwn(signals, name);

/** The file that argv[0] means: a path, or the first on the request's PATH that may be executed (execvp(3)). */
const findProgram = (inside: Process, { argv, env, cwd }: SpawnRequest): string => {
  const [name = ''] = argv;
  if (name.includes('/')) return name.startsWith('/') ? name : `${cwd === '/' ? '' : cwd}/${name}`;
  let forbidden = false;
  for (const directory of (env.get('PATH') ?? '/bin:/usr/bin').split(':')) {
    const path = `${directory}/${name}`;
    const stat = inside.tryStat(path);
    if (stat === undefined || stat.kind === 'directory') continue;
    if (mayExecute(inside, path)) return path;
    forbidden = true;
  }
  return fail(forbidden ? 'EACCES' : 'ENOENT', name);
};

const mayExecute = (inside: Process, path: string): boolean => {
  try {
    inside.access(path, 1);
    return true;
  } catch (error) {
    if (error instanceof FsError) return false;
    throw error;
  }
};
