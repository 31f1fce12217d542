// Scripts on an index that somebody has changed: entries that are not what the overlay made, names that are no handles, and
// counts of names that are wrong, found by a later mount or while the overlay is mounted.

import { S_IFCHR } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { entitled, file, overWith } from './smoke-tree.ts';

const INDEX = ',index=on';
const NFS_EXPORT = ',nfs_export=on';
const MARK = 'trusted.overlay.';

const umount: Operation = ['umount', 'm'];
const mount = (options: string): Operation => ['mount', 'm', `lowerdir=l,upperdir=u,workdir=w${options}`];
/** A call on the one entry of the index: `*` stands for its name, which is another on each machine. */
const onEntry = (...call: Operation): Operation => ['entry', 'w/index', ...call];
const REFUSED: Operation = ['logged', 'overlayfs: failed index dir cleanup (-61)'];

const look: Operation[] = [
  ['lstat', 'm/h1'],
  ['lstat', 'm/h2'],
  ['dump', 'm'],
  ['dump', 'u'],
  ['index', 'w/index'],
];
const removeBoth: Operation[] = [['unlink', 'm/h1'], ...look, ['unlink', 'm/h2'], ...look];

/** The index has a hard link; it is changed while nothing is mounted, or while the overlay is. */
const hardLink = (options: string, change: Operation[], ...then: Operation[]): Operation[] =>
  overWith(INDEX, ['chmod', 'm/h1', 0o600], umount, ...change, mount(options), ...look, ...then);
const whileMounted = (...change: Operation[]): Operation[] =>
  overWith(INDEX, ['chmod', 'm/h1', 0o600], ...change, ...removeBoth);

const directory = (options: string, ...change: Operation[]): Operation[] =>
  overWith(
    NFS_EXPORT,
    ['chmod', 'm/e', 0o700],
    umount,
    ...change,
    mount(options),
    ['index', 'w/index'],
    ['lstat', 'm/e'],
    ['chmod', 'm/e', 0o711],
  );

const ofFiles: Record<string, Operation[]> = {
  'a longer name': hardLink(INDEX, [onEntry('rename', 'w/index/*', 'w/index/*00', 0)]),
  'a name of odd length': hardLink(INDEX, [onEntry('rename', 'w/index/*', 'w/index/*x', 0)]),
  'no origin': [...hardLink(INDEX, [onEntry('removexattr', 'w/index/*', `${MARK}origin`)]), REFUSED],
  'gone, then removed again': hardLink(
    INDEX,
    [onEntry('rename', 'w/index/*', 'gone', 0)],
    ['chmod', 'm/h2', 0o600],
    umount,
    onEntry('rename', 'w/index/*', 'gone2', 0),
    mount(INDEX),
    ...look,
  ),
  'a whiteout, all names are there again': overWith(
    NFS_EXPORT,
    ['chmod', 'm/h1', 0o600],
    ['unlink', 'm/h1'],
    ['unlink', 'm/h2'],
    umount,
    ['unlink', 'u/h1'],
    ['unlink', 'u/h2'],
    mount(NFS_EXPORT),
    ...look,
    umount,
    mount(INDEX),
    ...look,
  ),
  'the upper names are gone': hardLink(INDEX, [['unlink', 'u/h1']], ...removeBoth),
  'the lower file is gone': hardLink(INDEX, [
    ['unlink', 'l/h1'],
    ['unlink', 'l/h2'],
  ]),
  'the lower file and the upper names are gone': hardLink(INDEX, [
    ['unlink', 'l/h1'],
    ['unlink', 'l/h2'],
    ['unlink', 'u/h1'],
  ]),
  'the lower file has one name left': hardLink(INDEX, [
    ['unlink', 'l/h1'],
    ['unlink', 'u/h1'],
  ]),
  'of a file that was copied up without it': overWith(
    '',
    ['chmod', 'm/f', 0o600],
    umount,
    ['link', 'l/f', 'l/f2'],
    mount(INDEX),
    ['chmod', 'm/f2', 0o640],
    ['lstat', 'm/f'],
    ['lstat', 'm/f2'],
    ['unlink', 'm/f'],
    ...look,
  ),
};

