// Removes what an earlier mount left in its work directory.

import type { FileSystem } from '../fs/filesystem.ts';
import { isDirectory } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';

export const removeTree = (fs: FileSystem, dir: NodeId, name: string): void => {
  const node = fs.lookup(dir, name);
  if (!isDirectory(fs.inode(node).mode)) {
    fs.unlink(dir, name);
    return;
  }
  for (const entry of fs.readdir(node)) removeTree(fs, node, entry.name);
  fs.rmdir(dir, name);
};
