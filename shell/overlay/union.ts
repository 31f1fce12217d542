// What every part of a mounted overlay works on: its layers, its nodes, its options.

import { fail } from '../fs/errno.ts';
import { type FileSystem, isReadOnlyFilesystem } from '../fs/filesystem.ts';
import { isDirectory } from '../fs/mode.ts';
import type { NodeId } from '../fs/stat.ts';
import type { Trace } from '../fs/trace.ts';
import type { Layer, Place } from './layer.ts';
import type { LinkCounts } from './link-counts.ts';
import { NODE, type OverlayNode } from './node.ts';
import type { NodeTable } from './node-table.ts';
import type { OverlayOptions } from './options.ts';

/** The directory in which files are made ready before they are renamed into the upper layer. */
export interface WorkDirectory {
  readonly node: NodeId;
  /** It is the index too: copies of lower hard links stay here. */
  readonly index: boolean;
  /** Numbers the temporary names: '#1', '#2', in hexadecimal. */
  temporary: number;
  /** The whiteout that waits here for more hard links, or ''. */
  whiteout: string;
  /** Whiteouts are hard links of that one, until there was no room for one. */
  shares: boolean;
}

export interface Union {
  readonly dev: number;
  /** The upper layer and its work directory; without both the mount only reads. */
  readonly upper: Layer | undefined;
  readonly work: WorkDirectory | undefined;
  /** Top first. */
  readonly lowers: readonly Layer[];
  /** Layers that show no names and have data for metacopies. */
  readonly data: readonly Layer[];
  readonly nodes: NodeTable;
  /** Of the files in the index. */
  readonly links: LinkCounts;
  readonly root: NodeId;
  readonly options: OverlayOptions;
  /** All layers lie on one filesystem, so that inode numbers are unique (ovl_same_fs). */
  readonly sameFilesystem: boolean;
  /** High bits of inode numbers that tell the filesystem (xino); 0 for none. */
  readonly xinoBits: number;
  /** By `Layer.filesystem`: the device that stat(2) shows for files of it when the layers' filesystems differ. */
  readonly devices: readonly number[];
  /** Lower layers, by index, of which a directory marked opaque=x has been seen (ovl_layer_set_xwhiteouts). */
  readonly xwhiteouts: Set<number>;
  /** By filesystem: the directories that no lookup may meet below another layer. Empty where nobody looks for them. */
  readonly traps: Map<FileSystem, Set<NodeId>>;
  readonly trace: Trace;
  /** Writes a line to the kernel's log. */
  readonly log: (line: string) => void;
}

export const isDirectoryNode = (node: OverlayNode): boolean => (node.flags & NODE.DIRECTORY) !== 0;

/** A directory that shows entries of more than one layer (OVL_TYPE_MERGE). */
export const isMerged = (node: OverlayNode): boolean =>
  node.upper === 0
    ? node.merges
    : node.lower !== undefined && (node.flags & (NODE.DIRECTORY | NODE.METACOPY)) !== 0;

/** In the upper layer, with a known lower file it was copied from (OVL_TYPE_ORIGIN). */
export const hasOrigin = (node: OverlayNode): boolean =>
  node.upper !== 0 && node.lower !== undefined && (node.flags & NODE.CONSTANT_INO) !== 0;

/** Nothing of it lies, or has lain, in a lower layer (ovl_pure_upper). */
export const isPureUpper = (node: OverlayNode): boolean =>
  node.upper !== 0 && (node.flags & NODE.ONCE_MERGED) === 0 && !isMerged(node) && !hasOrigin(node);

export const isMergedOrLower = (node: OverlayNode): boolean => node.upper === 0 || isMerged(node);

/** The filesystem that answers for a node's metadata. */
export const realFiles = (union: Union, node: OverlayNode): FileSystem =>
  node.upper !== 0 ? (union.upper as Layer).files : (node.lower as Place).layer.files;

/** The node in that filesystem. */
export const realNode = (node: OverlayNode): NodeId =>
  node.upper !== 0 ? node.upper : (node.lower as Place).node;

export const realLayer = (union: Union, node: OverlayNode): Layer =>
  node.upper !== 0 ? (union.upper as Layer) : (node.lower as Place).layer;

/** The filesystem of the upper layer. Precondition: the overlay has one. */
export const upperFiles = (union: Union): FileSystem => (union.upper as Layer).files;

/** EROFS where there is no upper layer, or while its filesystem is read-only (ovl_want_write). */
export const wantWrite = ({ upper }: Union): void => {
  if (upper === undefined || isReadOnlyFilesystem(upper.files)) fail('EROFS');
};

/** The path of a node from the overlay's root. */
export const pathOf = (union: Union, id: NodeId): string => {
  const names: string[] = [];
  for (let at = id; at !== union.root; ) {
    const node = union.nodes.get(at);
    names.push(node.name);
    at = node.parent;
  }
  return `/${names.reverse().join('/')}`;
};

/** The path of a name in a directory. */
export const pathOfName = (union: Union, dir: NodeId, name: string): string => {
  const path = pathOf(union, dir);
  return path === '/' ? `/${name}` : `${path}/${name}`;
};

export const isDirectoryAt = (files: FileSystem, node: NodeId): boolean =>
  isDirectory(files.inode(node).mode);
