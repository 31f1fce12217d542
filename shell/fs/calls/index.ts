// The table of all calls. Every one is traced, and its errors are told where they happened, in one place.

import { FsError } from '../errno.ts';
import { flagNames } from '../open-flags.ts';
import { Process } from '../process.ts';
import type { CallStep } from '../trace.ts';
import * as attributes from './attributes.ts';
import * as credentials from './credentials.ts';
import * as data from './data.ts';
import * as directories from './directories.ts';
import * as flags from './flags.ts';
import * as locks from './locks.ts';
import * as mounts from './mounts.ts';
import * as names from './names.ts';
import * as namespaces from './namespaces.ts';
import * as open from './open.ts';
import * as processes from './processes.ts';
import * as sockets from './sockets.ts';
import * as xattr from './xattr.ts';

const calls = {
  open: open.open,
  close: open.close,
  dup: open.dup,
  dup2: open.dup2,
  pipe: open.pipe,
  setCloseOnExec: open.setCloseOnExec,
  read: data.read,
  write: data.write,
  pread: data.pread,
  pwrite: data.pwrite,
  lseek: data.lseek,
  ftruncate: data.ftruncate,
  truncate: data.truncate,
  fsync: data.fsync,
  fallocate: data.fallocate,
  copyFileRange: data.copyFileRange,
  mkdir: names.mkdir,
  mknod: names.mknod,
  symlink: names.symlink,
  link: names.link,
  unlink: names.unlink,
  rmdir: names.rmdir,
  rename: names.rename,
  stat: attributes.stat,
  lstat: attributes.lstat,
  fstat: attributes.fstat,
  access: attributes.access,
  statfs: attributes.statfs,
  readlink: attributes.readlink,
  readdir: attributes.readdir,
  getdents: attributes.getdents,
  chmod: attributes.chmod,
  fchmod: attributes.fchmod,
  chown: attributes.chown,
  lchown: attributes.lchown,
  fchown: attributes.fchown,
  utimens: attributes.utimens,
  futimens: attributes.futimens,
  umask: attributes.umask,
  getFlags: flags.getFlags,
  setFlags: flags.setFlags,
  getxattr: xattr.getxattr,
  setxattr: xattr.setxattr,
  listxattr: xattr.listxattr,
  removexattr: xattr.removexattr,
  chdir: directories.chdir,
  fchdir: directories.fchdir,
  getcwd: directories.getcwd,
  chroot: directories.chroot,
  mount: mounts.mount,
  umount: mounts.umount,
  mounts: mounts.mounts,
  unshare: namespaces.unshare,
  setns: namespaces.setns,
  sethostname: namespaces.sethostname,
  flock: locks.flock,
  setuid: credentials.setuid,
  setgid: credentials.setgid,
  setgroups: credentials.setgroups,
  capset: credentials.capset,
  dropBounding: credentials.dropBounding,
  raiseAmbient: credentials.raiseAmbient,
  clearAmbient: credentials.clearAmbient,
  fork: processes.fork,
  spawn: processes.spawn,
  exec: processes.exec,
  kill: processes.kill,
  setPriority: processes.setPriority,
  listen: sockets.listen,
  connect: sockets.connect,
  sleep: processes.sleep,
  watch: processes.watch,
} as const;

type Bound<F> = F extends (process: Process, ...args: infer A) => infer R ? (...args: A) => R : never;

/** All calls as methods of a process. */
type Calls = { readonly [Name in keyof typeof calls]: Bound<(typeof calls)[Name]> } & {
  /** stat(2), or undefined when it fails. */
  tryStat(path: string): ReturnType<typeof attributes.stat> | undefined;
  /** lstat(2), or undefined when it fails. */
  tryLstat(path: string): ReturnType<typeof attributes.lstat> | undefined;
};

declare module '../process.ts' {
  interface Process extends Calls {}
}

type AnyCall = (process: Process, a: unknown, b: unknown, c: unknown, d: unknown, e: unknown) => unknown;

/** Calls that start other work are told by its own events: 'exec', 'exit', 'mount'. */
const untraced = new Set(['fork', 'spawn', 'exec', 'sleep', 'watch', 'mounts', 'listen', 'connect']);

/** No call takes more than five arguments; naming them is faster than gathering them. */
const method = (name: string, call: AnyCall) => {
  const quiet = untraced.has(name);
  return function (this: Process, a: unknown, b: unknown, c: unknown, d: unknown, e: unknown): unknown {
    const { kernel } = this;
    if (this.killed !== undefined) this.checkpoint();
    kernel.current = this;
    const { trace } = kernel;
    trace.actor = this;
    try {
      const result = call(this, a, b, c, d, e);
      if (trace.on && !quiet) trace.emit(step(this, name, [a, b, c, d, e], { result: shownResult(result) }));
      return result;
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      locate(error, name, a);
      if (trace.on && !quiet) trace.emit(step(this, name, [a, b, c, d, e], { errno: error.code }));
      throw error;
    }
  };
};

const locate = (error: FsError, name: string, path: unknown): void => {
  if (error.call !== '') return;
  error.call = name;
  if (error.path === '' && typeof path === 'string') error.path = path;
};

const step = (
  process: Process,
  call: string,
  args: readonly unknown[],
  end: Partial<CallStep>,
): CallStep => ({
  kind: 'call',
  call,
  args: args
    .slice(0, args.findLastIndex((arg) => arg !== undefined) + 1)
    .map((arg, at) =>
      call === 'open' && at === 1 ? flagNames(Number(arg)) : shownArgument(process, call, arg, at),
    ),
  ...end,
});

/** Calls whose first argument is a number that is no descriptor's. */
const numbered = new Set(['kill', 'umask', 'setuid', 'setgid', 'dropBounding', 'raiseAmbient', 'setns']);

const shownArgument = (process: Process, call: string, arg: unknown, at: number): string | number => {
  if (typeof arg === 'string') return arg;
  if (typeof arg === 'number')
    return at === 0 && !numbered.has(call) ? (process.fds.get(arg)?.path ?? arg) : arg;
  if (arg instanceof Uint8Array) return arg.length;
  return JSON.stringify(arg, (_key, value) => (typeof value === 'bigint' ? value.toString() : value)) ?? '';
};

const shownResult = (result: unknown): string | number | undefined => {
  if (typeof result === 'number' || typeof result === 'string') return result;
  if (result instanceof Uint8Array || Array.isArray(result)) return result.length;
  return undefined;
};

const methods: Record<string, unknown> = {
  tryStat(this: Process, path: string) {
    return orUndefined(() => this.stat(path));
  },
  tryLstat(this: Process, path: string) {
    return orUndefined(() => this.lstat(path));
  },
};
for (const [name, call] of Object.entries(calls)) methods[name] = method(name, call as AnyCall);
Object.assign(Process.prototype, methods);

const orUndefined = <T>(ask: () => T): T | undefined => {
  try {
    return ask();
  } catch (error) {
    if (error instanceof FsError) return undefined;
    throw error;
  }
};
