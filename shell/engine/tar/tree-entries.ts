// A directory as the entries of the tar that Docker makes of it: sorted, hard links as links, whiteouts as `.wh.` names.

import { type FileKind, major, minor } from '../../fs/mode.ts';
import { encodeName } from '../../fs/name.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import type { Stat } from '../../fs/stat.ts';
import type { Change } from '../contract.ts';
import type { ArchiveWriter } from './archive.ts';
import { type ArchiveSource, piecesOf } from './archive-source.ts';
import { type TarHeader, TYPE } from './header.ts';
import { type OwnerNames, ownerNames } from './owner-names.ts';

export const WHITEOUT_PREFIX = '.wh.';
export const OPAQUE_MARKER = '.wh..wh..opq';
export const OPAQUE_XATTR = 'trusted.overlay.opaque';
const CAPABILITY_XATTR = 'security.capability';
const CHUNK = 1 << 20;

/** An entry and its data, if it has any: a file on the disk that holds it, or a place in an archive. */
export interface TreeEntry {
  readonly header: TarHeader;
  readonly source?: string;
  readonly data?: ArchiveSource;
}

export interface TreeOptions {
  /** Whiteout devices and opaque marks become `.wh.` entries (default); false for `docker export` and `docker cp`. */
  whiteouts?: boolean;
}

/** Everything below the directory `root`, not `root` itself. */
export function* entriesBelow(
  process: Process,
  root: string,
  options: TreeOptions = {},
): Generator<TreeEntry> {
  yield* new Tree(process, options).below(root, '');
}

/** A file or a directory with everything below it, under another name: `docker cp CONTAINER:PATH -`. */
export function* entriesOf(process: Process, path: string, name: string): Generator<TreeEntry> {
  yield* new Tree(process, { whiteouts: false }).file(path, name);
}

/** The entries of a layer that makes these changes to the tree below; what is new lies in the whole tree `root`. */
export function* entriesOfChanges(
  process: Process,
  root: string,
  changes: readonly Change[],
): Generator<TreeEntry> {
  const tree = new Tree(process, { whiteouts: false });
  for (const { kind, path } of [...changes].sort((a, b) => compareNames(a.path, b.path))) {
    const name = path.slice(1);
    if (kind === 'deleted') yield { header: deletionHeader(process, name) };
    else yield* tree.entry(root + path, name);
  }
}

/** Puts an entry into an archive, its data a chunk at a time. */
export const archiveEntry = (
  process: Process,
  archive: ArchiveWriter,
  { header, source, data }: TreeEntry,
): void =>
  archive.add(
    header,
    source === undefined ? (data === undefined ? [] : piecesOf(data)) : chunks(process, source),
  );

class Tree {
  readonly #process: Process;
  readonly #whiteouts: boolean;
  readonly #names: OwnerNames;
  readonly #seen = new Map<string, string>();

  constructor(process: Process, options: TreeOptions) {
    this.#process = process;
    this.#whiteouts = options.whiteouts ?? true;
    this.#names = ownerNames(process);
  }

  *below(path: string, prefix: string): Generator<TreeEntry> {
    const names = this.#process.readdir(path).map((entry) => entry.name);
    const parent = path === '/' ? '' : path;
    for (const name of names.sort(compareNames)) yield* this.file(`${parent}/${name}`, `${prefix}${name}`);
  }

  *file(path: string, name: string): Generator<TreeEntry> {
    yield* this.entry(path, name);
    const stat = this.#process.lstat(path);
    if (stat.kind !== 'directory') return;
    yield* this.below(path, `${name}/`);
  }

