// The smoke differential: copy-up, whiteouts, opaque directories, renames, links and descriptors, each as a short
// script that runs on a real kernel overlay and on cowsh. Every result, the merged tree and the upper tree agree.

import test from 'ava';
import { S_IFCHR, S_IFIFO } from '../fs/mode.ts';
import { O } from '../fs/open-flags.ts';
import { describeDifference } from './differential/compare.ts';
import { runOnCowsh } from './differential/cowsh-side.ts';
import { runOnKernel, whyNoKernel } from './differential/kernel-side.ts';
import type { Operation, Script } from './differential/script.ts';

const CREATE = O.WRONLY | O.CREAT;

const file = (path: string, data: string): Operation => ['write', path, CREATE, 0o644, -1, data];

/** A lower layer with one of everything; all its times are set. */
const tree = (top: string): Operation[] => {
  const made: Operation[] = [
    file(`${top}/f`, 'lower\n'),
    file(`${top}/g`, 'gee\n'),
    ['mkdir', `${top}/d`, 0o755],
    file(`${top}/d/a`, 'a\n'),
    file(`${top}/d/b`, 'b\n'),
    ['mkdir', `${top}/d/s`, 0o750],
    file(`${top}/d/s/x`, 'x\n'),
    ['mkdir', `${top}/e`, 0o755],
    file(`${top}/h1`, 'linked\n'),
    ['link', `${top}/h1`, `${top}/h2`],
    ['symlink', 'f', `${top}/sl`],
    ['mknod', `${top}/ff`, S_IFIFO | 0o644, 0, 0],
    ['mknod', `${top}/nul`, S_IFCHR | 0o666, 1, 3],
    ['setxattr', `${top}/f`, 'user.colour', 'blue'],
    ['chmod', `${top}/g`, 0o4755],
    ['chown', `${top}/d/b`, 1000, 1000],
  ];
  const paths = ['f', 'g', 'd/a', 'd/b', 'd/s/x', 'd/s', 'd', 'e', 'h1', 'sl', 'ff', 'nul'];
  return [
    ...made,
    ...paths.map((path, at): Operation => ['utimens', `${top}/${path}`, 1000 + at, 2000 + at]),
  ];
};

const mounted = (lowers: readonly string[], options = ''): Operation[] => [
  ['mkdir', 'u', 0o755],
  ['mkdir', 'w', 0o755],
  ['mkdir', 'm', 0o755],
  ['mount', 'm', `lowerdir=${lowers.join(':')},upperdir=u,workdir=w${options}`],
];

const DUMPS: Operation[] = [
  ['dump', 'm'],
  ['dump', 'u'],
];

/** A script over one lower layer, and both trees at its end. */
const over = (...operations: Operation[]): Operation[] => [
  ['mkdir', 'l', 0o755],
  ...tree('l'),
  ...mounted(['l']),
  ...operations,
  ...DUMPS,
];

const overWith = (options: string, ...operations: Operation[]): Operation[] => [
  ['mkdir', 'l', 0o755],
  ...tree('l'),
  ...mounted(['l'], options),
  ...operations,
  ...DUMPS,
];

const remount: Operation[] = [
  ['umount', 'm'],
  ['mount', 'm', 'lowerdir=l,upperdir=u,workdir=w'],
];

const NOREPLACE = 1;
const EXCHANGE = 2;
const WHITEOUT = 4;

