// What cowsh's side tells of files, in the form of the kernel's side: listings, and dumps of whole trees.

import { createHash } from 'node:crypto';
import { kindOf, S_IFMT } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import type { Stat } from '../../fs/stat.ts';
import type { Result } from './script.ts';

const EXPLICIT = 10n ** 18n;
const own = (...names: string[]): string[] =>
  names.flatMap((name) => [`trusted.overlay.${name}`, `user.overlay.${name}`]);
const HIDDEN = own('uuid', 'upper');
const PRESENCE = own('origin', 'impure');
export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** A device number as the kernel's makedev packs small ones. */
export const kernelRdev = (rdev: number): number => Math.floor(rdev / 0x100000) * 256 + (rdev % 0x100000);

/** The kinds that Python tells from a directory entry alone. */
const TOLD = ['file', 'directory', 'symlink'];

export const listed = (entries: readonly { name: string; type: string }[]): Result =>
  entries
    .map(({ name, type }) => [name, TOLD.includes(type) ? type : 'other'])
    .sort((a, b) => compareNames(a[0] as string, b[0] as string));

export const compareNames = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const opened = (
  process: Process,
  path: string,
  flags: number,
  mode: number,
  use: (fd: number) => Result,
): Result => {
  const fd = process.open(path, flags, mode);
  try {
    return use(fd);
  } finally {
    process.close(fd);
  }
};

export const dumpDirectory = (
  process: Process,
  top: string,
  inner: string,
  seen: Result[][],
  first: Map<string, string>,
): void => {
  const names = process.readdir(top + inner).map((entry) => entry.name);
  for (const name of names.sort(compareNames)) {
    const path = `${inner}/${name}`;
    const stat = process.lstat(top + path);
    const kind = kindOf(stat.mode);
    if (kind === 'char' && stat.rdev === 0) {
      seen.push([path, 'whiteout']);
      continue;
    }
    const directory = kind === 'directory';
    const inode = `${stat.dev} ${stat.ino}`;
    if (!directory && !first.has(inode)) first.set(inode, path);
    seen.push([
      path,
      kind,
      stat.mode & ~S_IFMT,
      stat.uid,
      stat.gid,
      directory ? -1 : stat.size,
      directory ? -1 : stat.nlink,
      dataOf(process, top + path, stat),
      directory ? path : first.get(inode),
      explicit(stat.mtime),
      attributesOf(process, top + path),
    ]);
    if (directory) dumpDirectory(process, top, path, seen, first);
  }
};

/** A time that a script has set; the clocks of the two sides differ. */
export const explicit = (time: bigint): Result => (time < EXPLICIT ? Number(time) : 'clock');

/** statfs(2): f_type. */
export const MAGIC: Readonly<Record<string, number>> = {
  overlayfs: 0x794c7630,
  tmpfs: 0x01021994,
  ext4: 0xef53,
};

const dataOf = (process: Process, path: string, stat: Stat): Result => {
  if (stat.kind === 'symlink') return process.readlink(path);
  if (stat.kind === 'char') return kernelRdev(stat.rdev);
  if (stat.kind !== 'file') return 0;
  const read = (fd: number): Result =>
    createHash('md5')
      .update(process.pread(fd, 1 << 20, 0))
      .digest('hex');
  return opened(process, path, O.RDONLY, 0, read);
};

const attributesOf = (process: Process, path: string): Result =>
  process
    .listxattr(path, { follow: false })
    .filter((name) => !HIDDEN.includes(name))
    .sort(compareNames)
    .map((name) => [
      name,
      PRESENCE.includes(name) ? '' : text(process.getxattr(path, name, { follow: false })),
    ]);

/** The text of a file of any size, of proc and sysfs too. */
export const textOf = (process: Process, path: string): string =>
  String(opened(process, path, O.RDONLY, 0, (fd) => text(process.pread(fd, 1 << 20, 0))));

/** An entry of the index without its name: kind, mode, links and attributes. */
export const indexEntry = (process: Process, path: string): Result => {
  const { kind, mode, nlink } = process.lstat(path);
  const names = (attributesOf(process, path) as [string, string][]).map(([name]) => name);
  return [kind, mode & ~S_IFMT, kind === 'char' ? 0 : nlink, kind === 'directory' ? [] : names];
};

/** The line of /proc/self/mountinfo about the mount at `target`, without numbers; paths from the script's directory. */
export const mountInfoOf = (process: Process, target: string): Result => {
  const there = `${process.getcwd()}/${target}`;
  const lines = textOf(process, '/proc/self/mountinfo').trimEnd().split('\n');
  const shown = lines.map((line) => line.split(' '));
  const fields = shown.findLast((found) => found[4]?.replaceAll('\\040', ' ') === there) ?? [];
  return fields.slice(3).map((field) => field.replaceAll(`${process.getcwd()}/`, ''));
};

/** The lines of /proc/self/status; values of the asked keys alone. */
export const statusOf = (process: Process, ...keys: string[]): Result =>
  textOf(process, '/proc/self/status')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [key = '', value = ''] = line.split(/:(.*)/);
      return [key, keys.includes(key) ? value : ''];
    });
