// What groups allow, over lower and upper files: a user who is in a few of them, besides his own (credentials(7)).

import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { DUMPS, file, mounted } from './smoke-tree.ts';

const CREATE = O.WRONLY | O.CREAT;
const put = (path: string): Operation => ['write', path, O.WRONLY, 0, 0, 'y'];

const owned = (path: string, uid: number, gid: number, mode: number): Operation[] => [
  ['chown', path, uid, gid],
  ['chmod', path, mode],
];

const lower: Operation[] = [
  ...['l', 'l/d', 'l/gd', 'l/st'].map((path): Operation => ['mkdir', path, 0o755]),
  ...['l/d/f', 'l/g', 'l/n', 'l/st/x', 'l/st/mine'].map((path) => file(path, 'x')),
  ...owned('l/d/f', 0, 50, 0o640),
  ...owned('l/g', 0, 60, 0o460),
  ...owned('l/n', 0, 50, 0o604),
  ...owned('l/gd', 0, 60, 0o2775),
  ...owned('l/st', 0, 0, 0o1777),
  ...owned('l/st/x', 0, 0, 0o666),
  ...owned('l/st/mine', 1000, 50, 0o666),
  ...owned('l/d', 1000, 50, 0o755),
];

const calls: Operation[] = [
  ...['m/d/f', 'm/g', 'm/n'].flatMap((path): Operation[] => [
    ['read', path, 0, 9],
    ['access', path, 4],
    ['access', path, 2],
    put(path),
  ]),
  ['write', 'm/gd/new', CREATE, 0o664, -1, 'n'],
  ['mkdir', 'm/gd/nd', 0o775],
  ['write', 'm/gd/sg', CREATE, 0o2775, -1, ''],
  ['chmod', 'm/gd/sg', 0o2775],
  ...['sg', 'nd', 'new'].map((name): Operation => ['stat', `m/gd/${name}`]),
  ...[60, 70, 50].map((gid): Operation => ['chown', 'm/gd/new', -1, gid]),
  ...[1000, 1001].map((uid): Operation => ['chown', 'm/gd/new', uid, -1]),
  ['chmod', 'm/gd/new', 0o2755],
  ['stat', 'm/gd/new'],
  ['chown', 'm/d/f', -1, 50],
  ['chmod', 'm/d/f', 0o600],
  ['utimens', 'm/gd', 1, 2],
  ['touch', 'm/gd'],
  ['touch', 'm/d/f'],
  ['unlink', 'm/st/x'],
  ['rename', 'm/st/x', 'm/st/y', 0],
  ['rename', 'm/st/mine', 'm/st/x', 0],
  ...['m/gd/new', 'm/g', 'm/d/f'].map((path): Operation => ['setxattr', path, 'user.a', '1']),
  ['getxattr', 'm/d/f', 'user.a'],
  ['mkdir', 'm/new', 0o755],
  ['truncate', 'm/g', 0],
  ['link', 'm/g', 'm/gd/ln'],
  ['link', 'm/d/f', 'm/gd/ln2'],
  ['rename', 'm/gd/new', 'm/d/new', 0],
  ['chown', 'm/st/mine', -1, 1000],
  ['unlink', 'm/st/mine'],
  ['stat', 'm/d/f'],
];

const GROUPS = ['50', '60', '50,60', '70,60,50', '1000', '0'];
const OPTION_SETS = ['', ',redirect_dir=on,metacopy=on,index=on'];

export const groupScripts: Record<string, Operation[]> = Object.fromEntries(
  GROUPS.flatMap((groups) =>
    OPTION_SETS.map((options): [string, Operation[]] => [
      `a user in the groups ${groups}${options}`,
      [
        ...lower,
        ...mounted(['l'], options),
        ...calls.map((call): Operation => ['asgroups', 1000, 1000, groups, ...call]),
        ...DUMPS,
      ],
    ]),
  ),
);