const scripts: Record<string, Operation[]> = {
  'open for reading copies nothing': over(['open', 'm/f', O.RDONLY, 0], ['read', 'm/f', 0, 100]),
  'open O_WRONLY without a write': over(['open', 'm/f', O.WRONLY, 0]),
  'open O_RDWR without a write': over(['open', 'm/f', O.RDWR, 0]),
  'open O_APPEND without a write': over(['open', 'm/f', O.WRONLY | O.APPEND, 0]),
  'open O_TRUNC': over(['open', 'm/f', O.WRONLY | O.TRUNC, 0]),
  'open O_RDONLY|O_TRUNC': over(['open', 'm/f', O.RDONLY | O.TRUNC, 0]),
  'O_CREAT of an existing file': over(['open', 'm/f', O.RDONLY | O.CREAT, 0o644]),
  'O_CREAT|O_EXCL of a lower file': over(['open', 'm/f', CREATE | O.EXCL, 0o644]),
  'a write in the middle': over(
    ['write', 'm/f', O.WRONLY, 0, 2, 'WW'],
    ['read', 'm/f', 0, 100],
    ['stat', 'm/f'],
  ),
  append: over(['write', 'm/d/s/x', O.WRONLY | O.APPEND, 0, -1, 'more'], ['read', 'm/d/s/x', 0, 100]),
  truncate: over(['truncate', 'm/f', 2], ['truncate', 'm/g', 4], ['truncate', 'm/h1', 9000]),
  'chmod, also to the same mode': over(
    ['chmod', 'm/f', 0o600],
    ['chmod', 'm/g', 0o4755],
    ['chmod', 'm/d', 0o700],
  ),
  'chown, also of nothing': over(['chown', 'm/f', -1, -1], ['chown', 'm/g', 5, 6], ['chown', 'm/sl', 7, 7]),
  utimens: over(['utimens', 'm/f', 1, 2], ['utimens', 'm/d/a', 3, 4], ['utimens', 'm/sl', 5, 6]),
  'setxattr and removexattr': over(
    ['setxattr', 'm/f', 'user.k', 'v'],
    ['removexattr', 'm/g', 'user.none'],
    ['removexattr', 'm/f', 'user.colour'],
    ['listxattr', 'm/f'],
    ['getxattr', 'm/f', 'user.k'],
  ),
  "the overlay's own attributes are out of sight": over(
    ['setxattr', 'm/d', 'trusted.overlay.opaque', 'y'],
    ['listxattr', 'm/d'],
    ['getxattr', 'm/d', 'trusted.overlay.opaque'],
    ['open', 'm/f', O.WRONLY, 0],
    ['getxattr', 'm/f', 'trusted.overlay.origin'],
    ['listxattr', 'm/f'],
    ['readdir', 'm/d'],
    ...remount,
    ['getxattr', 'm/d', 'trusted.overlay.opaque'],
    ['setxattr', 'm/d', 'trusted.overlay.overlay.x', 'z'],
    ['removexattr', 'm/d', 'trusted.overlay.opaque'],
    ['listxattr', 'm/d'],
  ),
  'link of a lower file': over(
    ['link', 'm/f', 'm/d/s/hard'],
    ['stat', 'm/f'],
    ['stat', 'm/d/s/hard'],
    ['write', 'm/f', O.WRONLY, 0, 0, 'LOW'],
    ['read', 'm/d/s/hard', 0, 100],
    ...remount,
    ['stat', 'm/f'],
    ['stat', 'm/d/s/hard'],
  ),
  'a symbolic link over nothing': over(
    ['symlink', 'd/a', 'm/new'],
    ['read', 'm/new', 0, 10],
    ['lstat', 'm/new'],
  ),
  'writes through a symbolic link': over(
    ['write', 'm/sl', O.WRONLY | O.TRUNC, 0, -1, 'via'],
    ['lstat', 'm/sl'],
  ),
  'unlink leaves a whiteout': over(
    ['unlink', 'm/f'],
    ['stat', 'm/f'],
    ['unlink', 'm/f'],
    ['open', 'm/f', 0, 0],
  ),
  'unlink, then create': over(['unlink', 'm/f'], file('m/f', 'new'), ['stat', 'm/f'], ['unlink', 'm/f']),
  'a new file and its end': over(file('m/d/n', 'x'), ['unlink', 'm/d/n'], ['readdir', 'm/d']),
  mkdir: over(['mkdir', 'm/nd', 0o755], ['mkdir', 'm/d/nd', 0o711], ['mkdir', 'm/d', 0o755]),
  'rmdir of an empty lower directory': over(['rmdir', 'm/e'], ['readdir', 'm']),
  'rmdir of one that is not empty': over(['rmdir', 'm/d'], ['rmdir', 'm/d/s']),
  'rmdir after its children': over(
    ['unlink', 'm/d/a'],
    ['unlink', 'm/d/b'],
    ['rmdir', 'm/d'],
    ['unlink', 'm/d/s/x'],
    ['rmdir', 'm/d/s'],
    ['rmdir', 'm/d'],
    ['readdir', 'm'],
  ),
  'rmdir, then mkdir: opaque': over(
    ['rmdir', 'm/e'],
    ['mkdir', 'm/e', 0o755],
    ['unlink', 'm/d/s/x'],
    ['rmdir', 'm/d/s'],
    ['mkdir', 'm/d/s', 0o700],
    ['readdir', 'm/d/s'],
    file('m/d/s/y', 'y'),
    ...remount,
    ['readdir', 'm/d/s'],
  ),
  'file for directory, directory for file': over(
    ['unlink', 'm/f'],
    ['mkdir', 'm/f', 0o755],
    file('m/f/in', 'in'),
    ['rmdir', 'm/e'],
    file('m/e', 'now a file'),
    ['stat', 'm/f/in'],
  ),
  'a whiteout may not be made from above': over(
    ['mknod', 'm/w', S_IFCHR | 0o600, 0, 0],
    ['mknod', 'm/c', S_IFCHR | 0o600, 1, 5],
  ),
  'names as aufs wrote them mean nothing': over(file('m/.wh.f', ''), ['readdir', 'm'], ['stat', 'm/f']),
  'rename of a lower file': over(['rename', 'm/f', 'm/f2', 0], ['stat', 'm/f2'], ['stat', 'm/f']),
  'rename into another directory': over(['rename', 'm/f', 'm/d/s/f', 0], ['rename', 'm/d/a', 'm/a', 0]),
  'rename there and back': over(['rename', 'm/f', 'm/f2', 0], ['rename', 'm/f2', 'm/f', 0]),
  'rename over a lower file': over(['rename', 'm/f', 'm/g', 0], ['read', 'm/g', 0, 9], ['stat', 'm/g']),
  'rename of a new file over a lower one': over(file('m/n', 'n'), ['rename', 'm/n', 'm/f', 0]),
  'rename of a new file to a whited-out name': over(
    file('m/n', 'n'),
    ['unlink', 'm/f'],
    ['rename', 'm/n', 'm/f', 0],
  ),
  'rename of a lower file to a whited-out name': over(['unlink', 'm/f'], ['rename', 'm/g', 'm/f', 0]),
  'EXDEV for a directory that a lower layer has': over(
    ['rename', 'm/d', 'm/d2', 0],
    file('m/d/n', 'n'),
    ['rename', 'm/d', 'm/d2', 0],
    ['rename', 'm/d/s', 'm/s', 0],
    ['rename', 'm/e', 'm/d/e', 0],
  ),
  'rename of a new directory': over(
    ['mkdir', 'm/n', 0o755],
    file('m/n/q', 'q'),
    ['rename', 'm/n', 'm/n2', 0],
    ['rename', 'm/n2', 'm/e', 0],
    ['readdir', 'm/e'],
    ['mkdir', 'm/n', 0o755],
    ['rename', 'm/n', 'm/d', 0],
    ['rename', 'm/n', 'm/f', 0],
    ['rename', 'm/f', 'm/n', 0],
  ),
  'rename of a new directory to a whited-out name': over(
    ['unlink', 'm/f'],
    ['mkdir', 'm/n', 0o755],
    ['rename', 'm/n', 'm/f', 0],
    ['readdir', 'm/f'],
  ),
  'rename of a directory over one emptied': over(
    ['unlink', 'm/d/s/x'],
    ['mkdir', 'm/n', 0o755],
    file('m/n/y', 'y'),
    ['rename', 'm/n', 'm/d/s', 0],
    ['readdir', 'm/d/s'],
    ...remount,
    ['readdir', 'm/d/s'],
  ),
  'rename with flags': over(
    ['rename', 'm/f', 'm/g', NOREPLACE],
    ['rename', 'm/f', 'm/f3', NOREPLACE],
    ['rename', 'm/f3', 'm/g', EXCHANGE],
    ['read', 'm/g', 0, 10],
    ['rename', 'm/g', 'm/x', WHITEOUT],
    ['rename', 'm/g', 'm/d', EXCHANGE],
    ['mkdir', 'm/n', 0o755],
    ['rename', 'm/n', 'm/g', EXCHANGE],
    ['rename', 'm/g', 'm/none', EXCHANGE],
  ),
  'rename of a directory into itself': over(['mkdir', 'm/n', 0o755], ['rename', 'm/n', 'm/n/n', 0]),
  'rename between two names of one file': over(['link', 'm/f', 'm/f2'], ['rename', 'm/f', 'm/f2', 0]),
  'hard links are broken by copy-up': over(
    ['stat', 'm/h1'],
    ['stat', 'm/h2'],
    ['write', 'm/h1', O.WRONLY | O.APPEND, 0, -1, 'changed'],
    ['stat', 'm/h1'],
    ['stat', 'm/h2'],
    ['read', 'm/h2', 0, 100],
    ['link', 'm/h2', 'm/h3'],
    ['stat', 'm/h2'],
    ['stat', 'm/h3'],
  ),
  'unlink of one of two hard links': over(['unlink', 'm/h1'], ['stat', 'm/h2']),
  'inode numbers stay': over(
    ['stat', 'm/f'],
    ['stat', 'm/d'],
    ['stat', 'm/d/s/x'],
    ['write', 'm/f', O.WRONLY, 0, 0, 'X'],
    ['chmod', 'm/d/s/x', 0o600],
    ['stat', 'm/f'],
    ['stat', 'm/d'],
    ['stat', 'm/d/s/x'],
    ['rename', 'm/f', 'm/d/f', 0],
    ['stat', 'm/d/f'],
    ...remount,
    ['stat', 'm/d/f'],
    ['stat', 'm/d/s/x'],
    ['stat', 'm/d'],
  ),
  'copy-up of a symbolic link, a fifo, a device': over(
    ['chown', 'm/sl', 1, 1],
    ['chmod', 'm/ff', 0o600],
    ['chmod', 'm/nul', 0o600],
  ),
  'a descriptor from before the copy-up': over(
    ['hold', 'r', 'm/f', O.RDONLY],
    ['hread', 'r', 0, 100],
    ['write', 'm/f', O.WRONLY | O.APPEND, 0, -1, 'more\n'],
    ['hread', 'r', 0, 100],
    ['hstat', 'r'],
    ['stat', 'm/f'],
    ['rename', 'm/f', 'm/f2', 0],
    ['write', 'm/f2', O.WRONLY | O.APPEND, 0, -1, 'z'],
    ['hread', 'r', 0, 100],
    ['hclose', 'r'],
  ),
  'a descriptor of an unlinked file': over(
    ['hold', 'r', 'm/f', O.RDONLY],
    ['hold', 'w', 'm/g', O.RDWR],
    ['unlink', 'm/f'],
    ['unlink', 'm/g'],
    ['hread', 'r', 0, 100],
    ['hwrite', 'w', 0, 'GG'],
    ['hread', 'w', 0, 100],
    ['hstat', 'r'],
    ['hstat', 'w'],
    ['hchmod', 'w', 0o600],
    ['hchmod', 'r', 0o600],
    ['hclose', 'r'],
    ['hclose', 'w'],
  ),
  'a descriptor of a directory sees what is made in it': over(
    ['hold', 'd', 'm/d', O.RDONLY | O.DIRECTORY],
    file('m/d/new', ''),
    ['unlink', 'm/d/a'],
    ['hreaddir', 'd'],
    ['hclose', 'd'],
  ),
  'redirect_dir=on: directories move': overWith(
    ',redirect_dir=on',
    ['rename', 'm/d', 'm/d2', 0],
    ['rename', 'm/d2/s', 'm/s9', 0],
    ['write', 'm/d2/a', O.WRONLY, 0, 0, 'A'],
    ['readdir', 'm/s9'],
    ['mkdir', 'm/d', 0o755],
    ['readdir', 'm/d'],
    ['rename', 'm/f', 'm/e', EXCHANGE],
    ['mkdir', 'm/plain', 0o755],
    ...remount,
    ['readdir', 'm/d2'],
    ['readdir', 'm/s9'],
    ['stat', 'm/s9/x'],
  ),
  'redirect_dir=nofollow refuses redirects': overWith(
    ',redirect_dir=on',
    ['rename', 'm/d', 'm/d2', 0],
    ['umount', 'm'],
    ['mount', 'm', 'lowerdir=l,upperdir=u,workdir=w,redirect_dir=nofollow'],
    ['stat', 'm/d2'],
    ['stat', 'm/f'],
    ['umount', 'm'],
    ['mount', 'm', 'lowerdir=l,upperdir=u,workdir=w'],
  ),
  'metacopy=on': overWith(
    ',metacopy=on',
    ['chmod', 'm/f', 0o600],
    ['stat', 'm/f'],
    ['read', 'm/f', 0, 100],
    ['chmod', 'm/d/a', 0o600],
    ['write', 'm/d/a', O.WRONLY, 0, 0, 'A'],
    ['rename', 'm/g', 'm/k', 0],
    ['rename', 'm/d', 'm/dd', 0],
    ['read', 'm/k', 0, 100],
    ['chown', 'm/dd/b', 3, 3],
    ['link', 'm/k', 'm/k2'],
    ['read', 'm/k2', 0, 100],
    ['open', 'm/k2', O.WRONLY | O.TRUNC, 0],
  ),
};