  /** The entry alone, without what is below it; an opaque directory has two. */
  *entry(path: string, name: string): Generator<TreeEntry> {
    const stat = this.#process.lstat(path);
    if (stat.kind === 'socket') return;
    const header = this.#header(path, name, stat, stat.kind);
    if (this.#whiteouts && stat.kind === 'char' && stat.rdev === 0) {
      // The link name of a whiteout's other names stays in the header: Docker forgets to take it out.
      yield { header: { ...header, name: whiteoutName(name), type: TYPE.file, mode: 0o600 } };
      return;
    }
    yield header.size > 0 ? { header, source: path } : { header };
    if (this.#whiteouts && stat.kind === 'directory' && this.#isOpaque(path))
      yield { header: opaqueHeader(header) };
  }

  #header(path: string, name: string, stat: Stat, kind: Exclude<FileKind, 'socket'>): TarHeader {
    const first = kind !== 'directory' && stat.nlink > 1 ? this.#firstName(stat, name) : undefined;
    const device = kind === 'char' || kind === 'block';
    return {
      name: kind === 'directory' ? `${name}/` : name,
      type: first === undefined ? TYPE[kind] : TYPE.hardLink,
      mode: stat.mode,
      uid: stat.uid,
      gid: stat.gid,
      size: first === undefined && kind === 'file' ? stat.size : 0,
      mtime: seconds(stat.mtime),
      linkname: first ?? (kind === 'symlink' ? this.#process.readlink(path) : ''),
      uname: this.#names.users.get(stat.uid) ?? '',
      gname: this.#names.groups.get(stat.gid) ?? '',
      devmajor: device ? major(stat.rdev) : 0,
      devminor: device ? minor(stat.rdev) : 0,
      xattrs: kind === 'file' ? this.#capability(path) : undefined,
    };
  }

  /** The name under which a hard-linked file is in the archive already. */
  #firstName(stat: Stat, name: string): string | undefined {
    const key = `${stat.dev}:${stat.ino}`;
    const first = this.#seen.get(key);
    if (first === undefined) this.#seen.set(key, name);
    return first;
  }

  /** The only extended attribute that Docker carries in a layer. */
  #capability(path: string): ReadonlyMap<string, Uint8Array> | undefined {
    const value = this.#xattr(path, CAPABILITY_XATTR);
    return value === undefined ? undefined : new Map([[CAPABILITY_XATTR, value]]);
  }

  #isOpaque(path: string): boolean {
    const value = this.#xattr(path, OPAQUE_XATTR);
    return value?.length === 1 && value[0] === 0x79;
  }

  #xattr(path: string, name: string): Uint8Array | undefined {
    const names = this.#process.listxattr(path, { follow: false });
    return names.includes(name) ? this.#process.getxattr(path, name, { follow: false }) : undefined;
  }
}

/** A file's bytes, a chunk at a time. */
export function* chunks(process: Process, path: string): Generator<Uint8Array> {
  const fd = process.open(path, O.RDONLY);
  try {
    for (let at = 0; ; ) {
      const bytes = process.pread(fd, CHUNK, at);
      if (bytes.length === 0) return;
      yield bytes;
      at += bytes.length;
    }
  } finally {
    process.close(fd);
  }
}

/** Byte order, as Go sorts strings. */
export const compareNames = (a: string, b: string): number => {
  if (isAscii(a) && isAscii(b)) return a < b ? -1 : a > b ? 1 : 0;
  return Buffer.compare(encodeName(a), encodeName(b));
};

const isAscii = (name: string): boolean => /^[\x00-\x7f]*$/.test(name);

const whiteoutName = (name: string): string => {
  const cut = name.lastIndexOf('/') + 1;
  return `${name.slice(0, cut)}${WHITEOUT_PREFIX}${name.slice(cut)}`;
};

/** The mark of a deletion that no file stands for: mode 0, of this moment (Docker: archive.ExportChanges). */
const deletionHeader = (process: Process, name: string): TarHeader => ({
  name: whiteoutName(name),
  type: TYPE.file,
  mode: 0,
  uid: 0,
  gid: 0,
  size: 0,
  mtime: seconds(process.kernel.clock.now()),
  uname: '',
  gname: '',
});

/** The marker takes the directory's permissions and owner, and the time 0. */
const opaqueHeader = (directory: TarHeader): TarHeader => ({
  name: `${directory.name}${OPAQUE_MARKER}`,
  type: TYPE.file,
  mode: directory.mode & 0o777,
  uid: directory.uid,
  gid: directory.gid,
  size: 0,
  mtime: 0,
  uname: directory.uname,
  gname: directory.gname,
});

/** Whole seconds, rounded down before 1970 too. */
const seconds = (ns: bigint): number => Math.floor(Number(ns / 1000n) / 1e6);
