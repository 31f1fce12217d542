// Scripts on the devices of mem(4) and random(4), on /proc and on /sys/module/overlay.

import { S_IFBLK, S_IFCHR } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { file, mounted, tree } from './smoke-tree.ts';

const devices: Record<string, readonly [major: number, minor: number]> = {
  null: [1, 3],
  zero: [1, 5],
  full: [1, 7],
  random: [1, 8],
  urandom: [1, 9],
};

const ofDevice = (name: string, major: number, minor: number): Operation[] => {
  const noisy = name.endsWith('random');
  const read: Operation = noisy ? ['hnoise', 's', 4096] : ['hget', 's', 16];
  return [
    ['mknod', name, S_IFCHR | 0o666, major, minor],
    ['lstat', name],
    ['hold', 's', name, O.RDWR],
    read,
    ...(noisy ? [] : ([['hread', 's', 5, 16]] as Operation[])),
    ['happend', 's', 'hello'],
    ['hwrite', 's', 100, 'hello'],
    ['happend', 's', ''],
    ['hseek', 's', 7],
    read,
    ['hstat', 's'],
    ['hclose', 's'],
    ['open', name, O.WRONLY | O.TRUNC | O.APPEND | O.CREAT, 0o644],
    ['open', name, O.RDONLY | O.DIRECTORY, 0],
    ['truncate', name, 0],
    ['readdir', name],
    ['chmod', name, 0o600],
    ['asuser', 1000, 1000, 'open', name, O.RDONLY, 0],
    ['hold', 's', name, O.WRONLY],
    ['hget', 's', 4],
    ['hclose', 's'],
    ['hold', 's', name, O.RDONLY],
    ['happend', 's', 'x'],
    ['hclose', 's'],
  ];
};

const PARAMETERS = '/sys/module/overlay/parameters';

export const deviceScripts: Record<string, Operation[]> = {
  ...Object.fromEntries(
    Object.entries(devices).map(([name, [major, minor]]) => [`/dev/${name}`, ofDevice(name, major, minor)]),
  ),
  'devices in an overlay': [
    ['mkdir', 'l', 0o755],
    ['mknod', 'l/null', S_IFCHR | 0o666, 1, 3],
    ['mknod', 'l/full', S_IFCHR | 0o666, 1, 7],
    ...mounted(['l']),
    ['write', 'm/null', O.WRONLY | O.TRUNC, 0, -1, 'x'],
    ['write', 'm/full', O.WRONLY, 0, -1, 'x'],
    ['read', 'm/full', 0, 4],
    ['dump', 'u'],
  ],
  '/dev/tty without a terminal, and devices that nobody drives': [
    ['mknod', 'tty', S_IFCHR | 0o666, 5, 0],
    ['lstat', 'tty'],
    ['open', 'tty', O.RDWR, 0],
    ['mknod', 'c', S_IFCHR | 0o666, 240, 77],
    ['open', 'c', O.RDWR, 0],
    ['mknod', 'b', S_IFBLK | 0o666, 240, 77],
    ['open', 'b', O.RDONLY, 0],
    ['asuser', 1000, 1000, 'mknod', 'own', S_IFCHR | 0o666, 1, 3],
  ],
  'mounts in /proc': [
    ['mkdir', 'a b', 0o755],
    ['mountfs', 'a b', 'tmpfs', 'size=1m,mode=755'],
    ['mountinfo', 'a b'],
    ['options', 'a b'],
    ['mkdir', 'a b/in', 0o755],
    ['mkdir', 'c', 0o755],
    ['bind', 'a b/in', 'c'],
    ['mountinfo', 'c'],
    ['mkdir', 'l', 0o755],
    ...mounted(['l']),
    ['mountinfo', 'm'],
    ['remount', 'm', 1],
    ['mountinfo', 'm'],
    ['options', 'm'],
    ['umount', 'c'],
    ['mountinfo', 'a b'],
  ],
  'a process in /proc': [
    ['status', 'Umask', 'State', 'TracerPid', 'Uid', 'Gid', 'Groups', 'Ngid', 'Threads'],
    file('f', 'data'),
    ['hold', 'r', 'f', O.RDONLY],
    ['hold', 'w', 'f', O.WRONLY],
    ['hold', 'b', 'f', O.RDWR],
    ['hlink', 'r', 'g'],
    ['hpath', 'r'],
    ['hproc', 'r'],
    ['hproc', 'w'],
    ['hproc', 'b'],
    ['owner', '/proc/self/fd'],
    ['kind', '/proc/self/fd'],
    ['kind', '/proc/self'],
    ['kind', '/proc/mounts'],
    ['readlink', '/proc/mounts'],
    ['owner', '/proc/self/status'],
    ['owner', '/proc/self/mountinfo'],
    ['owner', '/proc/filesystems'],
    ['write', '/proc/self/status', O.WRONLY, 0, -1, 'x'],
    ['mkdir', '/proc/new', 0o755],
    ['unlink', '/proc/mounts'],
    ['lstat', '/proc/none'],
    ...['tmpfs', 'proc', 'sysfs', 'overlay', 'ext4'].map((type): Operation => ['filesystem', type]),
  ],
  'parameters of the overlay module': [
    ['readdir', PARAMETERS],
    ...[
      'check_copy_up',
      'index',
      'metacopy',
      'nfs_export',
      'redirect_always_follow',
      'redirect_dir',
      'redirect_max',
      'xino_auto',
    ].map((name): Operation => ['text', `${PARAMETERS}/${name}`]),
    ['text', `${PARAMETERS}/none`],
    ['kind', '/sys/module/overlay'],
  ],
};

