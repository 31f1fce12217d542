// tree: what is shown of a file besides its name.

import { minor } from '../fs/mode.ts';
import type { Stat } from '../fs/stat.ts';
import { inodeText } from '../fs/wide-inode.ts';
import type { Accounts } from './accounts.ts';
import { deviceNumberOf } from './device-number.ts';
import { humanSize } from './human-size.ts';
import { modeString } from './mode-string.ts';
import { formatTime } from './time-format.ts';

export interface DetailRules {
  readonly inodes: boolean;
  readonly device: boolean;
  readonly permissions: boolean;
  readonly owner: boolean;
  readonly group: boolean;
  readonly size: 'bytes' | 'binary' | 'si' | undefined;
  /** A format of strftime(3), where times are shown. */
  readonly time: string | undefined;
  readonly changeTime: boolean;
}

interface Detail {
  readonly name: string;
  readonly value: string | number;
  /** As the text layout has it. */
  readonly text: string;
}

/** In tree's order; a mode has two names where names are shown. */
export const detailsOf = (stat: Stat, rules: DetailRules, accounts: Accounts): Detail[] => {
  const details: Detail[] = [];
  const add = (name: string, value: string | number, text: string): void => {
    details.push({ name, value, text });
  };
  if (rules.inodes) add('inode', Number(inodeText(stat.ino)), inodeText(stat.ino).padStart(7));
  if (rules.device) add('dev', Number(deviceNumberOf(stat.dev)), String(minor(stat.dev)).padStart(3));
  if (rules.permissions) {
    add('mode', (stat.mode & 0o7777).toString(8).padStart(4, '0'), '');
    add('prot', modeString(stat.mode), modeString(stat.mode));
  }
  if (rules.owner) add('user', accounts.userName(stat.uid), accounts.userName(stat.uid).padEnd(8));
  if (rules.group) add('group', accounts.groupName(stat.gid), accounts.groupName(stat.gid).padEnd(8));
  if (rules.size === 'bytes') add('size', stat.size, String(stat.size).padStart(11));
  else if (rules.size !== undefined) {
    const size = humanSize(stat.size, rules.size === 'si');
    add('size', size, size.padStart(4));
  }
  if (rules.time !== undefined) {
    const time = formatTime(rules.time, rules.changeTime ? stat.ctime : stat.mtime);
    add('time', time, time);
  }
  return details;
};

/** `[-rw-r--r--          11]  ` */
export const detailText = (details: readonly Detail[]): string => {
  const texts = details.map(({ text }) => text).filter((text) => text !== '');
  return texts.length === 0 ? '' : `[${texts.join(' ')}]  `;
};
