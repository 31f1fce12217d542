// Replays recorded calls of the unionmount test suite: `[function, args, kwargs, errno or 0, result]` a line,
// with Python's os names; `script` starts a script, `system` is a shell command that mounts.

import { constants } from 'node:os';
import { credentials } from '../../fs/credentials.ts';
import { FsError } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import type { Stat } from '../../fs/stat.ts';

type Value = string | number;
export type RecordedCall = readonly [
  call: string,
  args: readonly Value[],
  kwargs: Readonly<Record<string, unknown>>,
  errno: number,
  result: unknown,
];

/** Replays one script's calls on a machine where the directories /lower, /upper and /mnt are. */
export class UnionmountPlayer {
  readonly #process: Process;
  /** File numbers as recorded → as they are here. */
  readonly #fds = new Map<number, number>();

  constructor(process: Process) {
    this.#process = process;
  }

  /** What the call did differently from the record; undefined when it did the same. */
  play([call, args, kwargs, errno, wanted]: RecordedCall): string | undefined {
    const run = calls[call];
    if (run === undefined) throw new Error(`the trace calls ${call}, which the replay does not know`);
    let got: unknown = null;
    let failed = 0;
    try {
      got = run(this.#process, args, this.#fds, kwargs) ?? null;
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      failed = constants.errno[error.code as keyof typeof constants.errno];
    }
    if (failed !== errno) return `errno ${failed}, not ${errno}`;
    if (errno !== 0 || call === 'system') return undefined;
    if (call === 'open') {
      this.#fds.set(Number(wanted), Number(got));
      return undefined;
    }
    return JSON.stringify(got) === JSON.stringify(wanted)
      ? undefined
      : `${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`;
  }
}

type Call = (
  process: Process,
  args: readonly Value[],
  fds: ReadonlyMap<number, number>,
  kwargs: Readonly<Record<string, unknown>>,
) => unknown;

const show = (stat: Stat): unknown => [
  `0o${stat.mode.toString(8)}`,
  stat.nlink,
  stat.uid,
  stat.gid,
  stat.size,
];

const path = (args: readonly Value[], at = 0): string => String(args[at]);
const fd = (args: readonly Value[], fds: ReadonlyMap<number, number>): number =>
  fds.get(Number(args[0])) ?? -1;

const calls: Record<string, Call> = {
  mkdir: (process, args) => process.mkdir(path(args), args[1] === undefined ? 0o777 : Number(args[1])),
  create_file: (process, args) => {
    const file = process.open(path(args), O.WRONLY | O.CREAT | O.TRUNC);
    process.pwrite(file, Buffer.from(String(args[1])), 0);
    process.close(file);
  },
  symlink: (process, args) => process.symlink(path(args), path(args, 1)),
  lchown: (process, args) => process.lchown(path(args), Number(args[1]), Number(args[2])),
  lstat: (process, args) => show(process.lstat(path(args))),
  open: (process, args) => process.open(path(args), Number(args[1]), Number(args[2] ?? 0o777)),
  close: (process, args, fds) => process.close(fd(args, fds)),
  fstat: (process, args, fds) => show(process.fstat(fd(args, fds))),
  lseek: (process, args, fds) =>
    process.lseek(fd(args, fds), Number(args[1]), (['set', 'cur', 'end'] as const)[Number(args[2]) as 0]),
  read: (process, args, fds) =>
    Buffer.from(process.read(fd(args, fds), Number(args[1])) as Uint8Array).toString(),
  write: (process, args, fds) => process.write(fd(args, fds), Buffer.from(String(args[1]))),
  rename: (process, args) => process.rename(path(args), path(args, 1)),
  rmdir: (process, args) => process.rmdir(path(args)),
  unlink: (process, args) => process.unlink(path(args)),
  truncate: (process, args) => process.truncate(path(args), Number(args[1])),
  link: (process, args, _fds, kwargs) =>
    process.link(path(args), path(args, 1), kwargs.follow_symlinks === true),
  readlink: (process, args) => process.readlink(path(args)),
  utime: (process, args) => process.utimens(path(args), { atime: 'now', mtime: 'now' }),
  seteuid: (process, args) => {
    process.cred = credentials({ ...process.cred, uid: Number(args[0]) });
  },
  setegid: (process, args) => {
    process.cred = { ...process.cred, gid: Number(args[0]) };
  },
  system: (process, args) => system(process, path(args)),
};

/** The few shell commands of the suite: mounting its layers and the union, and taking them away. */
const system = (process: Process, command: string): void => {
  const tmpfs = /mount -t tmpfs (\S+) (\S+)$/.exec(command);
  const union = /^mount -t overlay overlay (\S+) -orw,(\S*) -o(\S+)$/.exec(command);
  const gone = /^umount (\S+)$/.exec(command);
  const readOnly = /^mount -o remount,ro (\S+)$/.exec(command);
  if (tmpfs?.[1] && tmpfs[2]) process.mount({ source: tmpfs[1], target: tmpfs[2], type: 'tmpfs' });
  if (union?.[1]) {
    process.mount({
      source: 'overlay',
      target: union[1],
      type: 'overlay',
      options: `${union[2]},${union[3]}`,
    });
  }
  if (gone?.[1]) process.umount(gone[1]);
  if (readOnly?.[1]) process.mount({ source: '', target: readOnly[1], remount: true, readOnly: true });
};
