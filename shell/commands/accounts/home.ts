// A new user's home directory, with what lies in the skeleton directory.

import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import { copyData } from '../copy-data.ts';
import type { Output } from '../output.ts';
import { joinPath } from '../path-name.ts';
import { removeTree } from '../remove-tree.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Makes the directories above and the home itself, as useradd does. Throws FsError. */
export const makeHome = (process: Process, home: string, { uid, gid }: Owner, mode: number): void => {
  const parts = home.split('/').filter((part) => part !== '');
  for (let count = 1; count <= parts.length; count++) {
    const path = `/${parts.slice(0, count).join('/')}`;
    if (process.tryStat(path) !== undefined) continue;
    process.mkdir(path, 0);
    process.chown(path, 0, 0);
    process.chmod(path, 0o755);
  }
  process.chown(home, uid, gid);
  process.chmod(home, mode);
};

/** Copies the skeleton; files keep their modes and times. */
export const copySkeleton = async (
  process: Process,
  from: string,
  to: string,
  owner: Owner,
): Promise<void> => {
  if (process.tryStat(from)?.kind !== 'directory') return;
  for (const { name, type } of process.readdir(from)) {
    const [source, target] = [joinPath(from, name), joinPath(to, name)];
    if (process.tryLstat(target) !== undefined) continue;
    if (type === 'directory') {
      process.mkdir(target, 0o700);
      process.chown(target, owner.uid, owner.gid);
      process.chmod(target, process.stat(source).mode & 0o7777);
      await copySkeleton(process, source, target, owner);
    } else if (type === 'symlink') {
      process.symlink(process.readlink(source), target);
      process.lchown(target, owner.uid, owner.gid);
    } else if (type === 'file') await copyFile(process, source, target, owner);
  }
};

const copyFile = async (process: Process, source: string, target: string, owner: Owner): Promise<void> => {
  const from = process.open(source, O.RDONLY);
  const stat = process.fstat(from);
  const to = process.open(target, O.WRONLY | O.CREAT | O.EXCL | O.TRUNC | O.NOFOLLOW, 0o600);
  process.fchown(to, owner.uid, owner.gid);
  process.fchmod(to, stat.mode & 0o7777);
  await copyData(process, from, to, stat);
  process.close(from);
  process.close(to);
  process.utimens(target, { atime: stat.atime, mtime: stat.mtime }, { follow: false });
};

/** Takes a home directory away with all that is in it, unasked. */
export const removeHomeTree = async (out: Output, home: string): Promise<void> => {
  const rules = {
    ask: 'never',
    force: true,
    recursive: true,
    emptyDirectories: false,
    verbose: false,
  } as const;
  await removeTree(out, home, { ...rules, oneFileSystem: false });
};