const ofDirectories: Record<string, Operation[]> = {
  'the copy is gone': directory(NFS_EXPORT, ['rmdir', 'u/e']),
  'the copy is removed, the whiteout too': overWith(
    NFS_EXPORT,
    ['chmod', 'm/e', 0o700],
    ['rmdir', 'm/e'],
    umount,
    ['unlink', 'u/e'],
    mount(NFS_EXPORT),
    ['lstat', 'm/e'],
  ),
  'the copy is a file': directory(NFS_EXPORT, ['rmdir', 'u/e'], file('u/e', 'x')),
  'it names no copy': directory(NFS_EXPORT, onEntry('removexattr', 'w/index/*', `${MARK}upper`)),
  'it names nothing': directory(NFS_EXPORT, onEntry('setxattr', 'w/index/*', `${MARK}upper`, 'junk')),
  'it names a file': overWith(
    '',
    ['write', 'm/f', O.WRONLY | O.APPEND, 0, -1, 'more'],
    umount,
    mount(NFS_EXPORT),
    ['chmod', 'm/e', 0o700],
    umount,
    onEntry('copyxattr', 'u/f', 'w/index/*', `${MARK}origin`, `${MARK}upper`),
    mount(NFS_EXPORT),
  ),
  'it names a file of another filesystem': directory(
    NFS_EXPORT,
    onEntry('setxattrhex', 'w/index/*', `${MARK}upper`, `00fb150001${'00'.repeat(16)}`),
  ),
  'the copy has no origin': [...directory(NFS_EXPORT, ['removexattr', 'u/e', `${MARK}origin`]), REFUSED],
  'the copy has another origin': overWith(
    NFS_EXPORT,
    ['chmod', 'm/e', 0o700],
    ['chmod', 'm/d', 0o700],
    umount,
    ['copyxattr', 'u/d', 'u/e', `${MARK}origin`],
    mount(NFS_EXPORT),
    ['index', 'w/index'],
    ['lstat', 'm/e'],
    ['lstat', 'm/d'],
  ),
  'it holds a directory': directory(
    NFS_EXPORT,
    onEntry('removexattr', 'w/index/*', `${MARK}upper`),
    onEntry('mkdir', 'w/index/*/x', 0o755),
  ),
  'without nfs_export nobody looks': directory(INDEX, onEntry('removexattr', 'w/index/*', `${MARK}upper`)),
  'another directory redirects to the lower one': overWith(
    `${NFS_EXPORT},redirect_dir=on`,
    ['chmod', 'm/d', 0o700],
    umount,
    ['mkdir', 'u/d2', 0o755],
    ['copyxattr', 'u/d', 'u/d2', `${MARK}origin`],
    ['setxattr', 'u/d2', `${MARK}redirect`, '/d'],
    mount(`${NFS_EXPORT},redirect_dir=on`),
    ['lstat', 'm/d2'],
    ['readdir', 'm/d2'],
    ['lstat', 'm/d'],
  ),
  'the copy was moved out': overWith(
    NFS_EXPORT,
    ['chmod', 'm/d', 0o700],
    umount,
    ['rename', 'u/d', 'gone', 0],
    mount(NFS_EXPORT),
    ['lstat', 'm/d'],
    ['readdir', 'm'],
  ),
};

/** A count that is not there, one that is wrong where only the index has the file, and one that is found by the other name. */
const countsElsewhere: Record<string, Operation[]> = {
  none: hardLink(INDEX, [['removexattr', 'u/h1', `${MARK}nlink`]], ...removeBoth),
  'none, in the index alone': hardLink(INDEX, [
    ['removexattr', 'u/h1', `${MARK}nlink`],
    ['unlink', 'u/h1'],
  ]),
  'by the other name': overWith(
    INDEX,
    ['chmod', 'm/h1', 0o600],
    umount,
    ['setxattr', 'u/h1', `${MARK}nlink`, 'junk'],
    mount(INDEX),
    ['lstat', 'm/h2'],
    ...removeBoth,
  ),
};

/** What is stored of the number of names: relative to the links of the copy (U) or of the lower file (L). */
const counts = ['junk', 'U-7', 'L+3', 'U+9', 'U-1', 'U+2x', 'L+', 'U', 'L-2', ''];

