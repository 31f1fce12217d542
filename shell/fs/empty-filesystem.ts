// Filesystem types that stand where a container expects them and hold nothing: devpts, mqueue.

import type { FilesystemType } from './kernel.ts';
import { VirtualFilesystem } from './virtual-filesystem.ts';

/** `mode`: the root directory's permission bits. */
export const emptyType =
  (type: string, mode: number): FilesystemType =>
  ({ kernel }, options) => {
    const root = { kind: 'directory', names: (): readonly string[] => [], mode } as const;
    const tree = (path: string): typeof root | undefined => (path === '/' ? root : undefined);
    return { fs: new VirtualFilesystem(type, kernel.nextDev(), () => kernel.clock.now(), tree), options };
  };
