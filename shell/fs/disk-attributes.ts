// The extended attributes of a disk's inodes, and the room that they take from the inodes' on tmpfs.

import { attributeNames, findAttribute, withAttribute, withoutAttribute } from './attribute-list.ts';
import { checkAttributeName } from './attribute-name.ts';
import { attributeRoom, type DiskSpace, type DiskType } from './disk-space.ts';
import type { Inode } from './inode.ts';
import type { InodeTable } from './inode-table.ts';
import type { NodeId } from './stat.ts';

export class DiskAttributes {
  readonly #inodes: InodeTable;
  readonly #space: DiskSpace;
  readonly #type: DiskType;

  constructor(inodes: InodeTable, space: DiskSpace, type: DiskType) {
    this.#inodes = inodes;
    this.#space = space;
    this.#type = type;
  }

  get(node: NodeId, name: string): Uint8Array | undefined {
    return findAttribute(this.#inodes.get(node).xattrs, name);
  }

  names(node: NodeId): string[] {
    return attributeNames(this.#inodes.get(node).xattrs);
  }

  /** EOPNOTSUPP, EINVAL for a name that no attribute has. */
  set(node: NodeId, name: string, value: Uint8Array): void {
    checkAttributeName(name);
    if (this.#type === 'tmpfs') this.#book(node, name, value);
    const inode = this.#inodes.own(node);
    inode.ctime = this.#inodes.now();
    inode.xattrs = withAttribute(inode.xattrs, name, value);
  }

  /** False when there is none of that name. */
  remove(node: NodeId, name: string): boolean {
    const value = this.get(node, name);
    if (value === undefined) return false;
    if (this.#type === 'tmpfs') this.#space.attributes -= attributeRoom(name, value);
    const inode = this.#inodes.own(node);
    inode.ctime = this.#inodes.now();
    inode.xattrs = withoutAttribute(inode.xattrs, name);
    return true;
  }

  /** Gives back the room of an inode that goes. */
  free(inode: Inode): void {
    if (this.#type !== 'tmpfs') return;
    for (let at = inode.xattrs; at !== undefined; at = at.next)
      this.#space.attributes -= attributeRoom(at.name, at.value);
  }

  /** There has to be room for the new value beside the old one (shmem_xattr_handler_set). */
  #book(node: NodeId, name: string, value: Uint8Array): void {
    const room = attributeRoom(name, value);
    const old = this.get(node, name);
    this.#space.reserve(this.#inodes.size, room);
    this.#space.attributes += room - (old === undefined ? 0 : attributeRoom(name, old));
  }
}
