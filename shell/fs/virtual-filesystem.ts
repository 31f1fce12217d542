// A filesystem whose files are computed when they are looked at: proc and sysfs.

import { fail } from './errno.ts';
import type { FileSystem, InodeAttributes } from './filesystem.ts';
import type { MagicLinks } from './magic-link.ts';
import { kindOf, S_IFDIR, S_IFLNK, S_IFMT, S_IFREG } from './mode.ts';
import type { Spot } from './mount.ts';
import type { OpenFile } from './open-file.ts';
import type { Dirent, NodeId, Stat, StatFs } from './stat.ts';

/** A file as it is at this moment. */
export type VirtualFile =
  | {
      readonly kind: 'directory';
      readonly names: () => readonly string[];
      readonly uid?: number;
      readonly gid?: number;
      readonly mode?: number;
    }
  | {
      readonly kind: 'file';
      readonly text: () => string;
      /** What stat(2) says, whatever the text is; 0 without it. */
      readonly size?: number;
      readonly mode?: number;
      readonly write?: (text: string) => void;
    }
  | {
      readonly kind: 'symlink';
      readonly target: () => string;
      /** Where it leads, whatever the target says. */
      readonly jump?: () => Spot | undefined;
      /** What it leads to that is in no filesystem. */
      readonly description?: () => OpenFile | undefined;
      readonly uid?: number;
      readonly gid?: number;
      readonly mode?: number;
    };

/** The file at an absolute path of the filesystem, or undefined. */
export type VirtualTree = (path: string) => VirtualFile | undefined;

const modes = { directory: S_IFDIR | 0o555, file: S_IFREG | 0o444, symlink: S_IFLNK | 0o777 } as const;

const encoder = new TextEncoder();

export class VirtualFilesystem implements FileSystem, MagicLinks {
  readonly type: string;
  readonly dev: number;
  readonly root: NodeId = 1;
  readonly readOnly = false;
  readonly #tree: VirtualTree;
  readonly #now: () => bigint;
  readonly #paths: string[] = ['', '/'];
  readonly #nodes = new Map<string, NodeId>([['/', 1]]);

  constructor(type: string, dev: number, now: () => bigint, tree: VirtualTree) {
    this.type = type;
    this.dev = dev;
    this.#now = now;
    this.#tree = tree;
  }

  lookup(dir: NodeId, name: string): NodeId {
    const above = this.path(dir);
    const path = above === '/' ? `/${name}` : `${above}/${name}`;
    if (this.#tree(path) === undefined) return 0;
    const known = this.#nodes.get(path);
    if (known !== undefined) return known;
    const node = this.#paths.push(path) - 1;
    this.#nodes.set(path, node);
    return node;
  }

  inode(node: NodeId): InodeAttributes {
    const file = this.#file(node);
    const mode = file.mode === undefined ? modes[file.kind] : (modes[file.kind] & S_IFMT) | file.mode;
    const nlink = file.kind === 'directory' ? 2 : 1;
    const { uid = 0, gid = 0 } = file.kind === 'file' ? {} : file;
    return { mode, uid, gid, rdev: 0, nlink };
  }

  stat(node: NodeId): Stat {
    const now = this.#now();
    const attributes = this.inode(node);
    const file = this.#file(node);
    return {
      ...attributes,
      dev: this.dev,
      ino: node,
      kind: kindOf(attributes.mode),
      size: file.kind === 'file' ? (file.size ?? 0) : 0,
      blksize: 1024,
      blocks: 0,
      atime: now,
      mtime: now,
      ctime: now,
    };
  }

  parent(dir: NodeId): NodeId {
    const path = this.path(dir);
    return this.#nodes.get(path.slice(0, path.lastIndexOf('/')) || '/') ?? this.root;
  }

  path(dir: NodeId): string {
    return this.#paths[dir] ?? fail('ESTALE');
  }

  readdir(dir: NodeId): Dirent[] {
    const file = this.#file(dir);
    if (file.kind !== 'directory') return fail('ENOTDIR');
    return file.names().flatMap((name) => {
      const ino = this.lookup(dir, name);
      return ino === 0 ? [] : [{ name, ino, type: kindOf(this.inode(ino).mode) }];
    });
  }

  readlink(node: NodeId): string {
    const file = this.#file(node);
    return file.kind === 'symlink' ? file.target() : fail('EINVAL');
  }

  jump(node: NodeId): Spot | undefined {
    const file = this.#file(node);
    return file.kind === 'symlink' ? file.jump?.() : undefined;
  }

  description(node: NodeId): OpenFile | undefined {
    const file = this.#file(node);
    return file.kind === 'symlink' ? file.description?.() : undefined;
  }

  read(node: NodeId, position: number, length: number): Uint8Array {
    const file = this.#file(node);
    if (file.kind !== 'file') return fail('EINVAL');
    return encoder.encode(file.text()).subarray(position, position + length);
  }

  write(node: NodeId, position: number, bytes: Uint8Array): number {
    const file = this.#file(node);
    if (file.kind !== 'file' || file.write === undefined)
      return fail(this.type === 'proc' ? 'EINVAL' : 'EIO');
    file.write(new TextDecoder().decode(bytes));
    return Math.max(position, 0) + bytes.length;
  }

  open(): void {}
  accessed(): void {}
  hold(): void {}
  release(): void {}
  setattr(_node: NodeId, change: { size?: number }): void {
    if (change.size === undefined) fail('EPERM');
  }
  /** A name that proc does not know cannot even be looked up (proc_lookup). */
  create = (): never => fail(this.type === 'proc' ? 'ENOENT' : 'EPERM');
  link = (): never => fail('EPERM');
  unlink = (): never => fail('EPERM');
  rmdir = (): never => fail('EPERM');
  rename = (): never => fail('EPERM');
  fallocate = (): never => fail('EOPNOTSUPP');
  copyRange = (): never => fail('EXDEV');
  setxattr = (): never => fail('EOPNOTSUPP');
  seek = (): undefined => undefined;
  getxattr = (): undefined => undefined;
  listxattr = (): string[] => [];
  removexattr = (): boolean => false;

  statfs(): StatFs {
    return { type: this.type, bsize: 4096, blocks: 0, bfree: 0, bavail: 0, files: 0, ffree: 0 };
  }

  /** Nothing of it is its own: it shows what the kernel is at any moment. */
  save(): undefined {
    return undefined;
  }
  restore(): void {}

  #file(node: NodeId): VirtualFile {
    return this.#tree(this.path(node)) ?? fail('ENOENT');
  }
}
