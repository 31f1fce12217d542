// Scripts that remove or replace directories full of whiteouts where there is hardly any room: what the whiteouts hide does not
// come back when the call fails half way.

import type { Operation } from './script.ts';
import { directories, file, tree } from './smoke-tree.ts';

const look: Operation[] = [
  ['dump', 'm'],
  ['dump', 'x/u'],
  ['count', 'x/w/work'],
  ['count', 'x/w/index'],
  ['grown', 'x'],
];

const changes: Record<string, Operation[]> = {
  removed: [
    ['rmdir', 'm/d/s'],
    ['rmdir', 'm/d'],
  ],
  replaced: [
    ['mkdir', 'm/n', 0o755],
    ['rename', 'm/n', 'm/d/s', 0],
    ['rmdir', 'm/d/s'],
    ['mkdir', 'm/n', 0o755],
    ['rename', 'm/n', 'm/d', 0],
  ],
  'replaced by a lower one': [
    ['rmdir', 'm/d/s'],
    ['rename', 'm/e', 'm/d', 0],
    ['lstat', 'm/d'],
  ],
};

/** Each change is tried three times: room for one inode more is made in between. */
const withRoom = (inodes: number, options: string, change: Operation[]): Operation[] => {
  const tried = change.flatMap((operation) => [operation, ...look]);
  return [
    ...directories('l', 'x', 'm'),
    ...tree('l'),
    ['mountfs', 'x', 'tmpfs', `mode=755,nr_inodes=${inodes}`],
    ...directories('x/u', 'x/w'),
    file('x/pad1', ''),
    file('x/pad2', ''),
    ['mount', 'm', `lowerdir=l,upperdir=x/u,workdir=x/w${options}`],
    ['chmod', 'm/d', 0o2770],
    ['setxattr', 'm/d', 'user.k', 'v'.repeat(600)],
    ...['m/d/a', 'm/d/b', 'm/d/s/x'].map((path): Operation => ['unlink', path]),
    ...tried,
    ['unlink', 'x/pad1'],
    ...tried,
    ['unlink', 'x/pad2'],
    ...tried,
  ];
};

const OPTION_SETS = ['', ',index=on', ',redirect_dir=on', ',nfs_export=on', ',metacopy=on'];

export const clearScripts: Record<string, Operation[]> = Object.fromEntries(
  Object.entries(changes).flatMap(([name, change]) =>
    [9, 11, 12, 13, 14, 15, 17].flatMap((inodes) =>
      OPTION_SETS.map((options) => [
        `whiteouts, the directory is ${name}, ${inodes} inodes${options}`,
        withRoom(inodes, options, change),
      ]),
    ),
  ),
);
