// find -ls: inode, blocks of 1 KiB and the columns of `ls -dils`.

import type { Process } from '../fs/process.ts';
import { inodeText } from '../fs/wide-inode.ts';
import { Accounts } from './accounts.ts';
import type { FindFile } from './find-file.ts';
import { modeString } from './mode-string.ts';
import { formatTime } from './time-format.ts';

const HALF_YEAR = 15_778_476n * 1_000_000_000n;

export const lsLine = (process: Process, { path, stat }: FindFile): string => {
  const accounts = new Accounts(process);
  const now = process.kernel.clock.now();
  const recent = stat.mtime <= now && stat.mtime > now - HALF_YEAR;
  const time = formatTime(recent ? '%b %e %H:%M' : '%b %e  %Y', stat.mtime);
  const columns = [
    inodeText(stat.ino).padStart(9),
    String(Math.ceil(stat.blocks / 2)).padStart(6),
    modeString(stat.mode),
    String(stat.nlink).padStart(3),
    accounts.userName(stat.uid).padEnd(8),
    accounts.groupName(stat.gid).padEnd(8),
    String(stat.size).padStart(8),
    time,
  ];
  return `${columns.join(' ')} ${path}${stat.kind === 'symlink' ? ` -> ${process.readlink(path)}` : ''}`;
};
