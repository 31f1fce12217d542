// The filesystem type `overlay`: the kernel's contract, each part of it answered by its own room.

import type { Content } from '../fs/content.ts';
import {
  type AttributeChange,
  type FileSystem,
  type InodeAttributes,
  isReadOnlyFilesystem,
  type NewInode,
} from '../fs/filesystem.ts';
import type { Dirent, NodeId, Stat, StatFs } from '../fs/stat.ts';
import * as attributes from './attributes.ts';
import { create, createUnnamed } from './create.ts';
import * as data from './data.ts';
import { shownLinks } from './index-links.ts';
import { statNode } from './inode-number.ts';
import { link } from './link.ts';
import type { SavedLinkCounts } from './link-counts.ts';
import { lookup } from './lookup.ts';
import { readdir } from './merge.ts';
import type { NamedDirectory } from './named-directory.ts';
import { NODE } from './node.ts';
import type { SavedNodes } from './node-table.ts';
import { remove } from './remove.ts';
import { rename } from './rename.ts';
import { isDirectoryNode, pathOf, realFiles, realNode, type Union, upperFiles } from './union.ts';

interface SavedOverlay {
  readonly nodes: SavedNodes;
  readonly links: SavedLinkCounts;
  readonly temporary: number;
  readonly whiteout: string;
  readonly shares: boolean;
  readonly xwhiteouts: readonly number[];
}

export class OverlayFilesystem implements FileSystem {
  readonly type: string = 'overlay';
  readonly dev: number;
  readonly root: NodeId;
  readonly readOnly: boolean;
  sealed = false;
  readonly #union: Union;
  readonly #claimed: readonly NamedDirectory[];
  readonly #fsid: bigint | undefined;

  /** `claimed` are its upper and its work directory, unless another mount had them before; `fsid` one that is its own. */
  constructor(union: Union, claimed: readonly NamedDirectory[] = [], fsid?: bigint) {
    this.#union = union;
    this.#claimed = claimed;
    this.#fsid = fsid;
    this.dev = union.dev;
    this.root = union.root;
    this.readOnly = union.work === undefined;
  }

  get keepsHandles(): boolean {
    return this.#union.options.nfsExport;
  }

  get steady(): boolean {
    return !this.#union.trace.on;
  }

