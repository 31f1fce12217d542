// The branches of an aufs as the union reads them: a filesystem behind glasses, in which `.wh.` names are whiteout devices
// and opaque marks. What the union asks for is written as names again, so that one union serves both.

import type { Content } from '../../fs/content.ts';
import { fail } from '../../fs/errno.ts';
import {
  type AttributeChange,
  type FileSystem,
  type Fill,
  type InodeAttributes,
  type NewInode,
  RENAME,
} from '../../fs/filesystem.ts';
import { isCharDevice, isDirectory, S_IFCHR, S_IFREG } from '../../fs/mode.ts';
import { nameLength } from '../../fs/name.ts';
import type { Dirent, NodeId, Stat, StatFs } from '../../fs/stat.ts';
import { TRUSTED } from '../xattr.ts';
import { isReserved, LONGEST, OPAQUE_NAME, readNames, WHITEOUT_BASE, whiteoutName } from './branch-names.ts';

/** Added to the number of a `.wh.` file where it is seen as a whiteout. */
const WHITEOUT = 2 ** 52;
const OPAQUE = `${TRUSTED}opaque`;
const ORIGIN = `${TRUSTED}origin`;
const YES = Uint8Array.of(0x79);

const whiteoutInode: InodeAttributes = { mode: S_IFCHR, uid: 0, gid: 0, rdev: 0, nlink: 1 };

const isWhiteout = (node: NodeId): boolean => node >= WHITEOUT;
const real = (node: NodeId): NodeId => (node >= WHITEOUT ? node - WHITEOUT : node);

export class BranchFiles implements FileSystem {
  readonly type: string;
  readonly dev: number;
  readonly root: NodeId;
  readonly readOnly = false;
  readonly #files: FileSystem;
  /** The file that whiteouts and opaque marks are links of; without it, as where an image is unpacked, each is a file of its own. */
  readonly #base: NodeId | undefined;

  constructor(files: FileSystem, base?: NodeId) {
    this.type = files.type;
    this.dev = files.dev;
    this.root = files.root;
    this.#files = files;
    this.#base = base;
  }

  lookup(dir: NodeId, name: string): NodeId {
    if (isReserved(name))
      return name === WHITEOUT_BASE && this.#base !== undefined ? this.#base + WHITEOUT : 0;
    const file = this.#files.lookup(dir, name);
    if (file !== 0) return file;
    const whiteout = this.#files.lookup(dir, whiteoutName(name));
    return whiteout === 0 ? 0 : whiteout + WHITEOUT;
  }

  inode(node: NodeId): InodeAttributes {
    return isWhiteout(node) ? whiteoutInode : this.#files.inode(node);
  }

  stat(node: NodeId): Stat {
    const stat = this.#files.stat(real(node));
    return isWhiteout(node) ? { ...stat, mode: S_IFCHR, kind: 'char', rdev: 0, size: 0 } : stat;
  }

  parent(dir: NodeId): NodeId {
    return this.#files.parent(dir);
  }

  path(dir: NodeId): string {
    return this.#files.path(dir);
  }

