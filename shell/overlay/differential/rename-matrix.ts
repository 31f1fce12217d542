// renameat2(2) of everything over everything: each kind of file, in each layer, in the place of each other one.

import { S_IFIFO } from '../../fs/mode.ts';
import type { Operation } from './script.ts';
import { file, mounted } from './smoke-tree.ts';

interface Kind {
  /** What a lower layer has at the path. */
  readonly below?: (path: string) => Operation[];
  /** What is done to it through the mount. */
  readonly above?: (path: string) => Operation[];
}

const lowFile = (path: string): Operation[] => [file(path, 'low')];
const lowEmpty = (path: string): Operation[] => [['mkdir', path, 0o755]];
const lowFull = (path: string): Operation[] => [...lowEmpty(path), file(`${path}/in`, 'in')];

const kinds: readonly Kind[] = [
  {},
  { below: lowFile, above: (path) => [['unlink', path]] },
  { above: (path) => [file(path, 'x'), ['unlink', path]] },
  { below: lowFile },
  { below: lowFile, above: (path) => [['chmod', path, 0o600]] },
  { above: (path) => [file(path, 'up')] },
  { below: lowFile, above: (path) => [['unlink', path], file(path, 'up')] },
  { below: (path) => [['symlink', 'there', path]] },
  { below: (path) => [['mknod', path, S_IFIFO | 0o644, 0, 0]] },
  { below: lowFull },
  { below: lowEmpty },
  { below: lowFull, above: (path) => [file(`${path}/new`, 'n')] },
  { below: lowFull, above: (path) => [['unlink', `${path}/in`]] },
  { above: (path) => [...lowEmpty(path), file(`${path}/up`, 'n')] },
  { above: lowEmpty },
  {
    below: lowFull,
    above: (path) => [
      ['unlink', `${path}/in`],
      ['rmdir', path],
      ['mkdir', path, 0o700],
    ],
  },
  { below: lowFile, above: (path) => [['unlink', path], ...lowEmpty(path), file(`${path}/up`, 'n')] },
  { below: lowEmpty, above: (path) => [['rmdir', path], file(path, 'up')] },
];

const pairs = kinds.flatMap((from) => kinds.map((to) => [from, to] as const));

const matrix = (options: string, flags: number, across: boolean): Operation[] => {
  const ends = pairs.map(([from, to], at) => ({
    from,
    to,
    old: across ? `p/a${at}` : `a${at}`,
    new: across ? `q/b${at}` : `b${at}`,
  }));
  return [
    ...['l', 'l/p', 'l/q'].flatMap(lowEmpty),
    ...ends.flatMap((end) => [
      ...(end.from.below?.(`l/${end.old}`) ?? []),
      ...(end.to.below?.(`l/${end.new}`) ?? []),
    ]),
    ...mounted(['l'], options),
    ...ends.flatMap((end) => [
      ...(end.from.above?.(`m/${end.old}`) ?? []),
      ...(end.to.above?.(`m/${end.new}`) ?? []),
    ]),
    ...ends.flatMap((end): Operation[] => [
      ['rename', `m/${end.old}`, `m/${end.new}`, flags],
      ['lstat', `m/${end.old}`],
      ['lstat', `m/${end.new}`],
      ['readdir', `m/${end.new}`],
    ]),
    ['dump', 'm'],
    ['dump', 'u'],
    ['umount', 'm'],
    ['mount', 'm', `lowerdir=l,upperdir=u,workdir=w${options}`],
    ['dump', 'm'],
    ['count', 'w/work'],
  ];
};

const OPTION_SETS = ['', ',redirect_dir=on', ',redirect_dir=on,metacopy=on,index=on', ',nfs_export=on'];
/** Nothing, NOREPLACE, EXCHANGE, WHITEOUT, those that exclude each other, and one that nobody knows. */
const FLAG_SETS: readonly [flags: number, optionSets: readonly string[]][] = [
  [0, OPTION_SETS],
  [2, OPTION_SETS],
  ...[1, 3, 4, 5, 6, 7, 8].map((flags): [number, string[]] => [flags, ['']]),
];

export const renameMatrix: Record<string, Operation[]> = Object.fromEntries(
  FLAG_SETS.flatMap(([flags, optionSets]) =>
    optionSets.flatMap((options) =>
      [false, true].map((across): [string, Operation[]] => [
        `all renames, flags ${flags}, ${across ? 'to another directory' : 'in one directory'}${options}`,
        matrix(options, flags, across),
      ]),
    ),
  ),
);
