// The type of the filesystem that a device number belongs to.

import type { Process } from '../fs/process.ts';

export const fileSystemType = (process: Process, dev: number): string =>
  [...process.kernel.filesystems].find((fs) => fs.dev === dev)?.type ?? 'unknown';
