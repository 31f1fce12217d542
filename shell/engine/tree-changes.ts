// docker diff where a snapshot is a whole tree and not a layer: both trees are compared, entry by entry
// (Docker: pkg/archive, ChangesDirs). By node and not by path, because every file of both trees is looked at.

import type { FileSystem } from '../fs/filesystem.ts';
import type { NodeId } from '../fs/stat.ts';
import { walk } from '../fs/walk.ts';
import { isDifferent } from './changes.ts';
import type { Change } from './contract.ts';
import type { Look } from './storage/storage-driver.ts';
import { compareNames } from './tar/tree-entries.ts';

const CAPABILITY_XATTR = 'security.capability';

/** What has to happen to the tree `before` to get the tree `now`; the order is that of changesOf. */
export const changesBetween = (now: Look, before: Look): Change[] => {
  const { mount, node } = walk(now.process, now.path || '/');
  const { fs } = mount;
  const old = walk(before.process, before.path || '/');
  const oldFs = old.mount.fs;
  const compare = (path: string, dir: NodeId, oldDir: NodeId): Change[] => {
    const left = new Set(oldDir === 0 ? [] : namesIn(oldFs, oldDir));
    const changes = namesIn(fs, dir).flatMap((name) =>
      one(`${path}/${name}`, fs.lookup(dir, name), left.delete(name) ? oldFs.lookup(oldDir, name) : 0),
    );
    const deleted = [...left].map((name): Change => ({ kind: 'deleted', path: `${path}/${name}` }));
    return [...changes, ...deleted];
  };
  const one = (path: string, file: NodeId, oldFile: NodeId): Change[] => {
    const stat = fs.stat(file);
    const oldStat = oldFile === 0 ? undefined : oldFs.stat(oldFile);
    const inside =
      stat.kind === 'directory' ? compare(path, file, oldStat?.kind === 'directory' ? oldFile : 0) : [];
    if (oldStat === undefined) return [{ kind: 'added', path }, ...inside];
    const changed =
      inside.length > 0 ||
      isDifferent(oldStat, stat) ||
      (stat.kind === 'file' && capability(fs, file) !== capability(oldFs, oldFile));
    return changed ? [{ kind: 'changed', path }, ...inside] : [];
  };
  return compare('', node, old.node);
};

const namesIn = (fs: FileSystem, directory: NodeId): string[] =>
  fs
    .readdir(directory)
    .map(({ name }) => name)
    .sort(compareNames);

const capability = (fs: FileSystem, node: NodeId): string => {
  const value = fs.listxattr(node).includes(CAPABILITY_XATTR)
    ? fs.getxattr(node, CAPABILITY_XATTR)
    : undefined;
  return value === undefined ? '' : Buffer.from(value).toString('hex');
};
