// The filesystem type `btrfs`: subvolumes in one tree of names. A snapshot of a subvolume shares all of it, whatever its
// size, and a write takes the blocks that it changes (Linux: Documentation/filesystems/btrfs.rst, btrfs-subvolume(8)).

import type { Clock } from '../clock.ts';
import { BLOCK_SIZE, type Content } from '../content.ts';
import type { Epoch } from '../epoch.ts';
import { fail } from '../errno.ts';
import type { AttributeChange, FileSystem, Fill, InodeAttributes, NewInode } from '../filesystem.ts';
import { S_IFDIR } from '../mode.ts';
import { changedIds } from '../persistent-table.ts';
import type { Random } from '../random.ts';
import type { Dirent, NodeId, Stat, StatFs } from '../stat.ts';
import type { Trace } from '../trace.ts';
import { ways } from '../ways.ts';
import { Census } from './census.ts';
import { PoolSpace } from './pool-space.ts';
import { SharedTree } from './shared-tree.ts';
import {
  FIRST_FREE,
  inodeOf,
  nodeOf,
  type SavedSubvolumes,
  type Subvolume,
  Subvolumes,
  subvolumeOf,
  TOP,
} from './subvolume.ts';

export interface BtrfsOptions {
  readonly epoch: Epoch;
  readonly clock: Clock;
  readonly random: Random;
  readonly trace: Trace;
  /** Gives a device number for each subvolume. */
  readonly nextDev: () => number;
  /** Capacity in bytes. */
  readonly size: number;
}

/** A node of metadata is 16 KiB, and kept twice (mkfs.btrfs(8): nodesize, -m dup), in blocks. */
const NODE_BLOCKS = 8;

export class BtrfsFilesystem implements FileSystem {
  readonly type = 'btrfs';
  readonly dev: number;
  readonly root: NodeId;
  readonly readOnly = false;
  readonly steady = true;
  readonly #options: BtrfsOptions;
  readonly #space: PoolSpace;
  readonly #subvolumes = new Subvolumes();

  constructor(options: BtrfsOptions) {
    this.#options = options;
    this.#space = new PoolSpace(options.size, () => this.#count());
    const top = this.#tree();
    this.dev = top.dev;
    this.root = nodeOf(TOP, top.root);
    this.#add(TOP, top, TOP, top.root, undefined);
  }

  lookup(dir: NodeId, name: string): NodeId {
    const subvolume = this.#of(dir);
    const inode = subvolume.tree.lookup(inodeOf(dir), name);
    return inode === 0 ? 0 : this.#subvolumes.seen(subvolume, inode);
  }

  inode(node: NodeId): InodeAttributes {
    return this.#of(node).tree.inode(inodeOf(node));
  }

  stat(node: NodeId): Stat {
    return this.#of(node).tree.stat(inodeOf(node));
  }

