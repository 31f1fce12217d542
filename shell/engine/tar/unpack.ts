// Unpacks tar entries into a layer's directory as Docker does: `.wh.` names become whiteouts and opaque marks.

import { makedev, S_IFBLK, S_IFCHR, S_IFIFO } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import { removeTree } from '../files.ts';
import { fillFrom } from './fill-from.ts';
import { type TarHeader, TYPE, type TypeFlag } from './header.ts';
import { OPAQUE_MARKER, OPAQUE_XATTR, type TreeEntry, WHITEOUT_PREFIX } from './tree-entries.ts';

const YES = Uint8Array.of(0x79);

/** Takes entries one by one; `finish` sets the times of directories, which filling them has changed. */
export class Unpacker {
  readonly #process: Process;
  readonly #root: string;
  readonly #reader: Process;
  readonly #directories: { path: string; mtime: bigint }[] = [];

  /** `reader` opens the files that hold the entries' data; their paths may mean another root than the target's. */
  constructor(process: Process, root: string, reader: Process = process) {
    this.#process = process;
    this.#root = root;
    this.#reader = reader;
  }

  add(entry: TreeEntry): void {
    const { header } = entry;
    const name = header.name.replace(/\/+$/, '');
    const path = `${this.#root}/${name}`;
    const cut = path.lastIndexOf('/') + 1;
    const base = path.slice(cut);
    this.#makeParent(path);
    if (base === OPAQUE_MARKER) this.#process.setxattr(path.slice(0, cut - 1), OPAQUE_XATTR, YES);
    else if (base.startsWith(WHITEOUT_PREFIX))
      this.#whiteout(path.slice(0, cut) + base.slice(WHITEOUT_PREFIX.length), header);
    else this.#create(path, entry);
  }

  finish(): void {
    // Docker gives a directory no access time, and so it is 1970.
    for (const { path, mtime } of this.#directories) this.#process.utimens(path, { atime: 0n, mtime });
  }

  #whiteout(path: string, header: TarHeader): void {
    removeTree(this.#process, path);
    this.#process.mknod(path, S_IFCHR, makedev(0, 0));
    this.#process.lchown(path, header.uid, header.gid);
  }

  #create(path: string, entry: TreeEntry): void {
    const { header } = entry;
    this.#makeWay(path, header);
    this.#make(path, entry);
    if (header.type === TYPE.hardLink) return;
    this.#process.lchown(path, header.uid, header.gid);
    if (header.type !== TYPE.symlink) this.#process.chmod(path, header.mode & 0o7777);
    for (const [name, value] of header.xattrs ?? [])
      this.#process.setxattr(path, name, value, { follow: false });
    const mtime = BigInt(header.mtime) * 1_000_000_000n;
    this.#process.utimens(path, { atime: mtime, mtime }, { follow: false });
    if (header.type === TYPE.directory) this.#directories.push({ path, mtime });
  }

  #make(path: string, { header, source, data }: TreeEntry): void {
    if (header.type !== TYPE.file) return makers[header.type](this.#process, path, header, this.#root);
    const to = this.#process.open(path, O.WRONLY | O.CREAT | O.TRUNC, header.mode & 0o7777);
    if (source !== undefined) copyData(this.#reader, source, this.#process, to);
    else if (data !== undefined) fillFrom(this.#process, to, data);
    this.#process.close(to);
  }

  /** Missing parents are made. */
  #makeParent(path: string): void {
    const parent = path.slice(0, path.lastIndexOf('/'));
    if (parent === '' || this.#process.tryLstat(parent) !== undefined) return;
    this.#makeParent(parent);
    this.#process.mkdir(parent, 0o700);
  }

  /** What stands there goes, save a directory for a directory. */
  #makeWay(path: string, header: TarHeader): void {
    const old = this.#process.tryLstat(path);
    if (old !== undefined && !(old.kind === 'directory' && header.type === TYPE.directory))
      removeTree(this.#process, path);
  }
}

type Maker = (process: Process, path: string, header: TarHeader, root: string) => void;

const device =
  (type: number): Maker =>
  (process, path, header) =>
    process.mknod(path, type | (header.mode & 0o7777), makedev(header.devmajor ?? 0, header.devminor ?? 0));

const makers: Record<Exclude<TypeFlag, '0'>, Maker> = {
  [TYPE.hardLink]: (process, path, header, root) => process.link(`${root}/${header.linkname}`, path),
  [TYPE.symlink]: (process, path, header) => process.symlink(header.linkname ?? '', path),
  [TYPE.char]: device(S_IFCHR),
  [TYPE.block]: device(S_IFBLK),
  [TYPE.directory]: (process, path, header) => {
    if (process.tryLstat(path) === undefined) process.mkdir(path, header.mode & 0o7777);
  },
  [TYPE.fifo]: device(S_IFIFO),
};

/** Copies a whole file; for one and the same process the kernel shares its blocks. */
const copyData = (reader: Process, source: string, writer: Process, to: number): void => {
  const from = reader.open(source, O.RDONLY);
  const shared = reader === writer ? from : writer.install(reader.file(from));
  try {
    while (writer.copyFileRange(shared, to, Number.MAX_SAFE_INTEGER) > 0);
  } finally {
    if (shared !== from) writer.close(shared);
    reader.close(from);
  }
};
