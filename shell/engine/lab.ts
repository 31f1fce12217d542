// A small machine for the tests of this room: a kernel, an engine, and an image whose programs are the test's own functions.

import { bootKernel } from '../fs/boot.ts';
import { type Clock, virtualClock } from '../fs/clock.ts';
import { credentials } from '../fs/credentials.ts';
import type { Kernel } from '../fs/kernel.ts';
import { Namespace } from '../fs/mount.ts';
import { O } from '../fs/open-flags.ts';
import { mountBtrfs, mountZfs } from '../fs/pool/disks.ts';
import type { Process } from '../fs/process.ts';
import { elfImage, type Program } from '../fs/program.ts';
import { createRandom } from '../fs/random.ts';
import type { Signal } from '../fs/signal.ts';
import { walk } from '../fs/walk.ts';
import type { BundledImage } from '../images/catalogue.ts';
import { mountAufs, mountOverlay } from '../overlay/index.ts';
import { DigestVisitor } from './digest.ts';
import { Engine } from './engine.ts';
import { DEFAULT_DRIVER, type DriverName } from './storage/driver-names.ts';
import { ArchiveWriter } from './tar/archive.ts';
import { archiveEntry, entriesBelow } from './tar/tree-entries.ts';
import type { Runtime } from './world.ts';

const START = 1_795_278_689_000_000_000n;

/** A clock that moves only when it is told to, or when something sleeps. */
const stillClock = (): Clock & { set(at: bigint): void } => {
  const virtual = virtualClock(START);
  let now = START;
  return {
    now: () => now,
    after: (ms, wake, foreground) => {
      if (!Number.isFinite(ms)) return () => {};
      const at = now + BigInt(Math.round(ms * 1e6));
      return virtual.after(
        ms,
        () => {
          if (at > now) now = at;
          wake();
        },
        foreground,
      );
    },
    running: virtual.running,
    set: (at) => {
      now = at;
      virtual.set(at);
    },
  };
};

export const put = (process: Process, path: string, text: string, mode = 0o644): void => {
  const fd = process.open(path, O.WRONLY | O.CREAT | O.TRUNC, mode);
  process.pwrite(fd, new TextEncoder().encode(text), 0);
  process.close(fd);
};

export const append = (process: Process, path: string, text: string): void => {
  const fd = process.open(path, O.WRONLY | O.APPEND);
  void process.write(fd, new TextEncoder().encode(text));
  process.close(fd);
};

export const text = (process: Process, path: string): string => {
  const fd = process.open(path, O.RDONLY);
  try {
    return new TextDecoder().decode(process.pread(fd, process.fstat(fd).size, 0));
  } finally {
    process.close(fd);
  }
};

/** Sets modification times of everything at and below `path`, in seconds. */
export const dateTree = (process: Process, path: string, seconds: number): void => {
  if (process.lstat(path).kind === 'directory')
    for (const { name } of process.readdir(path)) dateTree(process, `${path}/${name}`, seconds);
  process.utimens(path, { mtime: BigInt(seconds) * 1_000_000_000n }, { follow: false });
};

export interface Lab {
  kernel: Kernel;
  clock: ReturnType<typeof stillClock>;
  /** root on the host. */
  root: Process;
  engine: Engine;
  /** What `/bin/job NAME` does in a container. */
  jobs: Map<string, Program>;
  /** Runs `act` in a running container and gives its exit code. */
  inside(container: string, act: (process: Process) => void): Promise<number>;
}

/** A kernel with dockerd's process, and nothing on its disk but what dockerd needs. */
export const createKernel = (loader: (name: string) => Program | undefined = () => undefined) => {
  const clock = stillClock();
  const kernel = bootKernel({
    clock,
    random: createRandom(1),
    loader,
    filesystemTypes: { overlay: mountOverlay, aufs: mountAufs, btrfs: mountBtrfs, zfs: mountZfs },
  });
  const root = kernel.createInit(['dockerd']);
  for (const path of ['/dev', '/etc', '/var', '/var/lib']) root.mkdir(path);
  root.mknod('/dev/null', 0o020666, 0x100003);
  return { kernel, clock, root };
};

