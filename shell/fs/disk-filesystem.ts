// A filesystem of inodes in memory: as 'ext4' the machine's disk, as 'tmpfs' what mount -t tmpfs makes.

import type { Content } from './content.ts';
import { DiskAttributes } from './disk-attributes.ts';
import type { DiskOptions } from './disk-options.ts';
import { blocksOf, DiskSpace, type DiskType, type SavedSpace } from './disk-space.ts';
import { fail } from './errno.ts';
import {
  type AttributeChange,
  changesAccess,
  type FileSystem,
  type Fill,
  type NewInode,
  RENAME,
} from './filesystem.ts';
import { Holders, type SavedHolders } from './holders.ts';
import { type Inode, ownContent, placeInode } from './inode.ts';
import { allocateRange, changeAttributes, checkLinks, checkNew, isAtimeDue, nextOf } from './inode-change.ts';
import { IMMUTABLE, inheritedFlags, settableFlags, shownFlags } from './inode-flags.ts';
import { statInode } from './inode-stat.ts';
import { InodeTable, type SavedInodes } from './inode-table.ts';
import { isDirectory, makedev, S_IFCHR, S_IFDIR } from './mode.ts';
import { changedIds, type SavedTable } from './persistent-table.ts';
import type { Dirent, NodeId, Stat, StatFs } from './stat.ts';
import { ways } from './ways.ts';

export interface SavedDisk {
  readonly inodes: SavedInodes;
  readonly space: SavedSpace;
  readonly holds: SavedHolders;
}

export class DiskFilesystem implements FileSystem {
  readonly type: DiskType;
  readonly dev: number;
  readonly root: NodeId;
  readonly readOnly = false;
  sealed = false;
  readonly steady = true;
  reconfigure?: (options: string) => string;
  readonly #space: DiskSpace;
  readonly #inodes: InodeTable;
  readonly #attributes: DiskAttributes;
  readonly #holders = new Holders();

  /** `origin` is the tree to begin as, all of it shared until it changes. */
  constructor(options: DiskOptions, origin?: DiskFilesystem) {
    this.type = options.type;
    this.dev = options.dev;
    this.#space = options.space ?? new DiskSpace(options.size);
    this.#space.inodes = options.inodes;
    const { mode = 0o755, rootNumber } = options;
    this.#inodes =
      origin === undefined
        ? new InodeTable(options.epoch, options.clock, rootNumber)
        : origin.#inodes.fork(origin.root);
    this.#attributes = new DiskAttributes(this.#inodes, this.#space, this.type);
    this.root = origin?.root ?? this.#makeRoot(rootNumber, S_IFDIR | mode);
  }