const layered = (...operations: Operation[]): Operation[] => [
  ...['l0', 'l1', 'l2'].flatMap((top): Operation[] => [['mkdir', top, 0o755]]),
  ...tree('l2'),
  file('l1/f', 'middle\n'),
  ['mkdir', 'l1/d', 0o711],
  ['mknod', 'l1/g', S_IFCHR, 0, 0],
  file('l1/d/m', 'm'),
  file('l1/new', 'from l1'),
  ['mkdir', 'l0/d', 0o700],
  ['mkdir', 'l0/d/s', 0o755],
  ['setxattr', 'l0/d/s', 'trusted.overlay.opaque', 'y'],
  file('l0/e', 'file over a directory'),
  ...operations,
  ...DUMPS,
];

const layeredScripts: Record<string, Operation[]> = {
  'three layers: who answers': layered(
    ...mounted(['l0', 'l1', 'l2']),
    ['readdir', 'm'],
    ['read', 'm/f', 0, 100],
    ['stat', 'm/g'],
    ['stat', 'm/d'],
    ['readdir', 'm/d'],
    ['readdir', 'm/d/s'],
    ['stat', 'm/e'],
    file('m/g', 'over a lower whiteout'),
    ['unlink', 'm/g'],
    ['unlink', 'm/f'],
    ['unlink', 'm/e'],
    ['rmdir', 'm/d/s'],
  ),
  'a directory over a file over a directory': layered(
    ['mkdir', 'l0/x', 0o755],
    file('l0/x/in', '0'),
    file('l1/x', '1'),
    ['mkdir', 'l2/x', 0o755],
    file('l2/x/deep', '2'),
    ...mounted(['l0', 'l1', 'l2']),
    ['readdir', 'm/x'],
    ['unlink', 'm/x/in'],
    ['rmdir', 'm/x'],
    ['mkdir', 'm/x', 0o755],
  ),
  'no upper layer': layered(
    ['mkdir', 'm', 0o755],
    ['mkdir', 'u', 0o755],
    ['mount', 'm', 'lowerdir=l0:l1:l2'],
    ['open', 'm/f', O.WRONLY, 0],
    ['chmod', 'm/f', 0o600],
    ['unlink', 'm/f'],
    ['mkdir', 'm/q', 0o755],
    ['rename', 'm/f', 'm/k', 0],
    ['setxattr', 'm/f', 'user.k', 'v'],
    ['stat', 'm/h1'],
    ['stat', 'm/h2'],
    ['read', 'm/f', 0, 10],
    ['access', 'm/f', 2],
  ),
  'a layer with whiteouts alone': layered(
    ['mkdir', 'l1/only', 0o755],
    ['mknod', 'l1/only/gone', S_IFCHR, 0, 0],
    file('l1/only/here', ''),
    ...mounted(['l0', 'l1', 'l2']),
    ['readdir', 'm/only'],
    ['stat', 'm/only/gone'],
    file('m/only/gone', 'back'),
    ['readdir', 'm/only'],
  ),
  'whiteouts by attribute': layered(
    file('l1/h1', ''),
    ['setxattr', 'l1/h1', 'trusted.overlay.whiteout', ''],
    ['setxattr', 'l1/d', 'trusted.overlay.opaque', 'x'],
    file('l1/d/a', ''),
    ['setxattr', 'l1/d/a', 'trusted.overlay.whiteout', ''],
    ...mounted(['l0', 'l1', 'l2']),
    ['stat', 'm/h1'],
    ['stat', 'm/d/a'],
    ['readdir', 'm/d'],
    ['readdir', 'm'],
    ['unlink', 'm/h2'],
  ).slice(0, -2),
};

