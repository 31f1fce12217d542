// How a file gets its new text: by the calls that vim makes, and by those of busybox's vi.
// What vim does depends on 'backupcopy'=auto: a file that can be renamed is, and written anew under its name;
// one with more links, or that is a symbolic link, is copied aside and written in place; in /tmp no backup is made.

import { isFsError } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import type { Stat } from '../../fs/stat.ts';
import { attempt } from '../attempt.ts';

type Write = (process: Process, path: string, bytes: Uint8Array) => Promise<void>;

const put = async (
  process: Process,
  path: string,
  bytes: Uint8Array,
  mode: number,
  old?: Stat,
): Promise<void> => {
  const fd = process.open(path, O.WRONLY | O.CREAT, mode);
  try {
    process.ftruncate(fd, 0);
    if (bytes.length > 0) await process.write(fd, bytes);
    process.fsync(fd);
    if (old === undefined) return;
    const now = process.fstat(fd);
    if (now.uid !== old.uid || now.gid !== old.gid) attempt(() => process.fchown(fd, old.uid, old.gid));
    attempt(() => process.fchmod(fd, old.mode & 0o7777));
  } finally {
    process.close(fd);
  }
};

/** vim writes in place here without making a backup ('backupskip'). */
const isSkipped = (process: Process, path: string): boolean =>
  (path.startsWith('/') ? path : `${process.getcwd()}/${path}`).startsWith('/tmp/');

export const writeAsVim: Write = async (process, path, bytes) => {
  const old = process.tryStat(path);
  if (old === undefined) return put(process, path, bytes, 0o666);
  const mode = old.mode & 0o777;
  if (old.kind !== 'file' || isSkipped(process, path)) return put(process, path, bytes, mode, old);
  const renames =
    old.nlink === 1 && process.lstat(path).kind !== 'symlink' && canCreateLike(process, path, old);
  const backup = backupName(process, path);
  attempt(() => process.unlink(backup));
  if (renames) process.rename(path, backup);
  else await copyAside(process, path, backup, old);
  try {
    await put(process, path, bytes, mode, old);
  } catch (error) {
    if (renames && isFsError(error)) attempt(() => process.rename(backup, path));
    throw error;
  }
  attempt(() => process.unlink(backup));
};

/** A file of the name 4913 is made and removed, to see whether a new one would have the same owner and mode. */
const canCreateLike = (process: Process, path: string, old: Stat): boolean => {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  let number = 4913;
  while (process.tryLstat(`${folder}${number}`) !== undefined) number += 123;
  const probe = `${folder}${number}`;
  const made = attempt(() => process.open(probe, O.WRONLY | O.CREAT | O.EXCL | O.NOFOLLOW, old.mode & 0o777));
  if (made.error) return false;
  attempt(() => process.fchown(made.value, old.uid, old.gid));
  const now = process.tryStat(probe);
  process.close(made.value);
  process.unlink(probe);
  return now !== undefined && now.uid === old.uid && now.gid === old.gid && now.mode === old.mode;
};

/** `name~`; while that is taken, with its last letter another one, from z down. */
const backupName = (process: Process, path: string): string => {
  const usual = `${path}~`;
  if (process.tryStat(usual) === undefined) return usual;
  for (const letter of 'zyxwvutsrqponmlkjihgfedcb') {
    const name = `${path.slice(0, -1)}${letter}~`;
    if (process.tryStat(name) === undefined) return name;
  }
  return `${path.slice(0, -1)}a~`;
};

const CHUNK = 8192;

const copyAside = async (process: Process, path: string, backup: string, old: Stat): Promise<void> => {
  const from = process.open(path, O.RDONLY);
  const to = process.open(backup, O.WRONLY | O.CREAT | O.EXCL | O.NOFOLLOW, old.mode & 0o777);
  for (let part = await process.read(from, CHUNK); part.length > 0; part = await process.read(from, CHUNK)) {
    await process.write(to, part);
  }
  process.close(to);
  process.close(from);
  process.utimens(backup, { atime: old.atime, mtime: old.mtime });
};

/** In place: overwritten first, cut to its length then. */
export const writeAsBusybox: Write = async (process, path, bytes) => {
  const fd = process.open(path, O.WRONLY | O.CREAT, 0o666);
  try {
    if (bytes.length > 0) await process.write(fd, bytes);
    process.ftruncate(fd, bytes.length);
  } finally {
    process.close(fd);
  }
};
