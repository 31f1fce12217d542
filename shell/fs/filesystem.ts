// The contract between the kernel and a mounted filesystem. Files are addressed by number, never by object,
// so that an open descriptor, a mount or a cache means the same file before and after a snapshot is restored.
// A filesystem checks no permissions: the calls do, on what `inode` says.

import type { Content } from './content.ts';
import type { Dirent, NodeId, Stat, StatFs } from './stat.ts';

/** What is asked of a file most, by permission checks above all. */
export interface InodeAttributes {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Means something for devices only. */
  readonly rdev: number;
  /** As in stat(2) for all but directories. */
  readonly nlink: number;
  /** Absent where no disk keeps them. */
  readonly atime?: bigint;
  readonly mtime?: bigint;
}

/** A file to be made; `mode` carries the type bits. */
export interface NewInode {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev?: number;
  /** What a symbolic link points to. */
  readonly target?: string;
  /** A regular file's content made elsewhere, for filesystems that have `setContent`. */
  readonly content?: Content;
  /** The time it was last changed and read, where that is not now. */
  readonly mtime?: bigint;
}

/** New values; what is absent stays. Setting anything sets ctime too. */
export interface AttributeChange {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly size?: number;
  readonly atime?: bigint;
  readonly mtime?: bigint;
}

/** Whether a change may let somebody into a directory, or keep somebody out. */
export const changesAccess = ({ mode, uid, gid }: AttributeChange): boolean =>
  mode !== undefined || uid !== undefined || gid !== undefined;

/** Whether nothing on it can change, through whatever mount. */
export const isReadOnlyFilesystem = ({ readOnly, sealed }: FileSystem): boolean =>
  readOnly || sealed === true;

export const RENAME = { NOREPLACE: 1, EXCHANGE: 2, WHITEOUT: 4 } as const;

/** Makes the entries of a directory that were left for later. */
export interface Fill {
  /** All of them; `some`: `one` has made some of them before, which are to be kept. */
  all(some: boolean): void;
  /** The one of that name, if there is one; false where all have to be made. */
  one?(name: string): boolean;
}

export interface FileSystem {
  /** The type as /proc/filesystems names it. */
  readonly type: string;
  readonly dev: number;
  readonly root: NodeId;
  /** No way of mounting makes it writable: an overlay without an upper directory. */
  readonly readOnly: boolean;
  /** Mounted or remounted read-only as a whole, wherever it is mounted (SB_RDONLY). */
  sealed?: boolean;
  /** The file itself lies on a filesystem that is read-only, below one that is not. */
  isSealed?(node: NodeId): boolean;
  /** False where no handle leads back to a file (name_to_handle_at(2)): of an overlay that is not exported. */
  readonly keepsHandles?: boolean;
  /** Its changes count in `ways`, and nobody listens to its lookups: a walk need not ask again for the same way. */
  readonly steady?: boolean;

  /** The file of that name, or 0. Never throws for absence. */
  lookup(dir: NodeId, name: string): NodeId;
  inode(node: NodeId): InodeAttributes;
  stat(node: NodeId): Stat;
  /** The directory above a directory; the root is its own parent. */
  parent(dir: NodeId): NodeId;
  /** A directory's path from this filesystem's root; '/' for the root. */
  path(dir: NodeId): string;
  readdir(dir: NodeId): Dirent[];
  /** What readdir lists, as names and nodes; absent where a number that is listed need not be the node's. */
  list?(dir: NodeId, visit: (name: string, node: NodeId) => void): void;

  create(dir: NodeId, name: string, made: NewInode): NodeId;
  /**
   * Makes a regular file without a name, as if in `dir` (O_TMPFILE); absent where there are none. Who calls it holds the
   * file at once, or it is gone; `link` may give it a name.
   */
  createUnnamed?(dir: NodeId, made: NewInode): NodeId;
  link(node: NodeId, dir: NodeId, name: string): void;
  unlink(dir: NodeId, name: string): void;
  rmdir(dir: NodeId, name: string): void;
  /** True for a file that has lost its names while stat(2) still tells of one: it gets no new one. */
  isNameless?(node: NodeId): boolean;
  /** The number that all nodes of one file share; absent where a file is one node. */
  fileOf?(node: NodeId): NodeId;
  /** Both names have been looked up and checked by the call: `flags` are RENAME bits. */
  rename(fromDir: NodeId, fromName: string, toDir: NodeId, toName: string, flags: number): void;

  /** `cause` names the call for the trace: chmod, chown, utimens, truncate. */
  setattr(node: NodeId, change: AttributeChange, cause: string): void;
  readlink(node: NodeId): string;

  /** Called by every open(2), before O_TRUNC takes effect through `setattr`. `flags` are O bits. */
  open(node: NodeId, flags: number): void;
  /** The bytes may be kept, not written to. */
  read(node: NodeId, position: number, length: number): Uint8Array;
  /**
   * Writes the bytes, on a full disk as many as there is room for; ENOSPC when there is none. -1 as position means the
   * end of the file. Returns the position after what was written.
   */
  write(node: NodeId, position: number, bytes: Uint8Array): number;
  /** A file has been read: the atime policy may note it. */
  accessed(node: NodeId): void;
  /** The next data (or hole) at or after `position`; undefined where there is none (ENXIO). */
  seek(node: NodeId, position: number, what: 'data' | 'hole'): number | undefined;
  fallocate(node: NodeId, offset: number, length: number, how: 'allocate' | 'keep-size' | 'punch'): void;
  /** Copies a range by sharing blocks; both files are on this filesystem. */
  copyRange(from: NodeId, to: NodeId): void;
  /** A share of a file's content, blocks and holes as they are; absent where contents cannot be shared. */
  shareContent?(node: NodeId): Content;
  /** Gives a regular file a content made elsewhere. */
  setContent?(node: NodeId, content: Content): void;
  /** Leaves the entries of a new directory to be made, with calls of this filesystem, when somebody looks. */
  fillLater?(dir: NodeId, fill: Fill): void;
  /** While a directory is filled: true when the entry is there already; it then comes last in the order so far. */
  keep?(dir: NodeId, name: string): boolean;

  getxattr(node: NodeId, name: string): Uint8Array | undefined;
  /** The value is kept: nobody writes to it afterwards. */
  setxattr(node: NodeId, name: string, value: Uint8Array): void;
  listxattr(node: NodeId): string[];
  /** False when there was no such attribute. */
  removexattr(node: NodeId, name: string): boolean;

  /** The flags of a regular file or directory (inode-flags.ts); absent where files have none. */
  flags?(node: NodeId): number;
  /** EOPNOTSUPP for a flag that the file cannot have. */
  setFlags?(node: NodeId, flags: number): void;

  /** What sysfs tells of it: a directory's name, and files with a line each. */
  readonly sysfs?: { readonly directory: string; readonly files: Readonly<Record<string, string>> };
  /** Takes other options at a remount, and gives those to be shown; absent where they are disregarded. */
  reconfigure?(options: string): string;
  /** The options of a mount that shows this directory, where they depend on it. */
  mountOptions?(root: NodeId): string;

  statfs(): StatFs;
  /** An open descriptor, a cwd or a mount keeps an unlinked file alive. */
  hold(node: NodeId): void;
  release(node: NodeId): void;

  /** The whole state as a value, in constant time; `restore` goes back to it. */
  save(): unknown;
  restore(saved: unknown): void;
  /** The files that differ between two saved states, in a time that goes by how many do. */
  changes?(before: unknown, after: unknown): NodeId[];
}