  /** Inode 1 keeps bad blocks on ext4; the root is 2 there, and here. */
  #makeRoot(number: NodeId | undefined, mode: number): NodeId {
    if (number === undefined) this.#inodes.add(this.#inodes.make({ mode: S_IFDIR, uid: 0, gid: 0 }));
    const root = this.#inodes.add(this.#inodes.make({ mode, uid: 0, gid: 0 }));
    this.#inodes.own(root).parent = root;
    return root;
  }

  lookup(dir: NodeId, name: string): NodeId {
    return this.#inodes.entry(dir, name);
  }

  inode(node: NodeId): Readonly<Inode> {
    return this.#inodes.get(node);
  }

  has(node: NodeId): boolean {
    return this.#inodes.find(node) !== undefined;
  }

  stat(node: NodeId): Stat {
    return statInode(this.#inodes.directory(node), node, this.dev, this.type);
  }

  parent(dir: NodeId): NodeId {
    return this.#inodes.get(dir).parent;
  }

  path(dir: NodeId): string {
    return this.#inodes.path(this.root, dir);
  }

  list(dir: NodeId, visit: (name: string, node: NodeId) => void): void {
    if (this.type === 'tmpfs') for (const { name, ino } of this.readdir(dir)) visit(name, ino);
    else this.#inodes.directory(dir).entries?.forEach(visit);
  }

  readdir(dir: NodeId): Dirent[] {
    const listed = this.#inodes.list(dir);
    // What was made or moved last comes first on tmpfs (simple_offset_add); ext4's order is that of a hash with a seed.
    return this.type === 'tmpfs' ? listed.reverse() : listed;
  }

  create(dir: NodeId, name: string, made: NewInode): NodeId {
    const before = checkNew(this.#inodes.get(dir), name);
    this.#space.reserve(this.#inodes.size);
    const inode = this.#make(before, made);
    this.#space.take(blocksOf(inode, this.type));
    const node = this.#inodes.add(inode);
    placeInode(inode, dir, name);
    const parent = this.#touchDirectory(dir, inode.ctime);
    parent.entries?.set(name, node);
    if (isDirectory(made.mode)) parent.nlink++;
    return node;
  }

  createUnnamed(dir: NodeId, made: NewInode): NodeId {
    this.#space.reserve(this.#inodes.size);
    const inode = this.#make(this.#inodes.get(dir), made);
    const node = this.#inodes.add(inode);
    inode.nlink = 0;
    placeInode(inode, dir, '');
    return node;
  }

  fillLater(dir: NodeId, fill: Fill): void {
    this.#inodes.fillLater(dir, fill);
  }

  keep = (dir: NodeId, name: string): boolean => this.#inodes.keep(dir, name);

  link(node: NodeId, dir: NodeId, name: string): void {
    checkNew(this.#inodes.get(dir), name);
    const { nlink } = checkLinks(this.#inodes.get(node), this.type);
    if (nlink > 0) this.#space.reserve(this.#inodes.size);
    const inode = this.#touch(node);
    this.#touchDirectory(dir, inode.ctime).entries?.set(name, node);
    if (inode.nlink++ === 0) placeInode(inode, dir, name);
    else this.#space.links++;
  }

  unlink(dir: NodeId, name: string): void {
    const node = this.lookup(dir, name);
    const now = this.#inodes.now();
    this.#touchDirectory(dir, now).entries?.delete(name);
    this.#drop(node, now);
  }

  rmdir(dir: NodeId, name: string): void {
    const node = this.lookup(dir, name);
    if ((this.#inodes.directory(node).entries?.size ?? 0) > 0) fail('ENOTEMPTY');
    ways.changes++;
    const now = this.#inodes.now();
    const parent = this.#touchDirectory(dir, now);
    parent.entries?.delete(name);
    parent.nlink--;
    this.#inodes.own(node).nlink = 1;
    this.#drop(node, now);
  }

  rename(fromDir: NodeId, fromName: string, toDir: NodeId, toName: string, flags: number): void {
    checkNew(this.#inodes.get(toDir), toName);
    const moved = this.lookup(fromDir, fromName);
    const replaced = this.lookup(toDir, toName);
    if (moved === replaced) return;
    if (flags & RENAME.WHITEOUT) this.#space.reserve(this.#inodes.size);
    const now = this.#inodes.now();
    if (this.#inodes.isDirectory(moved) || this.#inodes.isDirectory(replaced)) ways.changes++;
    if (flags & RENAME.EXCHANGE) {
      this.#place(replaced, fromDir, fromName, now);
      this.#place(moved, toDir, toName, now);
      return;
    }
    if (replaced !== 0) {
      // ext4 has put the whiteout there, and takes it away again, when it finds that the directory is not empty.
      if (flags & RENAME.WHITEOUT && this.type === 'ext4') this.#touchDirectory(fromDir, now);
      if (this.#inodes.isDirectory(replaced)) this.rmdir(toDir, toName);
      else this.unlink(toDir, toName);
    }
    const parent = this.#touchDirectory(fromDir, now);
    parent.entries?.delete(fromName);
    if (this.#inodes.isDirectory(moved)) parent.nlink--;
    this.#place(moved, toDir, toName, now);
    if (flags & RENAME.WHITEOUT)
      this.create(fromDir, fromName, { mode: S_IFCHR, uid: 0, gid: 0, rdev: makedev(0, 0) });
  }

  setattr(node: NodeId, change: AttributeChange): void {
    const now = this.#inodes.now();
    const inode = this.#inodes.own(node);
    if (changesAccess(change) && isDirectory(inode.mode)) ways.changes++;
    changeAttributes(inode, change, this.type, this.#space, now);
  }

  readlink(node: NodeId): string {
    return this.#inodes.get(node).target ?? fail('EINVAL');
  }

  open(): void {}

  read(node: NodeId, position: number, length: number): Uint8Array {
    return (this.#inodes.get(node).content ?? fail('EINVAL')).read(position, length);
  }

  write(node: NodeId, position: number, bytes: Uint8Array): number {
    const inode = this.#inodes.own(node);
    const content = ownContent(inode) ?? fail('EINVAL');
    // ext4_write_checks: not even by a descriptor from before; tmpfs lets that one go on.
    if ((inode.rdev & IMMUTABLE) !== 0 && this.type === 'ext4') fail('EPERM');
    const at = position < 0 ? content.size : position;
    if (bytes.length === 0) return at;
    const end = this.#space.write(content, at, bytes);
    inode.mtime = inode.ctime = this.#inodes.now();
    return end;
  }

  accessed(node: NodeId): void {
    const now = this.#inodes.now();
    if (isAtimeDue(this.#inodes.get(node), now)) this.#inodes.own(node).atime = now;
  }

  seek(node: NodeId, position: number, what: 'data' | 'hole'): number | undefined {
    return nextOf(this.#inodes.get(node).content, position, what);
  }

  fallocate(node: NodeId, offset: number, length: number, how: 'allocate' | 'keep-size' | 'punch'): void {
    const inode = this.#inodes.own(node);
    allocateRange(inode, this.#space, offset, length, how);
    inode.mtime = inode.ctime = this.#inodes.now();
  }

  copyRange(from: NodeId, to: NodeId): void {
    this.setContent(to, this.shareContent(from));
  }

  /** Gives a regular file a content made elsewhere, blocks shared. */
  setContent(node: NodeId, content: Content): void {
    const inode = this.#inodes.own(node);
    this.#space.take(content.blocks - (inode.content?.blocks ?? 0));
    inode.content = content;
    inode.mtime = inode.ctime = this.#inodes.now();
  }

  /** A share of a regular file's content, for copying it to another file without copying bytes. */
  shareContent(node: NodeId): Content {
    return (this.#inodes.get(node).content ?? fail('EINVAL')).share();
  }

  getxattr(node: NodeId, name: string): Uint8Array | undefined {
    return this.#attributes.get(node, name);
  }

  setxattr(node: NodeId, name: string, value: Uint8Array): void {
    this.#attributes.set(node, name, value);
  }

  listxattr(node: NodeId): string[] {
    return this.#attributes.names(node);
  }

  removexattr(node: NodeId, name: string): boolean {
    return this.#attributes.remove(node, name);
  }

  flags(node: NodeId): number {
    const { mode, rdev } = this.#inodes.get(node);
    return shownFlags(this.type, mode, rdev);
  }

  setFlags(node: NodeId, flags: number): void {
    const kept = settableFlags(this.type, this.#inodes.get(node).mode, flags);
    this.#touch(node).rdev = kept;
  }

  statfs(): StatFs {
    return this.#space.statfs(this.type, this.inodes);
  }

  /** Another size in bytes, another number of inodes; EINVAL where there is more than that. */
  resize(size: number | undefined, inodes: number | undefined): void {
    if (inodes !== undefined && inodes < this.#inodes.size - 1) fail('EINVAL');
    if (size !== undefined) this.#space.resize(size);
    if (inodes !== undefined) this.#space.inodes = inodes;
  }

  /** The inodes as they are, none of them left for later: for counting what trees share. */
  get table(): SavedTable {
    this.#inodes.fillAll(this.root);
    return this.#inodes.save().table;
  }

  get inodes(): number {
    return this.table.size;
  }

  hold(node: NodeId): void {
    this.#holders.add(node);
  }

  release(node: NodeId): void {
    if (!this.#holders.remove(node)) return;
    const inode = this.#inodes.find(node);
    if (inode !== undefined && inode.nlink === 0) this.#free(node, inode);
  }

  save(): SavedDisk {
    return { inodes: this.#inodes.save(), space: this.#space.save(), holds: this.#holders.save() };
  }

  restore(saved: unknown): void {
    const { inodes, space, holds } = saved as SavedDisk;
    ways.changes++;
    this.#inodes.restore(inodes);
    this.#space.restore(space);
    this.#holders.restore(holds);
  }

  changes(before: unknown, after: unknown): NodeId[] {
    return changedIds((before as SavedDisk).inodes.table, (after as SavedDisk).inodes.table);
  }

  #make(parent: Inode, made: NewInode): Inode {
    const inode = this.#inodes.make(made);
    inode.rdev ||= inheritedFlags(this.type, made.mode, parent.rdev);
    return inode;
  }

  /** The inode, for a change that is told by its ctime. */
  #touch(node: NodeId, now = this.#inodes.now()): Inode {
    const inode = this.#inodes.own(node);
    inode.ctime = now;
    return inode;
  }

  #touchDirectory(dir: NodeId, now: bigint): Inode {
    const inode = this.#inodes.ownDirectory(dir);
    inode.mtime = inode.ctime = now;
    return inode;
  }

  #place(node: NodeId, dir: NodeId, name: string, now: bigint): void {
    const parent = this.#touchDirectory(dir, now);
    const before = parent.entries?.get(name);
    if (before !== undefined) parent.entries?.delete(name);
    parent.entries?.set(name, node);
    const inode = this.#touch(node, now);
    if (isDirectory(inode.mode)) parent.nlink++;
    if (before !== undefined && isDirectory(this.#inodes.get(before).mode)) parent.nlink--;
    placeInode(inode, dir, name);
  }

  #drop(node: NodeId, now: bigint): void {
    const inode = this.#touch(node, now);
    if (--inode.nlink > 0) this.#space.links--;
    if (inode.nlink === 0 && !this.#holders.has(node)) this.#free(node, inode);
  }

  #free(node: NodeId, inode: Inode): void {
    this.#space.take(-blocksOf(inode, this.type));
    this.#attributes.free(inode);
    this.#inodes.delete(node);
  }
}
