// The way to a running kernel: what stands above it, its table of calls and the types of filesystems, is put in here.

import './calls/index.ts';
import { mountDisk } from './ext4.ts';
import { type FilesystemType, Kernel, type KernelOptions } from './kernel.ts';
import { mountTmpfs } from './tmpfs.ts';

export interface BootOptions extends Omit<KernelOptions, 'filesystemTypes'> {
  /** Types besides tmpfs and ext4, by the name that mount -t takes. */
  readonly filesystemTypes?: Readonly<Record<string, FilesystemType>>;
}

/** A kernel without processes, whose processes will have their calls. */
export const bootKernel = (options: BootOptions): Kernel =>
  new Kernel({
    ...options,
    filesystemTypes: { tmpfs: mountTmpfs, ext4: mountDisk, ...options.filesystemTypes },
  });
