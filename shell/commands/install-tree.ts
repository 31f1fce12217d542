// Puts a package's files into the tree that the process sees, as dpkg does: through calls, so that layers fill.

import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import type { TreeDirectory, TreeNode } from '../images/tree.ts';
import { contentOf } from '../images/write-tree.ts';
import { joinPath } from './path-name.ts';
import { realPath } from './real-path.ts';

const CHUNK = 1 << 16;
const NEW = '.dpkg-new';

/** Installs everything below `tree` at `root` and gives the paths, directories before what they hold. */
export const installTree = async (process: Process, tree: TreeDirectory, root = '/'): Promise<string[]> => {
  const paths: string[] = [];
  for (const [name, node] of tree.entries) {
    const path = joinPath(root, name);
    paths.push(path);
    await installNode(process, node, path);
    if (node.kind === 'directory') paths.push(...(await installTree(process, node, path)));
  }
  return paths;
};

const installNode = async (process: Process, node: TreeNode, path: string): Promise<void> => {
  if (node.kind === 'directory') {
    if (process.tryStat(path)?.kind === 'directory') return;
    process.mkdir(path, node.mode);
    return own(process, path, node);
  }
  if (node.kind === 'file') return installFile(process, node, path);
  if (node.kind !== 'symlink') return;
  if (process.tryLstat(path) !== undefined) process.unlink(path);
  process.symlink(node.target, path);
};

/** A new file beside the old one, renamed over it when it is complete: nobody ever sees half a program. */
const installFile = async (
  process: Process,
  node: TreeNode & { kind: 'file' },
  path: string,
): Promise<void> => {
  const temporary = `${path}${NEW}`;
  const fd = process.open(temporary, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
  const content = contentOf(node.source, path);
  for (let at = 0; at < content.size; at += CHUNK) {
    await process.write(fd, content.read(at, CHUNK));
    const pause = process.breathe();
    if (pause) await pause;
  }
  process.close(fd);
  own(process, temporary, node);
  const time = BigInt(node.mtime) * 1_000_000_000n;
  process.utimens(temporary, { atime: time, mtime: time });
  process.rename(temporary, path);
};

const own = (process: Process, path: string, { mode, uid, gid }: TreeNode): void => {
  if (uid !== 0 || gid !== 0) process.chown(path, uid, gid);
  process.chmod(path, mode);
};

/** Removes the paths that `installTree` gave; directories that are still in use stay. */
export const removePaths = (process: Process, paths: readonly string[]): void => {
  for (const path of [...paths].reverse()) {
    const stat = process.tryLstat(path);
    if (stat === undefined || path === '/.' || path === '/') continue;
    if (stat.kind !== 'directory') process.unlink(path);
    else if (realPath(process, path) === path && process.readdir(path).length === 0) process.rmdir(path);
  }
};
