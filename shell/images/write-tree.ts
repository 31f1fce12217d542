// Writes a tree of the data files to a disk, through an interface as small as can be.

import { Content } from '../fs/content.ts';
import type { Fill } from '../fs/filesystem.ts';
import { elfImage } from '../fs/program.ts';
import type { FileSource, TreeDirectory, TreeNode } from './tree.ts';

export interface EntryAttributes {
  /** Permission bits, without the type. */
  mode: number;
  uid: number;
  gid: number;
  /** Nanoseconds since 1970. */
  mtime: bigint;
}

/**
 * Where a tree goes. `Dir` is whatever the writer knows a directory by: a node number, a path.
 * A directory comes before its entries, a file before its hard links; `finish` comes after a directory's last
 * entry, with the attributes again, because making entries changes the directory's time.
 */
export interface TreeWriter<Dir> {
  /** Makes the directory, or takes the one that is there, and sets its attributes. */
  directory(parent: Dir, name: string, attributes: EntryAttributes): Dir;
  file(parent: Dir, name: string, attributes: EntryAttributes, content: Content): void;
  symlink(parent: Dir, name: string, attributes: EntryAttributes, target: string): void;
  /** A further name for the file at `path`, absolute in this tree. */
  link(parent: Dir, name: string, path: string): void;
  device(
    parent: Dir,
    name: string,
    attributes: EntryAttributes,
    device: { kind: 'char' | 'block'; major: number; minor: number },
  ): void;
  finish?(directory: Dir, attributes: EntryAttributes): void;
  /** Has the directory's entries made when somebody looks into it. */
  later?(directory: Dir, fill: Fill): void;
  /** While a directory is filled of which `one` has made some entries: true when this one is there. */
  keep?(directory: Dir, name: string): boolean;
}

/**
 * Writes everything below `root` into the directory `into`, and gives that the root's attributes in the end.
 * Preconditions: hard links stay within their directory, for a writer may leave other directories for later.
 */
export const writeTree = <Dir>(root: TreeDirectory, into: Dir, writer: TreeWriter<Dir>): void =>
  new DirectoryWriter(root, into, '', writer).all(false);

/** Makes the entries of one directory, all or one. */
class DirectoryWriter<Dir> implements Fill {
  readonly #directory: TreeDirectory;
  readonly #into: Dir;
  readonly #path: string;
  readonly #writer: TreeWriter<Dir>;
  #hasLinks: boolean | undefined;

  constructor(directory: TreeDirectory, into: Dir, path: string, writer: TreeWriter<Dir>) {
    this.#directory = directory;
    this.#into = into;
    this.#path = path;
    this.#writer = writer;
  }

  all(some: boolean): void {
    const writer = this.#writer;
    // A link comes after the files: what it is a name of must be there.
    const links: [name: string, path: string][] = [];
    for (const [name, node] of this.#directory.entries) {
      if (some && writer.keep?.(this.#into, name)) continue;
      if (node.kind === 'link') links.push([name, node.path]);
      else this.#write(name, node);
    }
    for (const [name, target] of links) writer.link(this.#into, name, target);
    writer.finish?.(this.#into, attributesOf(this.#directory));
  }

  /** Not among hard links: a file must have all its names to say how many. */
  one(name: string): boolean {
    const { entries } = this.#directory;
    this.#hasLinks ??= [...entries.values()].some(({ kind }) => kind === 'link');
    if (this.#hasLinks) return false;
    const node = entries.get(name);
    if (node !== undefined) this.#write(name, node);
    return true;
  }

  #write(name: string, node: TreeNode): void {
    const into = this.#into;
    const writer = this.#writer;
    const attributes = attributesOf(node);
    const path = `${this.#path}/${name}`;
    if (node.kind === 'directory') this.#directoryIn(name, node, path);
    else if (node.kind === 'file') writer.file(into, name, attributes, contentOf(node.source, path));
    else if (node.kind === 'symlink') writer.symlink(into, name, attributes, node.target);
    else if (node.kind !== 'link') writer.device(into, name, attributes, node);
  }

  #directoryIn(name: string, node: TreeDirectory, path: string): void {
    const writer = this.#writer;
    const made = writer.directory(this.#into, name, attributesOf(node));
    const fill = new DirectoryWriter(node, made, path, writer);
    if (writer.later === undefined) fill.all(false);
    else writer.later(made, fill);
  }
}

const attributesOf = ({ mode, uid, gid, mtime }: TreeNode): EntryAttributes => {
  if (mtime !== lastTime.seconds) lastTime = { seconds: mtime, ns: BigInt(mtime) * 1_000_000_000n };
  return { mode, uid, gid, mtime: lastTime.ns };
};

/** Thousands of entries in a row have the same time. */
let lastTime = { seconds: 0, ns: 0n };

/** The content that a source stands for. The same source at the same path gives the same bytes, always. */
export const contentOf = (source: FileSource, path: string): Content => {
  if (source.kind === 'text') return Content.text(source.text);
  if (source.kind === 'program') return elfImage(source.program, source.size, seedOf(path));
  return Content.noise(source.size, seedOf(path), source.kind === 'library' ? () => LIBRARY_HEAD : undefined);
};

/** The first bytes of a 64-bit little-endian shared object (elf(5)): it is no program, so exec refuses it. */
const LIBRARY_HEAD = Uint8Array.of(
  0x7f,
  0x45,
  0x4c,
  0x46,
  2,
  1,
  1,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  3,
  0,
  62,
  0,
  1,
  0,
  0,
  0,
);

/** FNV-1a, 32 bits. */
const seedOf = (path: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < path.length; at++) hash = Math.imul(hash ^ path.charCodeAt(at), 0x01000193);
  return hash >>> 0;
};