  parent(dir: NodeId): NodeId {
    const { id, parent, place, tree } = this.#of(dir);
    if (id === TOP || inodeOf(dir) !== tree.root) return nodeOf(id, tree.parent(inodeOf(dir)));
    return nodeOf(parent, (this.#subvolumes.get(parent) as Subvolume).tree.parent(place));
  }

  path(dir: NodeId): string {
    const subvolume = this.#of(dir);
    const inner = subvolume.tree.path(inodeOf(dir));
    return `${this.#subvolumes.path(subvolume)}${inner === '/' ? '' : inner}` || '/';
  }

  readdir(dir: NodeId): Dirent[] {
    const { tree, below } = this.#of(dir);
    const entries = tree.readdir(inodeOf(dir));
    if (below.size === 0) return entries;
    return entries.map((entry) => (below.has(entry.ino) ? { ...entry, ino: FIRST_FREE } : entry));
  }

  create(dir: NodeId, name: string, made: NewInode): NodeId {
    const { id, tree } = this.#of(dir);
    return nodeOf(id, tree.create(inodeOf(dir), name, made));
  }

  createUnnamed(dir: NodeId, made: NewInode): NodeId {
    const { id, tree } = this.#of(dir);
    return nodeOf(id, tree.createUnnamed(inodeOf(dir), made));
  }

  link(node: NodeId, dir: NodeId, name: string): void {
    if (subvolumeOf(node) !== subvolumeOf(dir)) fail('EXDEV');
    this.#of(dir).tree.link(inodeOf(node), inodeOf(dir), name);
  }

  unlink(dir: NodeId, name: string): void {
    this.#of(dir).tree.unlink(inodeOf(dir), name);
  }

  /** An empty subvolume is deleted by it too. */
  rmdir(dir: NodeId, name: string): void {
    const subvolume = this.#of(dir);
    const node = this.lookup(dir, name);
    if (subvolumeOf(node) === subvolume.id) return subvolume.tree.rmdir(inodeOf(dir), name);
    if (this.readdir(node).length > 0) fail('ENOTEMPTY');
    this.deleteSubvolume(dir, name);
  }

  rename(fromDir: NodeId, fromName: string, toDir: NodeId, toName: string, flags: number): void {
    if (subvolumeOf(fromDir) !== subvolumeOf(toDir)) fail('EXDEV');
    const replaced = this.lookup(toDir, toName);
    if (replaced !== 0 && subvolumeOf(replaced) !== subvolumeOf(toDir)) fail('EBUSY');
    this.#of(fromDir).tree.rename(inodeOf(fromDir), fromName, inodeOf(toDir), toName, flags);
  }

  setattr(node: NodeId, change: AttributeChange): void {
    this.#of(node).tree.setattr(inodeOf(node), change);
  }

  readlink(node: NodeId): string {
    return this.#of(node).tree.readlink(inodeOf(node));
  }

  open(): void {}

  read(node: NodeId, position: number, length: number): Uint8Array {
    return this.#of(node).tree.read(inodeOf(node), position, length);
  }

  write(node: NodeId, position: number, bytes: Uint8Array): number {
    return this.#of(node).tree.write(inodeOf(node), position, bytes);
  }

  accessed(node: NodeId): void {
    this.#of(node).tree.accessed(inodeOf(node));
  }

  seek(node: NodeId, position: number, what: 'data' | 'hole'): number | undefined {
    return this.#of(node).tree.seek(inodeOf(node), position, what);
  }

  fallocate(node: NodeId, offset: number, length: number, how: 'allocate' | 'keep-size' | 'punch'): void {
    this.#of(node).tree.fallocate(inodeOf(node), offset, length, how);
  }

  copyRange(from: NodeId, to: NodeId): void {
    this.setContent(to, this.shareContent(from));
  }

  shareContent(node: NodeId): Content {
    return this.#of(node).tree.shareContent(inodeOf(node));
  }

  setContent(node: NodeId, content: Content): void {
    this.#of(node).tree.setContent(inodeOf(node), content);
  }

  fillLater(dir: NodeId, fill: Fill): void {
    this.#of(dir).tree.fillLater(inodeOf(dir), fill);
  }

  keep = (dir: NodeId, name: string): boolean => this.#of(dir).tree.keep(inodeOf(dir), name);

  getxattr(node: NodeId, name: string): Uint8Array | undefined {
    return this.#of(node).tree.getxattr(inodeOf(node), name);
  }

  setxattr(node: NodeId, name: string, value: Uint8Array): void {
    this.#of(node).tree.setxattr(inodeOf(node), name, value);
  }

  listxattr(node: NodeId): string[] {
    return this.#of(node).tree.listxattr(inodeOf(node));
  }

  removexattr(node: NodeId, name: string): boolean {
    return this.#of(node).tree.removexattr(inodeOf(node), name);
  }

  flags(node: NodeId): number {
    return this.#of(node).tree.flags(inodeOf(node));
  }

  setFlags(node: NodeId, flags: number): void {
    this.#of(node).tree.setFlags(inodeOf(node), flags);
  }

  /** There is no number of inodes that could be used up. */
  statfs(): StatFs {
    return { ...this.#space.statfs('btrfs', 0), files: 0, ffree: 0 };
  }

  hold(node: NodeId): void {
    this.#subvolumes.get(subvolumeOf(node))?.tree.hold(inodeOf(node));
  }

  release(node: NodeId): void {
    this.#subvolumes.get(subvolumeOf(node))?.tree.release(inodeOf(node));
  }

  /** What the mount table says of a mount whose root is this directory. */
  mountOptions(root: NodeId): string {
    const path = this.#subvolumes.path(this.#of(root)) || '/';
    return `space_cache=v2,subvolid=${subvolumeOf(root)},subvol=${path}`;
  }

  subvolumes(): readonly Subvolume[] {
    return this.#subvolumes.all();
  }

  pathOf(subvolume: Subvolume): string {
    return this.#subvolumes.path(subvolume);
  }

  get generation(): number {
    return this.#subvolumes.generation;
  }

  /** The subvolume whose root the directory is. */
  subvolumeAt(node: NodeId): Subvolume | undefined {
    const subvolume = this.#of(node);
    return inodeOf(node) === subvolume.tree.root ? subvolume : undefined;
  }

  /** Makes an empty subvolume. Precondition: the name is free. */
  createSubvolume(dir: NodeId, name: string): NodeId {
    return this.#addAt(dir, name, this.#tree(), undefined);
  }

  /** Makes a subvolume that begins as `source` is. Preconditions: `source` is a subvolume's root, the name is free. */
  snapshot(source: NodeId, dir: NodeId, name: string): NodeId {
    const { tree, uuid } = this.subvolumeAt(source) ?? fail('EINVAL');
    this.#options.trace.emit({
      kind: 'snapshot',
      type: 'btrfs',
      from: this.path(source),
      to: `${dir === this.root ? '' : this.path(dir)}/${name}`,
    });
    return this.#addAt(dir, name, this.#tree(tree), uuid);
  }

  /** ENOTEMPTY while another one stands in it, EINVAL for what is none. */
  deleteSubvolume(dir: NodeId, name: string): void {
    const node = this.lookup(dir, name);
    const subvolume = node === 0 ? fail('ENOENT') : this.subvolumeAt(node);
    if (subvolume === undefined || subvolume.id === TOP) return fail('EINVAL');
    if (subvolume.below.size > 0) fail('ENOTEMPTY');
    this.#subvolumes.delete(subvolume);
    this.#of(dir).tree.rmdir(inodeOf(dir), name);
  }

  /** Bytes of a subvolume's files: all, and those that no other one has. */
  usage(subvolume: Subvolume): { total: number; exclusive: number } {
    const others = new Census();
    for (const other of this.#subvolumes.all()) if (other !== subvolume) others.add(other.tree.table);
    return {
      total: new Census().add(subvolume.tree.table).blocks * BLOCK_SIZE,
      exclusive: others.add(subvolume.tree.table).blocks * BLOCK_SIZE,
    };
  }

  save(): SavedSubvolumes {
    return this.#subvolumes.save();
  }

  restore(saved: unknown): void {
    ways.changes++;
    this.#subvolumes.restore(saved as SavedSubvolumes);
  }

  changes(before: unknown, after: unknown): NodeId[] {
    const old = new Map((before as SavedSubvolumes).all.map(({ subvolume, tree }) => [subvolume.id, tree]));
    return (after as SavedSubvolumes).all.flatMap(({ subvolume: { id }, tree }) => {
      const known = old.get(id);
      if (known === undefined) return [nodeOf(id, FIRST_FREE)];
      return changedIds(known.inodes.table, tree.inodes.table).map((inode) => nodeOf(id, inode));
    });
  }

  #of(node: NodeId): Subvolume {
    return this.#subvolumes.of(node);
  }

  #tree(origin?: SharedTree): SharedTree {
    const { epoch, clock, nextDev, size, trace } = this.#options;
    const shared = origin === undefined ? { rootNumber: FIRST_FREE } : { origin };
    return new SharedTree({
      type: 'btrfs',
      dev: nextDev(),
      epoch,
      clock,
      size,
      space: this.#space,
      trace,
      unit: 1,
      ...shared,
    });
  }

  #addAt(dir: NodeId, name: string, tree: SharedTree, origin: string | undefined): NodeId {
    const id = this.#subvolumes.nextId();
    const place = this.create(dir, name, { mode: S_IFDIR | 0o755, uid: 0, gid: 0 });
    this.#add(id, tree, subvolumeOf(place), inodeOf(place), origin);
    return nodeOf(id, tree.root);
  }

  #add(id: number, tree: SharedTree, parent: number, place: NodeId, origin: string | undefined): void {
    const { clock, random } = this.#options;
    this.#subvolumes.add({
      id,
      parent,
      place,
      tree,
      created: clock.now(),
      generation: this.#subvolumes.generation,
      uuid: uuidOf(random.bytes(16)),
      origin,
      below: new Map(),
    });
  }

  #count(): number {
    const census = new Census();
    // Each subvolume has a root node of its own, above those that it shares.
    return this.#subvolumes
      .all()
      .map(({ tree }) => census.add(tree.table))
      .reduce((sum, { metadata, blocks }) => sum + (metadata + 1) * NODE_BLOCKS + blocks, 0);
  }
}

const uuidOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
