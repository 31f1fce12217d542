// The filesystem type tmpfs (tmpfs(5)): a disk in memory with a size, made by mount(2).

import { DiskFilesystem } from './disk-filesystem.ts';
import { fail } from './errno.ts';
import type { FilesystemType } from './kernel.ts';

const GIB = 2 ** 30;
/** Half of the memory, as the kernel has it. */
const DEFAULT_SIZE = 8 * GIB;
const PAGE = 4096;

interface Settings {
  size?: number;
  inodes?: number;
  mode?: number;
  uid?: number;
  gid?: number;
}

const units: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: GIB };

/** memparse: a number with a unit, or EINVAL. */
const amount = (text: string): number => {
  const [, digits, unit = ''] = /^(\d+)([kmg]?)$/i.exec(text) ?? fail('EINVAL');
  return Number(digits) * (units[unit.toLowerCase()] ?? 1);
};

const bytes = (text: string): number => {
  const percent = /^(\d+)%$/.exec(text);
  return percent === null ? amount(text) : Math.floor((2 * DEFAULT_SIZE * Number(percent[1])) / 100);
};

const number = (text: string): number => (/^\d+$/.test(text) ? Number(text) : fail('EINVAL'));

const octal = (text: string): number =>
  /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) & 0o7777 : fail('EINVAL');

const settings: Readonly<Record<string, (value: string) => Settings>> = {
  size: (value) => ({ size: bytes(value) }),
  nr_blocks: (value) => ({ size: amount(value) * PAGE }),
  nr_inodes: (value) => ({ inodes: amount(value) }),
  mode: (value) => ({ mode: octal(value) }),
  uid: (value) => ({ uid: number(value) }),
  gid: (value) => ({ gid: number(value) }),
  huge: (value) => (/^(never|always|within_size|advise)$/.test(value) ? {} : fail('EINVAL')),
};

/** Words without a value that say nothing here. */
const silent = new Set(['inode32', 'inode64', 'noswap', 'sync', 'dirsync', 'lazytime']);

const readSettings = (options: string): Settings => {
  const found: Settings = {};
  for (const word of options.split(',')) {
    if (word === '' || silent.has(word)) continue;
    const [name = '', value = ''] = word.split(/=(.*)/s);
    Object.assign(found, (settings[name] ?? fail('EINVAL'))(value));
  }
  return found;
};

/** As /proc/mounts shows them (shmem_show_options). */
const shown = ({ size, inodes, mode, uid, gid }: Settings, options: string): string =>
  [
    ...options.split(',').filter((word) => ['sync', 'dirsync', 'lazytime'].includes(word)),
    size === undefined ? '' : `size=${(Math.ceil(size / PAGE) * PAGE) / 1024}k`,
    inodes === undefined ? '' : `nr_inodes=${inodes}`,
    mode === undefined || mode === 0o1777 ? '' : `mode=${mode.toString(8).padStart(3, '0')}`,
    uid === undefined || uid === 0 ? '' : `uid=${uid}`,
    gid === undefined || gid === 0 ? '' : `gid=${gid}`,
  ]
    .filter((part) => part !== '')
    .join(',');

export const mountTmpfs: FilesystemType = ({ kernel }, options) => {
  const made = readSettings(options);
  const { mode = 0o1777, uid = 0, gid = 0 } = made;
  const fs = new DiskFilesystem({
    type: 'tmpfs',
    dev: kernel.nextDev(),
    epoch: kernel.epoch,
    clock: kernel.clock,
    size: made.size ?? DEFAULT_SIZE,
    mode,
    ...(made.inodes === undefined ? {} : { inodes: made.inodes }),
  });
  if (uid !== 0 || gid !== 0) fs.setattr(fs.root, { uid, gid });
  fs.reconfigure = (text) => {
    const { size, inodes } = readSettings(text);
    fs.resize(size, inodes);
    return shown(
      { ...made, ...(size === undefined ? {} : { size }), ...(inodes === undefined ? {} : { inodes }) },
      text,
    );
  };
  return { fs, options: shown(made, options) };
};
