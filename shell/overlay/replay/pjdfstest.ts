// Replays recorded calls of pjdfstest: `[script, cwd, argv, stdout, exit]` a line, several calls of one process joined by ':'.

import { type Cred, credentials, ROOT } from '../../fs/credentials.ts';
import { FsError } from '../../fs/errno.ts';
import { makedev, S_IFBLK, S_IFCHR, S_IFIFO, S_IFSOCK } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import type { Stat } from '../../fs/stat.ts';

/** One recorded run of the suite's program. */
export type RecordedCalls = readonly [
  script: string,
  cwd: string,
  argv: readonly string[],
  stdout: string,
  exit: number,
];

/** Runs the calls of one line and gives what the program would print. */
export const runRecorded = (process: Process, [, cwd, argv]: RecordedCalls): string => {
  const fds: number[] = [];
  const { cred, mask, rest } = readOptions(argv);
  process.cred = ROOT;
  process.umask(0);
  process.chdir(cwd);
  process.cred = cred;
  process.umask(mask);
  const lines: string[] = [];
  try {
    for (const call of splitCalls(rest)) {
      if (call.length - 1 > (mostArguments[call[0] ?? ''] ?? Number.POSITIVE_INFINITY)) break;
      lines.push(runCall(process, fds, call));
    }
  } finally {
    for (const fd of fds) process.close(fd);
    process.cred = ROOT;
  }
  return lines.map((line) => `${line}\n`).join('');
};

const readOptions = (argv: readonly string[]): { cred: Cred; mask: number; rest: readonly string[] } => {
  let [uid, groups, mask, at] = [0, [0], 0, 0];
  for (; argv[at]?.startsWith('-') && argv[at] !== '--'; at += 2) {
    const value = argv[at + 1] ?? '';
    if (argv[at] === '-u') uid = Number(value);
    if (argv[at] === '-g') groups = value.split(',').map(Number);
    if (argv[at] === '-U') mask = Number.parseInt(value, 8);
  }
  if (argv[at] === '--') at++;
  const cred = credentials({ uid, gid: groups[0] ?? 0, groups });
  return { cred, mask, rest: argv.slice(at) };
};

const splitCalls = (words: readonly string[]): string[][] => {
  const calls: string[][] = [[]];
  for (const word of words) {
    if (word === ':') calls.push([]);
    else calls.at(-1)?.push(word);
  }
  return calls;
};

/** The suite's names for addresses that no process has. */
const badPointers = new Set(['NULL', 'DEADCODE']);
/** Calls that the program refuses without a word when they are given more arguments than these. */
const mostArguments: Record<string, number> = { write: 2 };

const runCall = (process: Process, fds: number[], [name = '', ...args]: readonly string[]): string => {
  const call = calls[name];
  if (call === undefined) throw new Error(`the trace calls ${name}, which the replay does not know`);
  try {
    if (args.some((arg) => badPointers.has(arg))) return 'EFAULT';
    const result = call(process, args, fds);
    return typeof result === 'string' ? result : '0';
  } catch (error) {
    if (error instanceof FsError) return error.code;
    throw error;
  }
};

type Call = (process: Process, args: readonly string[], fds: number[]) => unknown;

const octal = (text: string | undefined): number => Number.parseInt(text ?? '0', 8);
const flagsOf = (text: string): number =>
  text.split(',').reduce((flags, name) => flags | (O[name.replace('O_', '') as keyof typeof O] ?? 0), 0);

const fields: Record<string, (stat: Stat) => string> = {
  mode: (stat) => `0${(stat.mode & 0o7777).toString(8)}`,
  type: (stat) => typeNames[stat.kind] ?? stat.kind,
  inode: (stat) => String(stat.ino),
  nlink: (stat) => String(stat.nlink),
  uid: (stat) => String(stat.uid),
  gid: (stat) => String(stat.gid),
  size: (stat) => String(stat.size),
  blocks: (stat) => String(stat.blocks),
  atime: (stat) => String(stat.atime / 1_000_000_000n),
  mtime: (stat) => String(stat.mtime / 1_000_000_000n),
  ctime: (stat) => String(stat.ctime / 1_000_000_000n),
  atime_ns: (stat) => String(stat.atime % 1_000_000_000n),
  mtime_ns: (stat) => String(stat.mtime % 1_000_000_000n),
};

const typeNames: Record<string, string> = { file: 'regular', directory: 'dir' };

const show = (stat: Stat, wanted = ''): string =>
  wanted
    .split(',')
    .map((field) => fields[field]?.(stat) ?? '?')
    .join(',');

const deviceTypes: Record<string, number> = { c: S_IFCHR, b: S_IFBLK, f: S_IFIFO, d: 0o040000, o: 0o100000 };

