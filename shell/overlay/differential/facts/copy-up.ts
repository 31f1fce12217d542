// Facts about copy-up and old descriptors: what causes it, what does not, what is made in the upper layer.
// Not among them: mmap(2), which cowsh does not have.

import { FLAG } from '../../../fs/inode-flags.ts';
import { S_IFCHR } from '../../../fs/mode.ts';
import { O } from '../../../fs/open-flags.ts';
import type { Operation } from '../script.ts';
import { DUMPS, file, mounted, over, tree } from '../smoke-tree.ts';

const open = (flags: number): Operation[] => over(['open', 'm/f', flags, 0o644]);
const HOLE = 900_000;

/** A lower layer with a sparse file too. */
const sparse = (...operations: Operation[]): Operation[] => [
  ['mkdir', 'l', 0o755],
  ...tree('l'),
  file('l/sp', ''),
  ['truncate', 'l/sp', HOLE],
  ...mounted(['l']),
  ...operations,
  ...DUMPS,
];

export const copyUpFacts: Record<string, Operation[]> = {
  'A: open O_RDONLY': open(O.RDONLY),
  'A: open O_WRONLY, no write': open(O.WRONLY),
  'A: open O_RDWR, no write': open(O.RDWR),
  'A: open O_WRONLY|O_APPEND, no write': open(O.WRONLY | O.APPEND),
  'A: open O_WRONLY|O_TRUNC': open(O.WRONLY | O.TRUNC),
  'A: open O_RDONLY|O_TRUNC': open(O.RDONLY | O.TRUNC),
  'A: open O_CREAT|O_RDONLY of an existing file': open(O.CREAT | O.RDONLY),
  'A: open O_CREAT|O_EXCL of an existing lower file': open(O.CREAT | O.EXCL | O.WRONLY),
  'A: write 1 byte': over(['write', 'm/f', O.WRONLY, 0, 0, 'X']),
  'A: truncate(2) to 2': over(['truncate', 'm/f', 2]),
  'A: truncate(2) to the same size': over(['truncate', 'm/f', 6]),
  'A: chmod': over(['chmod', 'm/f', 0o600]),
  'A: chmod same mode': over(['chmod', 'm/f', 0o644]),
  'A: chown': over(['chown', 'm/f', 1, 1]),
  'A: chown -1 -1': over(['chown', 'm/f', -1, -1]),
  'A: utimes': over(['utimens', 'm/f', 1, 2]),
  'A: setxattr user.k': over(['setxattr', 'm/f', 'user.k', 'v']),
  'A: removexattr of a missing one': over(['removexattr', 'm/f', 'user.none']),
  'A: setxattr trusted.overlay.opaque from above': over(['setxattr', 'm/d', 'trusted.overlay.opaque', 'y']),
  'A: getxattr trusted.overlay.origin from above': over(
    ['chmod', 'm/f', 0o600],
    ['getxattr', 'm/f', 'trusted.overlay.origin'],
  ),
  'A: link(2)': over(['link', 'm/f', 'm/h']),
  'A: symlink': over(['symlink', 'f', 'm/new']),
  'A: unlink': over(['unlink', 'm/f']),
  'A: unlink then create': over(['unlink', 'm/f'], file('m/f', 'new')),
  'A: create+unlink of a new file': over(file('m/new', 'x'), ['unlink', 'm/new']),
  'A: mkdir new': over(['mkdir', 'm/nd', 0o755]),
  'A: rmdir of an empty lower dir': over(['rmdir', 'm/e']),
  'A: rmdir of a non empty lower dir': over(['rmdir', 'm/d']),
  'A: rmdir of a dir whose lower children were all unlinked': over(
    ['unlink', 'm/d/a'],
    ['unlink', 'm/d/b'],
    ['unlink', 'm/d/s/x'],
    ['rmdir', 'm/d/s'],
    ['rmdir', 'm/d'],
  ),
  'A: rmdir+mkdir (opaque)': over(['rmdir', 'm/e'], ['mkdir', 'm/e', 0o755]),
  'A: access W_OK': over(['access', 'm/f', 2]),
  'A: flock LOCK_EX on O_RDONLY fd': over(
    ['hold', 'r', 'm/f', O.RDONLY],
    ['flock', 'r', 1],
    ['hold', 's', 'm/f', O.RDONLY],
    ['flock', 's', 0],
    ['hclose', 'r'],
    ['flock', 's', 0],
  ),
  'A: fallocate on O_RDWR': over(['fallocate', 'm/f', 0, 100]),
  'A: open O_TMPFILE in a lower dir': over(['open', 'm/d', O.TMPFILE | O.RDWR, 0o644]),
  'A: FS_IOC_SETFLAGS nodump (chattr +d)': over(['setflags', 'm/f', 0, FLAG.d], ['getflags', 'm/f']),
  'A: deep write d/s/x': over(['write', 'm/d/s/x', O.WRONLY, 0, 0, 'new']),
  'A: atime by read': over(['read', 'm/f', 0, 10], ['atime', 'm/f'], ['atime', 'l/f']),
  'B: read-only fd opened before the copy-up then reads': over(
    ['hold', 'r', 'm/f', O.RDONLY],
    ['write', 'm/f', O.WRONLY | O.APPEND, 0, -1, 'more\n'],
    ['hread', 'r', 0, 100],
  ),
  'B: fstat of old RO fd: size': over(
    ['hold', 'r', 'm/f', O.RDONLY],
    ['write', 'm/f', O.WRONLY | O.APPEND, 0, -1, 'more\n'],
    ['hstat', 'r'],
    ['stat', 'm/f'],
  ),
  'B: a new fd reads': over(
    ['write', 'm/f', O.WRONLY | O.APPEND, 0, -1, 'more\n'],
    ['hold', 'r', 'm/f', O.RDONLY],
    ['hread', 'r', 0, 100],
  ),
  'K: sparse file copy-up: blocks lower': sparse(
    ['blocks', 'l/sp'],
    ['blocks', 'm/sp'],
    ['chmod', 'm/sp', 0o600],
    ['blocks', 'u/sp'],
    ['blocks', 'm/sp'],
  ),
  'K: copy-up of symlink, fifo, device by chown/chmod': sparse(
    ['chown', 'm/sl', 1, 1],
    ['chmod', 'm/ff', 0o600],
    ['chmod', 'm/nul', 0o600],
    ['chmod', 'm/sp', 0o600],
  ),
  'L: fd of an unlinked lower file still reads': over(
    ['hold', 'r', 'm/f', O.RDONLY],
    ['unlink', 'm/f'],
    ['hread', 'r', 0, 100],
    ['hstat', 'r'],
    ['hpath', 'r'],
  ),
  'L: fd of a renamed+appended file reads': over(
    ['hold', 'r', 'm/f', O.RDONLY],
    ['rename', 'm/f', 'm/f2', 0],
    ['write', 'm/f2', O.WRONLY | O.APPEND, 0, -1, 'z'],
    ['hread', 'r', 0, 100],
  ),
  'F: mknod c 0 0 in the merged dir': over(['mknod', 'm/w', S_IFCHR | 0o600, 0, 0]),
  'G: times: mtime kept by copy-up': over(
    ['mtime', 'm/f'],
    ['chmod', 'm/f', 0o600],
    ['mtime', 'm/f'],
    ['mtime', 'u/f'],
  ),
  'G: parent dir mtime kept when a child is only copied up': over(
    ['mtime', 'm/d'],
    ['chmod', 'm/d/a', 0o600],
    ['mtime', 'm/d'],
    ['mtime', 'u/d'],
  ),
};