const BLOCK = 4096;

/** Files of every kind that take room or give it back; `look` after each step. */
const filling = (top: string, look: Operation[]): Operation[] =>
  (
    [
      file(`${top}/small`, 'x'),
      file(`${top}/empty`, ''),
      file(`${top}/big`, 'x'.repeat(10 * BLOCK + 1)),
      ['write', `${top}/sparse`, O.WRONLY | O.CREAT, 0o644, 100 * BLOCK, 'end'],
      ['fallocate', `${top}/empty`, 0, 5 * BLOCK],
      ['truncate', `${top}/big`, 3 * BLOCK],
      ['truncate', `${top}/big`, 50 * BLOCK],
      ['link', `${top}/big`, `${top}/big2`],
      ['symlink', 'short', `${top}/link`],
      ['symlink', 'x'.repeat(200), `${top}/long`],
      ['mkdir', `${top}/d`, 0o755],
      file(`${top}/d/in`, 'y'.repeat(BLOCK)),
      ['mknod', `${top}/dev`, S_IFCHR | 0o600, 1, 3],
      ['unlink', `${top}/big`],
      ['hold', 's', `${top}/big2`, O.RDONLY],
      ['unlink', `${top}/big2`],
      ['hclose', 's'],
      ['rename', `${top}/small`, `${top}/d/in`, 0],
    ] as Operation[]
  ).flatMap((step) => [step, ...look]);

const blocks = (top: string): Operation[] =>
  ['small', 'empty', 'big', 'sparse', 'link', 'dev', 'd/in'].map(
    (name): Operation => ['blocks', `${top}/${name}`],
  );

export const spaceScripts: Record<string, Operation[]> = {
  'room on a tmpfs with a size': [
    ['mkdir', 't', 0o755],
    ['mountfs', 't', 'tmpfs', 'size=1m,mode=755'],
    ['statfs', 't'],
    ['grown', 't'],
    ...filling('t', [['statfs', 't'], ['grown', 't'], ['blocks', 't'], ...blocks('t')]),
    file('t/full', ''),
    ['fallocate', 't/full', 0, 200 * BLOCK],
    ['statfs', 't'],
    ['fallocate', 't/full', 0, 300 * BLOCK],
    ['statfs', 't'],
    ['blocks', 't/full'],
    ...Array.from({ length: 60 }, (_, at) => file(`t/more${at}`, 'x')),
    ['statfs', 't'],
    ['unlink', 't/full'],
    file('t/more59', 'x'),
    ['statfs', 't'],
  ],
  'room in an overlay on a small tmpfs': [
    ['mkdir', 't', 0o755],
    ['mountfs', 't', 'tmpfs', 'size=1m,mode=755'],
    ['mkdir', 't/u', 0o755],
    ['mkdir', 't/w', 0o755],
    ['mkdir', 'l', 0o755],
    ...tree('l'),
    ['mkdir', 'm', 0o755],
    ['mount', 'm', 'lowerdir=l,upperdir=t/u,workdir=t/w'],
    ...filling('m', [['statfs', 'm'], ['statfs', 't'], ...blocks('m')]),
  ],
};

/** On ext4 only. */
export const diskScripts: Record<string, Operation[]> = {
  'room on an ext4 disk': [
    ['mkdir', 'e', 0o755],
    ['mountdisk', 'e', 64],
    ['grown', 'e'],
    ...filling('e', [['grown', 'e'], ['blocks', 'e/d'], ...blocks('e')]),
  ],
};