const timeOf = (
  name: 'atime' | 'mtime',
  seconds = '0',
  nanoseconds = '0',
): { [name: string]: bigint | 'now' } => {
  if (nanoseconds === 'UTIME_OMIT') return {};
  return {
    [name]: nanoseconds === 'UTIME_NOW' ? 'now' : BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds),
  };
};

const calls: Record<string, Call> = {
  open: (process, [path = '', flags = '', mode], fds) => {
    fds.push(process.open(path, flagsOf(flags), octal(mode)));
  },
  create: (process, [path = '', mode]) =>
    process.close(process.open(path, O.CREAT | O.EXCL | O.WRONLY, octal(mode))),
  unlink: (process, [path = '']) => process.unlink(path),
  mkdir: (process, [path = '', mode]) => process.mkdir(path, octal(mode)),
  rmdir: (process, [path = '']) => process.rmdir(path),
  link: (process, [from = '', to = '']) => process.link(from, to),
  symlink: (process, [target = '', path = '']) => process.symlink(target, path),
  rename: (process, [from = '', to = '']) => process.rename(from, to),
  mkfifo: (process, [path = '', mode]) => process.mknod(path, S_IFIFO | octal(mode)),
  mknod: (process, [path = '', type = '', mode, major, minor]) =>
    process.mknod(path, (deviceTypes[type] ?? 0) | octal(mode), makedev(Number(major), Number(minor))),
  bind: (process, [path = '']) => process.mknod(path, S_IFSOCK | (0o777 & ~process.umask())),
  chmod: (process, [path = '', mode]) => process.chmod(path, octal(mode)),
  fchmod: (process, [fd, mode], fds) => process.fchmod(fds[Number(fd)] ?? -1, octal(mode)),
  chown: (process, [path = '', uid, gid]) => process.chown(path, Number(uid), Number(gid)),
  lchown: (process, [path = '', uid, gid]) => process.lchown(path, Number(uid), Number(gid)),
  fchown: (process, [fd, uid, gid], fds) => process.fchown(fds[Number(fd)] ?? -1, Number(uid), Number(gid)),
  truncate: (process, [path = '', size]) => process.truncate(path, Number(size)),
  ftruncate: (process, [fd, size], fds) => process.ftruncate(fds[Number(fd)] ?? -1, Number(size)),
  stat: (process, [path = '', wanted]) => show(process.stat(path), wanted),
  lstat: (process, [path = '', wanted]) => show(process.lstat(path), wanted),
  fstat: (process, [fd, wanted], fds) => show(process.fstat(fds[Number(fd)] ?? -1), wanted),
  write: (process, [fd, text = ''], fds) => {
    void process.write(fds[Number(fd)] ?? -1, Buffer.from(text));
  },
  pread: (process, [fd, length, position], fds) =>
    Buffer.from(process.pread(fds[Number(fd)] ?? -1, Number(length), Number(position))).toString(),
  utimensat: (process, [, path = '', atime, atimeNs, mtime, mtimeNs, flags]) =>
    process.utimens(
      path,
      { ...timeOf('atime', atime, atimeNs), ...timeOf('mtime', mtime, mtimeNs) },
      { follow: flags !== 'AT_SYMLINK_NOFOLLOW' },
    ),
  pathconf: (_process, [, name = '']) => ({ _PC_NAME_MAX: '255', _PC_PATH_MAX: '4096' })[name] ?? '-1',
};

/** Fields of which only the relations to each other are the same on every machine. */
const relative = /^(inode|[amc]time)$/;

/** Compares what a script printed with the record; times and inode numbers by their order. */
export class Relations {
  readonly #seen = new Map<string, [recorded: bigint, here: bigint][]>();

  /** Whether `here` may stand where `recorded` stood, after all that was seen before. */
  agree([, , argv, recorded]: RecordedCalls, here: string): boolean {
    if (recorded === here) return true;
    const names = (argv.at(-1) ?? '').split(',');
    const [wanted, got] = [recorded.trim().split(','), here.trim().split(',')];
    if (wanted.length !== got.length || wanted.length !== names.length) return false;
    return names.every(
      (name, at) => wanted[at] === got[at] || (relative.test(name) && this.#fits(name, wanted[at], got[at])),
    );
  }

  #fits(name: string, recorded: string | undefined, here: string | undefined): boolean {
    if (!/^\d+$/.test(recorded ?? '') || !/^\d+$/.test(here ?? '')) return false;
    const pair: [bigint, bigint] = [BigInt(recorded ?? 0), BigInt(here ?? 0)];
    const before = this.#seen.get(name) ?? [];
    this.#seen.set(name, [...before, pair]);
    // The clock here moves on with every line: a time that was the same then may be later now, never the other way round.
    if (name !== 'inode')
      return before.every(([was, is]) => was === pair[0] || was < pair[0] === is < pair[1]);
    return before.every(([was, is]) => (was === pair[0]) === (is === pair[1]));
  }
}
