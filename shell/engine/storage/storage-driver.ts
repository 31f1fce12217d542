// What a storage driver promises: snapshots of file trees, in the life cycle of containerd's snapshotters.
//
//   prepare(key, parent)  an active snapshot: a writable tree that starts as its parent looks
//   commit(key)           it changes no more; others may stand on it
//   mount / unmount       its tree at a path, for as long as somebody holds it
//   remove(key)           gone; nothing may stand on it
//
// An image layer: prepare, unpack the layer's entries into it, commit. A container: prepare on the image's top layer.

import type { Process } from '../../fs/process.ts';
import type { Change } from '../contract.ts';
import type { ArchiveWriter } from '../tar/archive.ts';
import type { TreeEntry } from '../tar/tree-entries.ts';
import type { DriverName } from './driver-names.ts';

/** A directory, and a process that sees it. */
export interface Look {
  readonly process: Process;
  /** '' for its root directory. */
  readonly path: string;
}

export interface StorageDriver {
  /** As `docker info` and paths under /var/lib/docker/image spell it. */
  readonly name: DriverName;
  /**
   * layers: a snapshot holds what is different, and a union stacks it on its parent;
   * copies: each is a whole tree of its own, and nothing is shared;
   * snapshots: each is a whole tree, and shares the blocks that it has not changed.
   */
  readonly shape: 'layers' | 'copies' | 'snapshots';
  /**
   * docker: an image is known by the digest of its configuration, sizes are those of files;
   * containerd: by that of its manifest, the layers' compressed archives are kept too, sizes are those of blocks on the disk.
   */
  readonly imageStore: 'docker' | 'containerd';
  /** Lines of `docker info` below the driver's name. */
  status(): readonly (readonly [string, string])[];
  /** Makes the driver's home, if it is not there. */
  layOut(): void;
  /** Throws max-depth. */
  prepare(key: string, parent: string | undefined): void;
  commit(key: string): void;
  has(key: string): boolean;
  /** The path of the tree; a mounted one stays as it is. A driver whose snapshots are plain directories mounts nothing. */
  mount(key: string): string;
  isMounted(key: string): boolean;
  unmount(key: string): void;
  remove(key: string): void;
  /** Bytes that the snapshot adds to its parent: files once, symlinks their target, directories and whiteouts nothing. */
  usage(key: string, parent: string | undefined): number;
  /** What the snapshot changes, as the entries of a layer's tar; files are read when their entry's turn comes. */
  entries(key: string, parent: string | undefined): Iterable<TreeEntry>;
  /** Unpacks entries into a fresh snapshot, and writes them to `archive` on the way. */
  apply(key: string, entries: Iterable<TreeEntry>, archive: ArchiveWriter | undefined): void;
  /** The same for a layer whose tree comes whole: `write` puts it into an empty directory. */
  fill(key: string, write: (path: string) => void): void;
  /** The directory that holds the snapshot's own files; a driver may have to mount it. */
  path(key: string): string;
  /** Where its own files are to be seen, mounted or not: whiteouts as devices, opaque marks as attributes. */
  look(key: string): Look;
  /** Bytes on the disk that a snapshot does not share with the one it began as; absent where nothing is shared so. */
  ownBytes?(key: string): number;
  changes(key: string, parent: string | undefined): Change[];
  /** Where mounts that use the snapshot as a lower layer may name it, if not by its path. */
  link(key: string): string | undefined;
  /** GraphDriver.Data of docker inspect. */
  metadata(key: string): Record<string, string> | null;
}

/** Runs `use` on the tree of a snapshot; one that was not mounted is unmounted again. */
export const whileMounted = <Result>(
  driver: StorageDriver,
  key: string,
  use: (path: string) => Result,
): Result => {
  if (driver.isMounted(key)) return use(driver.mount(key));
  try {
    return use(driver.mount(key));
  } finally {
    driver.unmount(key);
  }
};