  readdir(dir: NodeId): Dirent[] {
    const { files, whiteouts } = readNames(this.#files.readdir(dir));
    return [...files, ...whiteouts];
  }

  create(dir: NodeId, name: string, made: NewInode): NodeId {
    checkName(name);
    if (!isCharDevice(made.mode) || (made.rdev ?? 0) !== 0) return this.#files.create(dir, name, made);
    return this.#mark(dir, whiteoutName(name)) + WHITEOUT;
  }

  link(node: NodeId, dir: NodeId, name: string): void {
    checkName(name);
    this.#files.link(real(node), dir, isWhiteout(node) ? whiteoutName(name) : name);
  }

  unlink(dir: NodeId, name: string): void {
    this.#files.unlink(dir, this.#nameOf(dir, name));
  }

  /** Marks in the directory go with it. */
  rmdir(dir: NodeId, name: string): void {
    const node = this.#files.lookup(dir, name);
    const names = this.#files.readdir(node).map((entry) => entry.name);
    if (names.every(isReserved)) for (const mark of names) this.#files.unlink(node, mark);
    this.#files.rmdir(dir, name);
  }

  rename(fromDir: NodeId, fromName: string, toDir: NodeId, toName: string, flags: number): void {
    checkName(toName);
    const hidden = this.#files.lookup(toDir, whiteoutName(toName)) !== 0;
    const from = this.#nameOf(fromDir, fromName);
    const moves = flags & RENAME.EXCHANGE;
    if (from !== fromName) {
      const replaced = this.#files.lookup(toDir, toName) !== 0;
      this.#files.rename(fromDir, from, toDir, whiteoutName(toName), 0);
      if (replaced && moves) this.#files.rename(toDir, toName, fromDir, fromName, 0);
      else if (replaced) this.#files.unlink(toDir, toName);
      return;
    }
    this.#files.rename(fromDir, fromName, toDir, toName, hidden ? 0 : flags & ~RENAME.WHITEOUT);
    if (hidden && moves) this.#files.rename(toDir, whiteoutName(toName), fromDir, whiteoutName(fromName), 0);
    else if (hidden) this.#files.unlink(toDir, whiteoutName(toName));
    if (flags & RENAME.WHITEOUT) this.#mark(fromDir, whiteoutName(fromName));
  }

  setattr(node: NodeId, change: AttributeChange, cause: string): void {
    // All whiteouts of a branch may be one file.
    if (!isWhiteout(node)) this.#files.setattr(node, change, cause);
  }

  readlink(node: NodeId): string {
    return this.#files.readlink(node);
  }

  open(node: NodeId, flags: number): void {
    this.#files.open(real(node), flags);
  }

  read(node: NodeId, position: number, length: number): Uint8Array {
    return this.#files.read(node, position, length);
  }

  write(node: NodeId, position: number, bytes: Uint8Array): number {
    return this.#files.write(node, position, bytes);
  }

  accessed(node: NodeId): void {
    this.#files.accessed(real(node));
  }

  seek(node: NodeId, position: number, what: 'data' | 'hole'): number | undefined {
    return this.#files.seek(node, position, what);
  }

  fallocate(node: NodeId, offset: number, length: number, how: 'allocate' | 'keep-size' | 'punch'): void {
    this.#files.fallocate(node, offset, length, how);
  }

  copyRange(from: NodeId, to: NodeId): void {
    this.#files.copyRange(from, to);
  }

  shareContent(node: NodeId): Content {
    return (this.#files.shareContent ?? fail('EOPNOTSUPP')).call(this.#files, node);
  }

  setContent(node: NodeId, content: Content): void {
    (this.#files.setContent ?? fail('EOPNOTSUPP')).call(this.#files, node, content);
  }

  fillLater(dir: NodeId, fill: Fill): void {
    (this.#files.fillLater ?? fail('EOPNOTSUPP')).call(this.#files, dir, fill);
  }

  keep = (dir: NodeId, name: string): boolean => this.#files.keep?.(dir, name) ?? false;

  getxattr(node: NodeId, name: string): Uint8Array | undefined {
    if (!name.startsWith(TRUSTED)) return this.#files.getxattr(real(node), name);
    if (name === OPAQUE) return this.#isOpaque(node) ? YES : undefined;
    // A directory with whiteouts has been merged: the union has to look for them when it lists it.
    return name === ORIGIN && this.#holdsWhiteouts(node) ? new Uint8Array(0) : undefined;
  }

  /** The overlay's own marks have no place in a branch, but for the opaque one. */
  setxattr(node: NodeId, name: string, value: Uint8Array): void {
    if (name === OPAQUE) this.#mark(node, OPAQUE_NAME);
    else if (!name.startsWith(TRUSTED)) this.#files.setxattr(real(node), name, value);
  }

  listxattr(node: NodeId): string[] {
    const names = this.#files.listxattr(real(node));
    return this.#isOpaque(node) ? [...names, OPAQUE] : names;
  }

  removexattr(node: NodeId, name: string): boolean {
    if (name !== OPAQUE) return !name.startsWith(TRUSTED) && this.#files.removexattr(real(node), name);
    const opaque = this.#isOpaque(node);
    if (opaque) this.#files.unlink(node, OPAQUE_NAME);
    return opaque;
  }

  flags(node: NodeId): number {
    return this.#files.flags?.(real(node)) ?? 0;
  }

  statfs(): StatFs {
    return this.#files.statfs();
  }

  hold(node: NodeId): void {
    this.#files.hold(real(node));
  }

  release(node: NodeId): void {
    this.#files.release(real(node));
  }

  /** All that is to be saved lies in the filesystem behind. */
  save(): undefined {}

  restore(): void {}

  /** The name in the branch: that of the file, or of the whiteout where there is no file. */
  #nameOf(dir: NodeId, name: string): string {
    return this.#files.lookup(dir, name) === 0 ? whiteoutName(name) : name;
  }

  #mark(dir: NodeId, name: string): NodeId {
    const old = this.#files.lookup(dir, name);
    if (old !== 0) return old;
    if (this.#base === undefined)
      return this.#files.create(dir, name, { mode: S_IFREG | 0o444, uid: 0, gid: 0 });
    this.#files.link(this.#base, dir, name);
    return this.#base;
  }

  #isOpaque(node: NodeId): boolean {
    return this.#isDirectory(node) && this.#files.lookup(node, OPAQUE_NAME) !== 0;
  }

  #holdsWhiteouts(node: NodeId): boolean {
    return this.#isDirectory(node) && readNames(this.#files.readdir(node)).whiteouts.length > 0;
  }

  #isDirectory(node: NodeId): boolean {
    return isDirectory(this.inode(node).mode);
  }
}

const checkName = (name: string): void => {
  if (isReserved(name)) fail('EPERM');
  if (nameLength(name) > LONGEST) fail('ENAMETOOLONG');
};
