// Hard links with index=on: over copy-up, removal, renames and remounts, and what a mount with an index refuses.

import { S_IFIFO } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { overWith } from './smoke-tree.ts';

const layers: Operation[] = [
  ['mkdir', 'l', 0o755],
  ['mkdir', 'other', 0o755],
  ['write', 'l/h1', O.WRONLY | O.CREAT, 0o644, -1, 'linked\n'],
  ['link', 'l/h1', 'l/h2'],
  ['write', 'l/x', O.WRONLY | O.CREAT, 0o644, -1, 'x'],
  ['mkdir', 'u', 0o755],
  ['mkdir', 'other-upper', 0o755],
  ['mkdir', 'w', 0o755],
  ['mkdir', 'm', 0o755],
  ['mkdir', 'm2', 0o755],
];
const OFF = 'lowerdir=l,upperdir=u,workdir=w';
const ON = `${OFF},index=on`;
const mount = (options = ON): Operation => ['mount', 'm', options];
const umount: Operation = ['umount', 'm'];
const append = (path: string): Operation => ['write', path, O.WRONLY | O.APPEND, 0, -1, 'changed\n'];
const look: Operation[] = [
  ['lstat', 'm/h1'],
  ['lstat', 'm/h2'],
  ['read', 'm/h2', 0, 50],
  ['dump', 'm'],
  ['dump', 'u'],
];

const script = (...calls: Operation[]): Operation[] => [...layers, mount(), ...calls];

/** What is indexed when every file is, and what becomes of the entries. */
const exported: [name: string, ...calls: Operation[]][] = [
  ['a file', ['chmod', 'm/f', 0o600], ['lstat', 'm/f'], ['index', 'w/index'], ['unlink', 'm/f']],
  [
    'a file in directories',
    append('m/d/s/x'),
    ['index', 'w/index'],
    ['unlink', 'm/d/s/x'],
    ['rmdir', 'm/d/s'],
  ],
  ['a link, a fifo, a device', ['chown', 'm/sl', 1, 1], ['chmod', 'm/ff', 0o600], ['chmod', 'm/nul', 0o600]],
  ['removals of what was never copied', ['unlink', 'm/f'], ['rmdir', 'm/e'], ['unlink', 'm/sl']],
  [
    'hard links',
    append('m/h1'),
    ['lstat', 'm/h2'],
    ['index', 'w/index'],
    ['unlink', 'm/h1'],
    ['unlink', 'm/h2'],
  ],
  [
    'a new hard link',
    ['link', 'm/f', 'm/k'],
    ['lstat', 'm/k'],
    ['unlink', 'm/f'],
    ['lstat', 'm/k'],
    ['unlink', 'm/k'],
  ],
  [
    'new files',
    ['mkdir', 'm/n', 0o755],
    ['write', 'm/n/x', O.WRONLY | O.CREAT, 0o644, -1, 'x'],
    ['unlink', 'm/n/x'],
  ],
  [
    'renames',
    ['rename', 'm/f', 'm/k', 0],
    ['rename', 'm/g', 'm/k', 0],
    ['rename', 'm/d/a', 'm/a', 0],
    ['rename', 'm/d', 'm/x', 0],
  ],
  ['a directory over an empty one', ['mkdir', 'm/n', 0o755], ['rename', 'm/n', 'm/e', 0], ['readdir', 'm/e']],
  [
    'another directory in place of the copy',
    ['chmod', 'm/d', 0o700],
    umount,
    ['rename', 'u/d', 'u/e', 0],
    mount(`${OFF},nfs_export=on`),
    ['readdir', 'm/e'],
    ['lstat', 'm/e'],
  ],
];

const afterRemount: Operation[] = [
  umount,
  mount(`${OFF},nfs_export=on`),
  ['index', 'w/index'],
  ['dump', 'm'],
  ['dump', 'u'],
];

export const indexScripts: Record<string, Operation[]> = {
  'index: a write is seen under both names': script(append('m/h1'), ...look),
  'index: attributes under the other name make no link of it': script(
    append('m/h1'),
    ['setxattr', 'm/h2', 'user.k', 'v'],
    ...look,
    ['chmod', 'm/h2', 0o600],
    ...look,
  ),
  'index: one name is removed, then the rest': script(
    ['unlink', 'm/h1'],
    ...look,
    ['link', 'm/h2', 'm/h3'],
    ...look,
    ['unlink', 'm/h2'],
    ['unlink', 'm/h3'],
    umount,
    mount(),
    ['names', 'w/index'],
    ...look,
  ),
  'index: names that are gone, a descriptor that is not': script(
    ['hold', 's', 'm/h1', O.RDONLY],
    ['unlink', 'm/h1'],
    ['unlink', 'm/h2'],
    ['hread', 's', 0, 20],
    ['hstat', 's'],
  ),
  'index: a descriptor opened before the copy-up by another name': script(
    ['hold', 's', 'm/h2', O.RDONLY],
    append('m/h1'),
    ['hread', 's', 0, 50],
    ['hstat', 's'],
    ['hchmod', 's', 0o600],
    ...look,
  ),
  'index: renames over and of the names': script(
    ['rename', 'm/x', 'm/h1', 0],
    ['rename', 'm/h2', 'm/x', 0],
    ...look,
    ['rename', 'm/x', 'm/h1', 2],
    ...look,
  ),
  'index: a rename of one name to the other does nothing': script(
    ['rename', 'm/h1', 'm/h2', 0],
    ['rename', 'm/h1', 'm/h2', 2],
    ['rename', 'm/h1', 'm/h2', 1],
    ...look,
  ),
  'index: after a remount': script(
    append('m/h1'),
    umount,
    mount(),
    ...look,
    ['chmod', 'm/h2', 0o600],
    ...look,
  ),
  'index: after a mount without it': script(
    append('m/h1'),
    umount,
    mount(OFF),
    ...look,
    append('m/h2'),
    umount,
    mount(),
    ...look,
  ),
  'index: metadata only, then data': [
    ...layers,
    mount(`${ON},metacopy=on,redirect_dir=on`),
    ['chmod', 'm/h1', 0o600],
    ...look,
    append('m/h2'),
    ...look,
    ['rename', 'm/h1', 'm/h9', 0],
    ...look,
  ],
  'index: another lower directory': script(
    umount,
    mount(ON.replace('=l', '=other')),
    mount(OFF.replace('=l', '=other')),
  ),
  'index: another upper directory': script(umount, mount(ON.replace('=u', '=other-upper'))),
  'a named pipe that is open': script(
    ['mknod', 'm/p', S_IFIFO | 0o644, 0, 0],
    umount,
    mount(),
    ['hold', 's', 'm/p', O.RDONLY | O.NONBLOCK],
    umount,
    ['hstat', 's'],
    ['hchmod', 's', 0o600],
    ['hread', 's', 0, 5],
    ['hclose', 's'],
    ...look,
    umount,
  ),
  'index: directories in use': script(['mount', 'm2', ON], ['mount', 'm2', OFF]),
  ...Object.fromEntries(
    exported.map(([name, ...calls]): [string, Operation[]] => [
      `nfs_export: ${name}`,
      overWith(',nfs_export=on', ['options', 'm'], ...calls, ['index', 'w/index'], ...afterRemount),
    ]),
  ),
};
