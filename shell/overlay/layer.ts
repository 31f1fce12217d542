// A layer of the union: a plain directory of some mounted filesystem. Layer 0 is the upper one, 1 the topmost lower.
// Kernel: overlayfs.rst, "Upper and Lower", "Multiple lower layers".

import type { FileSystem } from '../fs/filesystem.ts';
import type { NodeId } from '../fs/stat.ts';

export interface Layer {
  readonly index: number;
  readonly files: FileSystem;
  readonly root: NodeId;
  /** The directory's path on the machine, links resolved: 'l/SHORT' is told as '.../diff'. */
  readonly path: string;
  /** Which of the distinct filesystems below the union it lies on; the upper layer's is 0. */
  readonly filesystem: number;
}

/** A file or directory in a lower layer. */
export interface Place {
  readonly layer: Layer;
  readonly node: NodeId;
}

export const linksOf = ({ layer, node }: Place): number => layer.files.inode(node).nlink;

export const NOWHERE: readonly Place[] = [];