/** An engine with the image `base:latest`; its files are dated long before the clock's time. */
export const createLab = (storageDriver: DriverName = DEFAULT_DRIVER): Lab => {
  const jobs = new Map<string, Program>([
    ['wait', (process) => process.sleep(Number.POSITIVE_INFINITY).then(() => 0)],
  ]);
  const { kernel, clock, root } = createKernel((name) =>
    name === 'job' ? (process, argv) => jobs.get(argv[1] ?? '')?.(process, argv) ?? 1 : undefined,
  );
  const engine = new Engine({
    root,
    storageDriver,
    runtime: labRuntime,
    catalogue: { findImage: (name) => (name === 'base:latest' ? baseImage(root) : undefined) },
  });
  engine.layOut(['base']);
  const inside: Lab['inside'] = async (container, act) => {
    jobs.set('act', (process) => {
      act(process);
      return 0;
    });
    const { code } = await engine.containers.exec(container, { argv: ['job', 'act'], detach: true }, root)
      .exited;
    return code;
  };
  return { kernel, clock, root, engine, jobs, inside };
};

const OLD = 1_700_000_000;

/** /bin/job, /etc and the files under /data that Docker's behaviours were recorded with. */
const writeBase = (process: Process, at: string): void => {
  for (const path of ['/bin', '/etc', '/data', '/data/dir', '/data/dir/sub', '/data/olddir', '/tmp'])
    process.mkdir(at + path);
  const { mount, node } = walk(process, `${at}/bin`);
  mount.fs.create(node, 'job', { mode: 0o100755, uid: 0, gid: 0, content: elfImage('job', 5000) });
  put(
    process,
    `${at}/etc/passwd`,
    'root:x:0:0:root:/root:/bin/job\nnobody:x:65534:65534::/nonexistent:/bin/job\n',
  );
  put(process, `${at}/data/one.txt`, 'one\n');
  put(process, `${at}/data/two.txt`, 'two\n');
  for (const name of ['a', 'b', 'c']) put(process, `${at}/data/dir/${name}`, `${name}\n`);
  put(process, `${at}/data/dir/sub/s`, 's\n');
  put(process, `${at}/data/olddir/o`, 'o\n');
  put(process, `${at}/data/h1`, 'linked\n');
  process.link(`${at}/data/h1`, `${at}/data/h2`);
  process.symlink('one.txt', `${at}/data/sym`);
  dateTree(process, at, OLD);
};

const digestOf = (process: Process, path: string): string => {
  const digest = new DigestVisitor();
  const archive = new ArchiveWriter([digest]);
  for (const entry of entriesBelow(process, path)) archiveEntry(process, archive, entry);
  archive.end();
  return digest.finish();
};

const baseImage = (root: Process): BundledImage => {
  root.mkdir('/draft');
  writeBase(root, '/draft');
  const diffId = digestOf(root, '/draft');
  const created = '2026-01-01T00:00:00Z';
  return {
    repository: 'base',
    tags: ['latest'],
    architecture: 'amd64',
    created,
    config: { Env: ['PATH=/bin'], Cmd: ['job', 'wait'] },
    history: [
      { created, createdBy: '/bin/sh -c #(nop) ADD file:0123 in / ' },
      { created, createdBy: '/bin/sh -c #(nop)  CMD ["job" "wait"]', emptyLayer: true },
    ],
    layers: [{ name: 'base', diffId, size: 5118, compressedSize: 1000, materialize: writeBase }],
  };
};

/** runc for these tests: a namespace, and one process in it that no ps shows. */
const labRuntime: Runtime = {
  open(host, rootfs, container, hostname) {
    const spot = walk(host, rootfs);
    const { fs, source, options } = spot.mount;
    const namespace = new Namespace({ ...host.kernel.rootMount(fs, source, options), root: spot.node });
    const root = { mount: namespace.root, node: spot.node };
    const shim = {
      ...host.inherited(),
      argv: ['shim'],
      namespace,
      root,
      cwd: root,
      pids: { next: 0 },
      uts: { hostname },
      container,
    };
    const inside = host.kernel.newProcess(host.pid, shim);
    const all = () =>
      [...host.kernel.processes.values()].filter(
        (process) => process.pids === inside.pids && process !== inside,
      );
    return {
      inside,
      spawn: ({ argv, env, cwd, user, capabilities, stdio }) => {
        const files = {
          0: stdio.process.file(0),
          1: stdio.process.file(stdio.stdout),
          2: stdio.process.file(stdio.stderr),
        };
        const [name = ''] = argv;
        const path = name.includes('/') ? name : `${env.get('PATH')}/${name}`;
        return inside.spawn(path, argv, {
          env,
          cwd,
          cred: credentials(user, capabilities),
          fds: {},
          files,
          foreground: stdio.process.foreground,
          terminal: stdio.process.terminal,
          newGroup: true,
        });
      },
      signalAll: (signal) => {
        for (const process of all()) process.raise(signal as Signal);
      },
      close: () => {
        for (const process of all()) process.raise('SIGKILL');
        host.kernel.forget(inside);
      },
    };
  },
};