const lower: Operation[] = [['mkdir', 'l', 0o755], ...tree('l')];
const bases: Operation[] = [
  ['mkdir', 'u', 0o755],
  ['mkdir', 'w', 0o755],
  ['mkdir', 'm', 0o755],
  ['mkdir', 'u/in', 0o755],
  ['mkdir', 'w/in', 0o755],
];
const mounts = [
  '',
  'lowerdir=nope,upperdir=u,workdir=w',
  'lowerdir=l,upperdir=nope,workdir=w',
  'lowerdir=l,upperdir=u,workdir=nope',
  'upperdir=u,workdir=w',
  'lowerdir=l',
  'lowerdir=l,workdir=w',
  'lowerdir=l,upperdir=u',
  'lowerdir=l,upperdir=u,workdir=u/in',
  'lowerdir=l,upperdir=u/in,workdir=u',
  'lowerdir=l,upperdir=u,workdir=u',
  'lowerdir=u,upperdir=u,workdir=w',
  'lowerdir=w,upperdir=u,workdir=w',
  'lowerdir=w/in,upperdir=u,workdir=w',
  'lowerdir=u/in,upperdir=u,workdir=w',
  'lowerdir=l:l,upperdir=u,workdir=w',
  'lowerdir=l:l/d,upperdir=u,workdir=w',
  'lowerdir=l/d:l,upperdir=u,workdir=w',
  'lowerdir=l,upperdir=l/e,workdir=w',
  'lowerdir=l/f,upperdir=u,workdir=w',
  'lowerdir=l,upperdir=l/f,workdir=w',
  'lowerdir=l,upperdir=u,workdir=w,foo=bar',
  'lowerdir=l,upperdir=u,workdir=w,redirect_dir=maybe',
  'lowerdir=l,upperdir=u,workdir=w,metacopy=on,redirect_dir=off',
  'lowerdir=l,upperdir=u,workdir=w,metacopy=on,redirect_dir=nofollow',
  'lowerdir=l,upperdir=u,workdir=w,userxattr,metacopy=on',
  'lowerdir=l,upperdir=u,workdir=w,userxattr,redirect_dir=on',
  'lowerdir=l,upperdir=u,workdir=w,nfs_export=on,index=off',
  'lowerdir=:l,upperdir=u,workdir=w',
  'lowerdir=l:,upperdir=u,workdir=w',
  'lowerdir=l:::l/d,upperdir=u,workdir=w',
  'lowerdir=,upperdir=u,workdir=w',
];

const mountScripts = Object.fromEntries(
  mounts.map((options) => [
    `mount: ${options || 'no options'}`,
    [...lower, ...bases, ['mount', 'm', options] as Operation],
  ]),
);

const all = Object.entries({ ...scripts, ...layeredScripts, ...mountScripts });
const missing = whyNoKernel();
if (missing !== undefined && process.env.COWSH_ORACLES === '1')
  throw new Error(`no kernel to compare with: ${missing}`);
const toScript = (operations: Operation[]): Script => ({ operations, backing: 'tmpfs' });
const onKernel = missing === undefined ? runOnKernel(all.map(([, operations]) => toScript(operations))) : [];

for (const [at, [name, operations]] of all.entries()) {
  const compare = missing === undefined ? test : test.skip;
  compare(name, (t) => {
    const script = toScript(operations);
    t.is(describeDifference(script, onKernel[at] ?? [], runOnCowsh(script)), '');
  });
}