const whileItIsMounted: Record<string, Operation[]> = {
  'a lower link is added': whileMounted(['link', 'l/h1', 'l/h3'], ['stat', 'm/h3']),
  'a lower link is added and copied up': whileMounted(['link', 'l/h1', 'l/h3'], ['chmod', 'm/h3', 0o644]),
  'an upper link is added': whileMounted(['link', 'u/h1', 'u/h3'], ['links', 'm/h3']),
  'an upper link is added that nobody sees': whileMounted(['link', 'u/h1', 'u/h3']),
  'the entry gets another name': whileMounted(onEntry('rename', 'w/index/*', 'w/other', 0)),
  'the entry gets another name, both names are known': whileMounted(
    ['stat', 'm/h2'],
    onEntry('rename', 'w/index/*', 'w/other', 0),
  ),
  'a name is taken': whileMounted(file('u/h2', 'behind'), ['chmod', 'm/h2', 0o600]),
  'a name is taken that is known': whileMounted(['stat', 'm/h2'], file('u/h2', 'behind'), [
    'chmod',
    'm/h2',
    0o600,
  ]),
  'an upper link is added, and the names go before anybody sees it': overWith(
    INDEX,
    ['chmod', 'm/h1', 0o600],
    ['stat', 'm/h2'],
    ['link', 'u/h1', 'u/h3'],
    ['unlink', 'm/h1'],
    ['unlink', 'm/h2'],
    ...look,
    ['lstat', 'm/h3'],
    ['unlink', 'm/h3'],
    ['index', 'w/index'],
  ),
  'the entry goes, nfs_export=on': overWith(
    NFS_EXPORT,
    ['chmod', 'm/e', 0o700],
    onEntry('rmdir', 'w/index/*'),
    ['rmdir', 'm/e'],
    ['index', 'w/index'],
  ),
};

const ZEROS = '00'.repeat(19);
const names = [
  `00fb${ZEROS}`,
  ...['15', '16', '1508', '1501', '1503', '1504', '150g'].map((start) => `00fb${start}${ZEROS}`.slice(0, 42)),
  `00FB15${ZEROS}`.slice(0, 42),
  `00fa15${ZEROS}`.slice(0, 42),
  `01fb15${ZEROS}`.slice(0, 42),
  `00fb15${ZEROS}`.slice(0, 41),
];

const named = (name: string): Operation[] =>
  overWith('', umount, ['mkdir', 'w/index', 0o755], file(`w/index/${name}`, 'x'), mount(INDEX), [
    'count',
    'w/index',
  ]);

const unfinished: Operation[] = overWith(
  '',
  umount,
  ...['', '/#7', '/#7/a', '/#7/a/b', '/#8'].map((path): Operation => ['mkdir', `w/index${path}`, 0o755]),
  file('w/index/#7/x', 'x'),
  mount(INDEX),
  ['count', 'w/index'],
  ['readdir', 'w/index/#7'],
);

export const indexStateScripts: Record<string, Operation[]> = {
  ...entitled('an entry of the index', ofFiles),
  ...entitled("a directory's entry in the index", ofDirectories),
  ...entitled(
    'the stored number of names',
    Object.fromEntries(
      counts.map((count) => [
        count,
        hardLink(
          INDEX,
          [['setxattr', 'u/h1', `${MARK}nlink`, count]],
          ['link', 'm/h1', 'm/h5'],
          ...removeBoth,
        ),
      ]),
    ),
  ),
  ...entitled('the stored number of names', countsElsewhere),
  'the stored number of names: fewer than there are': overWith(
    INDEX,
    ['chmod', 'm/h1', 0o600],
    ['chmod', 'm/h2', 0o600],
    umount,
    ['setxattr', 'u/h1', `${MARK}nlink`, 'U-2'],
    mount(INDEX),
    ...look,
    ...removeBoth,
  ),
  ...entitled('an index that is changed under the mount', whileItIsMounted),
  ...entitled('a name in the index', Object.fromEntries(names.map((name) => [name, named(name)]))),
  'the index is a device': overWith('', umount, ['mknod', 'w/index', S_IFCHR | 0o600, 0, 0], mount(INDEX)),
  'the index is a file': overWith('', umount, file('w/index', 'x'), mount(INDEX), ['listxattr', 'w/index']),
  'what was left unfinished in the index': unfinished,
};
