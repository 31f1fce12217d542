// Magic links (symlink(7), /proc/pid/fd in proc(5)): they lead elsewhere than their text says.

import type { FileSystem } from './filesystem.ts';
import type { Spot } from './mount.ts';
import type { OpenFile } from './open-file.ts';
import type { NodeId } from './stat.ts';

export interface MagicLinks {
  /** Where a magic link leads, whatever its text says; undefined for an ordinary link. */
  jump(node: NodeId): Spot | undefined;
  /** What a magic link leads to that is in no filesystem: a pipe, a socket. */
  description(node: NodeId): OpenFile | undefined;
}

export const hasMagicLinks = (fs: FileSystem): fs is FileSystem & MagicLinks => 'jump' in fs;
