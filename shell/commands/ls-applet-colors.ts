// The colours of busybox's ls: by type alone, and every name has one.

import type { LsEntry } from './ls-entry.ts';

const COLORS = {
  file: '0;0',
  directory: '1;34',
  symlink: '1;36',
  fifo: '0;35',
  socket: '1;35',
  char: '1;35',
  block: '1;35',
} as const;

const PROGRAM = '1;32';

export const appletColors = {
  paint(text: string, { stat }: Pick<LsEntry, 'name' | 'stat' | 'targetStat'>): string {
    const color = stat.kind === 'file' && (stat.mode & 0o111) !== 0 ? PROGRAM : COLORS[stat.kind];
    return `\x1b[${color}m${text}\x1b[m`;
  },
};
