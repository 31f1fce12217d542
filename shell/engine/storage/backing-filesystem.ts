// What docker info calls the filesystem below a driver (Docker: daemon/graphdriver, FsNames).

import type { Process } from '../../fs/process.ts';

const names: Readonly<Record<string, string>> = { ext4: 'extfs' };

export const backingFilesystem = (process: Process, path: string): string => {
  const { type } = process.statfs(path);
  return names[type] ?? type;
};
