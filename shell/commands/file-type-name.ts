// The kind of a file in words, as rm's questions and stat's %F have it.

import type { Stat } from '../fs/stat.ts';

const NAMES = {
  file: 'regular file',
  directory: 'directory',
  symlink: 'symbolic link',
  char: 'character special file',
  block: 'block special file',
  fifo: 'fifo',
  socket: 'socket',
} as const;

export const fileTypeName = (stat: Pick<Stat, 'kind' | 'size'>): string =>
  stat.kind === 'file' && stat.size === 0 ? 'regular empty file' : NAMES[stat.kind];
