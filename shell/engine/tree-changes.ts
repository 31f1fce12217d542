// docker diff where a snapshot is a whole tree and not a layer: both trees are compared, entry by entry
// (Docker: pkg/archive, ChangesDirs). By node and not by path, because every file of both trees is looked at.

import type { FileSystem } from '../fs/filesystem.ts';
import type { Process } from '../fs/process.ts';
import type { NodeId } from '../fs/stat.ts';
import { walk } from '../fs/walk.ts';
import { isDifferent } from './changes.ts';
import type { Change } from './contract.ts';
import { compareNames } from './tar/tree-entries.ts';

const CAPABILITY_XATTR = 'security.capability';

/** What has to happen to the tree `before` to get the tree `now`, on the same disk; the order is that of changesOf. */
export const changesBetween = (process: Process, now: string, before: string): Change[] => {
  const { mount, node } = walk(process, now);
  const { fs } = mount;
  const compare = (path: string, dir: NodeId, oldDir: NodeId): Change[] => {
    const old = new Set(oldDir === 0 ? [] : namesIn(fs, oldDir));
    const changes = namesIn(fs, dir).flatMap((name) =>
      one(`${path}/${name}`, fs.lookup(dir, name), old.delete(name) ? fs.lookup(oldDir, name) : 0),
    );
    const deleted = [...old].map((name): Change => ({ kind: 'deleted', path: `${path}/${name}` }));
    return [...changes, ...deleted];
  };
  const one = (path: string, file: NodeId, old: NodeId): Change[] => {
    const stat = fs.stat(file);
    const oldStat = old === 0 ? undefined : fs.stat(old);
    const inside =
      stat.kind === 'directory' ? compare(path, file, oldStat?.kind === 'directory' ? old : 0) : [];
    if (oldStat === undefined) return [{ kind: 'added', path }, ...inside];
    const changed =
      inside.length > 0 ||
      isDifferent(oldStat, stat) ||
      (stat.kind === 'file' && capability(fs, file) !== capability(fs, old));
    return changed ? [{ kind: 'changed', path }, ...inside] : [];
  };
  return compare('', node, walk(process, before).node);
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
