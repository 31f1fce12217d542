// docker diff where a snapshot is a whole tree and not a layer: both trees are compared, entry by entry
// (Docker: pkg/archive, ChangesDirs).

import type { Process } from '../fs/process.ts';
import { differs } from './changes.ts';
import type { Change } from './contract.ts';
import { compareNames } from './tar/tree-entries.ts';

/** What has to happen to the tree `before` to get the tree `now`; the order is that of changesOf. */
export const changesBetween = (process: Process, now: string, before: string): Change[] => {
  const compare = (path: string, hasOld: boolean): Change[] => {
    const names = namesIn(process, now + path);
    const old = new Set(hasOld ? namesIn(process, before + path) : []);
    const changes = names.flatMap((name) => one(`${path}/${name}`, old.delete(name)));
    const deleted = [...old].map((name): Change => ({ kind: 'deleted', path: `${path}/${name}` }));
    return [...changes, ...deleted];
  };
  const one = (path: string, hasOld: boolean): Change[] => {
    const stat = process.lstat(now + path);
    const old = hasOld ? process.lstat(before + path) : undefined;
    const inside = stat.kind === 'directory' ? compare(path, old?.kind === 'directory') : [];
    if (old === undefined) return [{ kind: 'added', path }, ...inside];
    const changed =
      inside.length > 0 || differs(process, { path: before + path, stat: old }, { path: now + path, stat });
    return changed ? [{ kind: 'changed', path }, ...inside] : [];
  };
  return compare('', true);
};

const namesIn = (process: Process, directory: string): string[] =>
  process
    .readdir(directory)
    .map(({ name }) => name)
    .sort(compareNames);
