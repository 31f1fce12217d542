// ps f and ps -H: processes below their parents.

import type { SeenProcess } from './processes.ts';

interface Forest {
  readonly order: readonly SeenProcess[];
  /** What stands before a command, by pid. */
  readonly branches: ReadonlyMap<number, string>;
}

export const branchesOf = (chosen: readonly SeenProcess[], manner: 'none' | 'drawn' | 'indented'): Forest => {
  const branches = new Map<number, string>();
  if (manner === 'none') return { order: chosen, branches };
  const there = new Set(chosen.map(({ pid }) => pid));
  const order: SeenProcess[] = [];
  const add = (seen: SeenProcess, before: string, own: string): void => {
    order.push(seen);
    branches.set(seen.pid, own);
    const children = chosen.filter(({ ppid, pid }) => ppid === seen.pid && pid !== seen.pid);
    for (const [at, child] of children.entries()) {
      const last = at === children.length - 1;
      if (manner === 'indented') add(child, '', `${own}  `);
      // The first process's children stand where it does.
      else if (seen.pid === 1) add(child, '', '');
      else add(child, `${before}${last ? '    ' : ' |  '}`, `${before} \\_ `);
    }
  };
  for (const seen of chosen) if (!there.has(seen.ppid)) add(seen, '', '');
  return { order, branches };
};
