// Writes a tree straight to a filesystem's inodes: thousands of files at boot, so no path is walked for any of them.

import type { FileSystem, NewInode } from '../fs/filesystem.ts';
import { makedev, S_IFBLK, S_IFCHR, S_IFDIR, S_IFLNK, S_IFREG } from '../fs/mode.ts';
import type { Process } from '../fs/process.ts';
import type { NodeId } from '../fs/stat.ts';
import { walk } from '../fs/walk.ts';
import type { TreeDirectory } from './tree.ts';
import { type EntryAttributes, type TreeWriter, writeTree } from './write-tree.ts';

/** Writes `tree` into the directory `path`, which is on a disk that `process` sees. */
export const writeTreeAt = (process: Process, path: string, tree: TreeDirectory): void => {
  const { mount, node } = walk(process, path);
  writeTree(tree, node, diskWriter(mount.fs, node));
};

type More = Pick<NewInode, 'rdev' | 'target' | 'content'>;

/** A writer into the directory `top` of `fs`, whose files can be given a content made elsewhere. */
export const diskWriter = (fs: FileSystem, top: NodeId): TreeWriter<NodeId> => {
  const make = (
    parent: NodeId,
    name: string,
    type: number,
    attributes: EntryAttributes,
    more?: More,
  ): NodeId => {
    const { mode, uid, gid, mtime } = attributes;
    return fs.create(parent, name, { mode: type | mode, uid, gid, mtime, ...more });
  };
  return {
    directory: (parent, name, attributes) => {
      const { mode, uid, gid } = attributes;
      const old = fs.lookup(parent, name);
      if (old === 0) return make(parent, name, S_IFDIR, attributes);
      fs.setattr(old, { mode, uid, gid }, 'chmod');
      return old;
    },
    file: (parent, name, attributes, content) => {
      make(parent, name, S_IFREG, attributes, { content });
    },
    symlink: (parent, name, attributes, target) => {
      make(parent, name, S_IFLNK, attributes, { target });
    },
    link: (parent, name, path) => {
      const names = path.slice(1).split('/');
      const node = names.reduce((directory, step) => fs.lookup(directory, step), top);
      fs.link(node, parent, name);
    },
    device: (parent, name, attributes, { kind, major, minor }) => {
      const rdev = makedev(major, minor);
      make(parent, name, kind === 'char' ? S_IFCHR : S_IFBLK, attributes, { rdev });
    },
    ...(fs.fillLater === undefined ? {} : { later: fs.fillLater.bind(fs) }),
    ...(fs.keep === undefined ? {} : { keep: fs.keep.bind(fs) }),
    // Making entries has changed the directory's time.
    finish: (directory, { mtime }) => fs.setattr(directory, { atime: mtime, mtime }, 'utimens'),
  };
};