  /** How many overlays are stacked, this one counted. */
  get depth(): number {
    const below = this.#union.lowers.map(({ files }) =>
      files instanceof OverlayFilesystem ? files.depth : 0,
    );
    return 1 + Math.max(...below);
  }

  /** Whether a directory of `files` is one that no other mount should write to. */
  claims(files: FileSystem, node: NodeId): boolean {
    return this.#claimed.some(({ spot }) => spot.node === node && spot.mount.fs === files);
  }

  lookup(dir: NodeId, name: string): NodeId {
    return lookup(this.#union, dir, name);
  }

  inode(id: NodeId): InodeAttributes {
    const node = this.#union.nodes.get(id);
    const real = realFiles(this.#union, node).inode(realNode(node));
    if ((node.flags & NODE.INDEXED) === 0) return real;
    const { mode, uid, gid, rdev } = real;
    return { mode, uid, gid, rdev, nlink: shownLinks(this.#union, node) };
  }

  stat(id: NodeId): Stat {
    return statNode(this.#union, id);
  }

  parent(dir: NodeId): NodeId {
    return this.#union.nodes.get(dir).parent;
  }

  path(dir: NodeId): string {
    return pathOf(this.#union, dir);
  }

  readdir(dir: NodeId): Dirent[] {
    return readdir(this.#union, dir);
  }

  create(dir: NodeId, name: string, made: NewInode): NodeId {
    return create(this.#union, dir, name, made);
  }

  createUnnamed(dir: NodeId, made: NewInode): NodeId {
    return createUnnamed(this.#union, dir, made);
  }

  link(id: NodeId, dir: NodeId, name: string): void {
    link(this.#union, id, dir, name);
  }

  unlink(dir: NodeId, name: string): void {
    remove(this.#union, dir, name, 'unlink');
  }

  rmdir(dir: NodeId, name: string): void {
    remove(this.#union, dir, name, 'rmdir');
  }

  /**
   * What was removed in a lower layer is there as before; its inode in memory has no link any more. That of a hard link
   * which copy-up would break had but one (ovl_get_inode).
   */
  isNameless(id: NodeId): boolean {
    const { upper, aliases, flags } = this.#union.nodes.get(id);
    if (upper !== 0 || aliases !== 0) return false;
    return (flags & NODE.CONSTANT_INO) === 0 || this.inode(id).nlink === 1;
  }

  isSealed(id: NodeId): boolean {
    const { upper } = this.#union;
    const isSealed = upper !== undefined && isReadOnlyFilesystem(upper.files);
    return isSealed && this.#union.nodes.get(id).upper !== 0;
  }

  fileOf(id: NodeId): NodeId {
    return this.#union.nodes.fileOf(id);
  }

  rename(fromDir: NodeId, fromName: string, toDir: NodeId, toName: string, flags: number): void {
    rename(this.#union, fromDir, fromName, toDir, toName, flags);
  }

  setattr(id: NodeId, change: AttributeChange, cause: string): void {
    attributes.setattr(this.#union, id, change, cause);
  }

  readlink(id: NodeId): string {
    const node = this.#union.nodes.get(id);
    return realFiles(this.#union, node).readlink(realNode(node));
  }

  open(id: NodeId, flags: number): void {
    data.open(this.#union, id, flags);
  }

  read(id: NodeId, position: number, length: number): Uint8Array {
    return data.read(this.#union, id, position, length);
  }

  write(id: NodeId, position: number, bytes: Uint8Array): number {
    return upperFiles(this.#union).write(data.writableNode(this.#union, id), position, bytes);
  }

  /** The access time of a lower file is left alone. */
  accessed(id: NodeId): void {
    const { upper } = this.#union.nodes.get(id);
    if (upper !== 0) upperFiles(this.#union).accessed(upper);
  }

  seek(id: NodeId, position: number, what: 'data' | 'hole'): number | undefined {
    const { files, node } = data.dataSource(this.#union, id);
    return files.seek(node, position, what);
  }

  fallocate(id: NodeId, offset: number, length: number, how: 'allocate' | 'keep-size' | 'punch'): void {
    upperFiles(this.#union).fallocate(data.writableNode(this.#union, id), offset, length, how);
  }

  copyRange(from: NodeId, to: NodeId): void {
    data.copyRange(this.#union, from, to);
  }

  shareContent(id: NodeId): Content {
    return data.shareContent(this.#union, id);
  }

  getxattr(id: NodeId, name: string): Uint8Array | undefined {
    return attributes.getxattr(this.#union, id, name);
  }

  setxattr(id: NodeId, name: string, value: Uint8Array): void {
    attributes.setxattr(this.#union, id, name, value);
  }

  listxattr(id: NodeId): string[] {
    return attributes.listxattr(this.#union, id);
  }

  removexattr(id: NodeId, name: string): boolean {
    return attributes.removexattr(this.#union, id, name);
  }

  flags(id: NodeId): number {
    return attributes.getFlags(this.#union, id);
  }

  setFlags(id: NodeId, flags: number): void {
    attributes.setFlags(this.#union, id, flags);
  }

  statfs(): StatFs {
    const files = realFiles(this.#union, this.#union.nodes.get(this.root));
    const found = files.statfs();
    return { ...found, type: 'overlayfs', fsid: this.#fsid ?? found.fsid ?? BigInt(files.dev) };
  }

  hold(id: NodeId): void {
    if (!this.#union.nodes.hold(id)) return;
    const node = this.#union.nodes.get(id);
    if (node.upper !== 0) upperFiles(this.#union).hold(node.upper);
    if (!isDirectoryNode(node)) for (const { layer, node: lower } of node.lowers) layer.files.hold(lower);
  }

  release(id: NodeId): void {
    if (!this.#union.nodes.release(id)) return;
    const node = this.#union.nodes.get(id);
    if (node.upper !== 0) upperFiles(this.#union).release(node.upper);
    if (!isDirectoryNode(node)) for (const { layer, node: lower } of node.lowers) layer.files.release(lower);
    this.#union.nodes.collect(id);
  }

  save(): SavedOverlay {
    const { nodes, links, work } = this.#union;
    return {
      nodes: nodes.save(),
      links: links.save(),
      temporary: work?.temporary ?? 0,
      whiteout: work?.whiteout ?? '',
      shares: work?.shares ?? true,
      xwhiteouts: [...this.#union.xwhiteouts],
    };
  }

  restore(saved: unknown): void {
    const { nodes, links, temporary, whiteout, shares, xwhiteouts } = saved as SavedOverlay;
    this.#union.nodes.restore(nodes);
    this.#union.links.restore(links);
    const { work, xwhiteouts: seen } = this.#union;
    seen.clear();
    for (const index of xwhiteouts) seen.add(index);
    if (work === undefined) return;
    work.temporary = temporary;
    work.whiteout = whiteout;
    work.shares = shares;
  }
}
