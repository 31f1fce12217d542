// tar -c: walks the operands and writes the archive.

import { zstdCompressSync } from 'node:zlib';
import { inMemory } from '../engine/tar/archive-source.ts';
import { encodeHeader, padding, type TarHeader, TYPE } from '../engine/tar/header.ts';
import { readArchive } from '../engine/tar/read-archive.ts';
import { FsError } from '../fs/errno.ts';
import { loading } from '../fs/loading.ts';
import { type FileKind, major, minor } from '../fs/mode.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import { fnmatch } from './fnmatch.ts';
import { chunks } from './input.ts';
import { Output } from './output.ts';
import { applyMode } from './symbolic-mode.ts';
import { isExcluded, type TarJob } from './tar-job.ts';
import { quoteName, TarLister } from './tar-list.ts';
import { joinBytes } from './text.ts';

const RECORD = 10_240;

export const createArchive = async (out: Output, job: TarJob): Promise<boolean> => {
  const { process } = out;
  let fd = 1;
  if (job.archive !== '-') {
    const flags = job.action === 'create' ? O.WRONLY | O.CREAT | O.TRUNC : O.RDWR | O.CREAT;
    const opened = attempt(() => process.open(job.archive, flags, 0o666));
    if (opened.error !== undefined) {
      await out.complain(`${job.archive}: Cannot open`, opened.error);
      return false;
    }
    fd = opened.value;
  }
  const before = job.action === 'create' || fd === 1 ? EMPTY : attempt(() => archiveEnd(process, fd)).value;
  if (before === undefined || (job.action !== 'create' && (job.gzip || job.zstd))) {
    await out.warn('Cannot update compressed archives');
    return false;
  }
  if (before.end > 0) process.lseek(fd, before.end, 'set');
  const sink = new Sink(new Output(process, fd), job, before.end);
  const walk = new Walk(out, job, sink, process.fstat(fd), before.times);
  const start = process.getcwd();
  for (const { kind, text } of job.operands) {
    if (kind === 'name') {
      await walk.add(text.replace(/(?<=.)\/+$/, ''));
      continue;
    }
    const { error } = attempt(() => process.chdir(text));
    if (error === undefined) continue;
    await out.complain(`${text}: Cannot open`, error);
    return false;
  }
  process.chdir(start);
  await sink.end();
  if (fd !== 1) process.close(fd);
  return true;
};

const EMPTY = { end: 0, times: new Map<string, number>() } as const;

/** Where the next member goes, and the times of those that are there. Throws for anything but a plain archive. */
const archiveEnd = (process: Process, fd: number): { end: number; times: ReadonlyMap<string, number> } => {
  const bytes = process.pread(fd, process.fstat(fd).size, 0);
  if (bytes[0] === 0x1f || bytes[0] === 0x28) throw new FsError('EINVAL');
  const times = new Map<string, number>();
  let end = 0;
  for (const { header, data, dataStart } of readArchive(inMemory(bytes))) {
    times.set(header.name.replace(/\/+$/, ''), header.mtime);
    end = dataStart + data.size + padding(data.size);
  }
  return { end, times };
};

/** Where the archive goes: straight to the descriptor, or collected for gzip. */
class Sink {
  readonly #out: Output;
  readonly #job: TarJob;
  readonly #parts: Uint8Array[] = [];
  #size: number;

  constructor(out: Output, job: TarJob, size: number) {
    this.#out = out;
    this.#job = job;
    this.#size = size;
  }

  get #packs(): boolean {
    return this.#job.gzip || this.#job.zstd;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#size += bytes.length;
    if (this.#packs) this.#parts.push(bytes);
    else {
      this.#out.bytes(bytes);
      await this.#out.flush();
    }
  }

  /** Two blocks of zeros, and more up to a whole record. */
  async end(): Promise<void> {
    await this.write(new Uint8Array(1024));
    await this.write(new Uint8Array((RECORD - (this.#size % RECORD)) % RECORD));
    if (!this.#packs) return;
    if (this.#job.zstd) {
      this.#out.bytes(zstdCompressSync(joinBytes(this.#parts)));
      return this.#out.flush();
    }
    const { gzipBytes } = await loading(import('./gzip-format.ts'));
    this.#out.bytes(gzipBytes(joinBytes(this.#parts), { level: 6 }));
    await this.#out.flush();
  }
}

class Walk {
  readonly #out: Output;
  readonly #job: TarJob;
  readonly #sink: Sink;
  readonly #archive: Stat;
  readonly #accounts: Accounts;
  readonly #lister: TarLister;
  readonly #names = new Map<string, string>();
  /** The members of an archive that is updated. */
  readonly #times: ReadonlyMap<string, number>;
  #told = false;

  constructor(out: Output, job: TarJob, sink: Sink, archive: Stat, times: ReadonlyMap<string, number>) {
    this.#times = times;
    this.#out = out;
    this.#job = job;
    this.#sink = sink;
    this.#archive = archive;
    this.#accounts = new Accounts(out.process);
    this.#lister = new TarLister(out.process, job.numeric);
  }

  async add(path: string): Promise<void> {
    const { process } = this.#out;
    if (isExcluded(this.#job, path)) return;
    const { value: stat, error } = attempt(() =>
      this.#job.follow ? process.stat(path) : process.lstat(path),
    );
    if (error !== undefined) return this.#out.complain(`${quoteName(path)}: Cannot stat`, error);
    if (stat.dev === this.#archive.dev && stat.ino === this.#archive.ino && stat.kind === 'file')
      return this.#out.errorText(`${this.#out.name}: ${path}: file is the archive; not dumped\n`);
    if (stat.kind === 'socket') return this.#out.errorText(`${this.#out.name}: ${path}: socket ignored\n`);
    if (this.#isUpToDate(path, stat)) {
      if (stat.kind === 'directory') await this.#entries(path);
      return;
    }
    const header = await this.#header(path, stat, stat.kind);
    if (stat.kind === 'directory') await this.#directory(path, header);
    else if (header.type === TYPE.file && header.size > 0) await this.#file(path, header);
    else await this.#put(path, header);
    if (this.#job.removeFiles) await this.#remove(path, stat);
  }

  /** -u: the archive has it, and it has not changed since. */
  #isUpToDate(path: string, stat: Stat): boolean {
    const known = this.#times.get(path.replace(/^\/+/, ''));
    return (
      this.#job.action === 'update' && known !== undefined && stat.mtime / 1_000_000_000n <= BigInt(known)
    );
  }

  async #remove(path: string, stat: Stat): Promise<void> {
    const { process } = this.#out;
    const { error } = attempt(() => (stat.kind === 'directory' ? process.rmdir(path) : process.unlink(path)));
    if (error !== undefined)
      await this.#out.complain(
        `${quoteName(path)}: Cannot ${stat.kind === 'directory' ? 'rmdir' : 'unlink'}`,
        error,
      );
  }

  async #directory(path: string, header: TarHeader): Promise<void> {
    const { error } = attempt(() => this.#out.process.readdir(path));
    if (error !== undefined) return this.#out.complain(`${quoteName(path)}: Cannot open`, error);
    await this.#put(path, header);
    if (this.#job.recursion) await this.#entries(path);
  }

  async #entries(path: string): Promise<void> {
    const names = (attempt(() => this.#out.process.readdir(path)).value ?? []).map(({ name }) => name);
    for (const name of this.#job.sorted ? names.sort() : names)
      await this.add(path.endsWith('/') ? `${path}${name}` : `${path}/${name}`);
  }

  async #file(path: string, header: TarHeader): Promise<void> {
    const { process } = this.#out;
    const { value: fd, error } = attempt(() => process.open(path, O.RDONLY));
    if (error !== undefined) return this.#out.complain(`${quoteName(path)}: Cannot open`, error);
    await this.#put(path, header);
    let left = header.size;
    for await (const chunk of chunks(process, fd)) {
      const piece = chunk.subarray(0, left);
      left -= piece.length;
      await this.#sink.write(piece);
      if (left === 0) break;
    }
    await this.#sink.write(new Uint8Array(left + padding(header.size)));
    process.close(fd);
  }

  async #put(path: string, header: TarHeader): Promise<void> {
    const { verbose, archive, showTransformed } = this.#job;
    const name = showTransformed
      ? header.name
      : header.name.endsWith('/')
        ? `${path.replace(/\/*$/, '')}/`
        : path;
    const told = this.#job.absolute ? name : name.replace(/^\/+/, '');
    if (verbose > 0) {
      const text = `${verbose > 1 ? this.#lister.line({ ...header, name: told }) : quoteName(told)}\n`;
      if (archive === '-') await this.#out.errorText(text);
      else this.#out.text(text);
    }
    await this.#sink.write(encodeHeader(header));
  }

  async #header(path: string, stat: Stat, kind: Exclude<FileKind, 'socket'>): Promise<TarHeader> {
    const { process } = this.#out;
    const plain = this.#job.rename(await this.#memberName(path));
    const name = kind === 'directory' && !plain.endsWith('/') ? `${plain}/` : plain;
    const inode = `${stat.dev}:${stat.ino}`;
    const first = kind !== 'directory' && stat.nlink > 1 ? this.#names.get(inode) : undefined;
    if (first === undefined) this.#names.set(inode, name);
    const device = kind === 'char' || kind === 'block';
    const xattrs = this.#xattrs(path);
    const { owner, group, mode, mtime } = this.#job.added;
    return {
      name,
      type: first === undefined ? TYPE[kind] : TYPE.hardLink,
      mode:
        mode === undefined
          ? stat.mode & 0o7777
          : applyMode(stat.mode & 0o7777, mode, process.umask(), kind === 'directory'),
      uid: owner?.id ?? stat.uid,
      gid: group?.id ?? stat.gid,
      size: first === undefined && kind === 'file' ? stat.size : 0,
      mtime: mtime ?? Number(stat.mtime / 1_000_000_000n),
      linkname: first ?? (kind === 'symlink' ? process.readlink(path) : ''),
      uname: this.#job.numeric ? '' : (owner?.name ?? this.#accounts.userOf(stat.uid)?.name ?? ''),
      gname: this.#job.numeric ? '' : (group?.name ?? this.#accounts.groupOf(stat.gid)?.name ?? ''),
      devmajor: device ? major(stat.rdev) : 0,
      devminor: device ? minor(stat.rdev) : 0,
      ...(xattrs.size > 0 ? { xattrs } : {}),
    };
  }

  async #memberName(path: string): Promise<string> {
    const lead = this.#job.absolute ? '' : (/^(?:\/|(?:.*\/)?\.\.(?:\/|$))+/.exec(path)?.[0] ?? '');
    if (lead === '') return path;
    if (!this.#told)
      await this.#out.errorText(`${this.#out.name}: Removing leading \`${lead}' from member names\n`);
    this.#told = true;
    return path.slice(lead.length) || './';
  }

  #xattrs(path: string): Map<string, Uint8Array> {
    const { process } = this.#out;
    const patterns = this.#job.xattrs;
    if (patterns.length === 0) return new Map();
    const names = attempt(() => process.listxattr(path, { follow: false })).value ?? [];
    return new Map(
      names
        .filter((name) => patterns.some((pattern) => fnmatch(pattern, name)))
        .map((name) => [name, process.getxattr(path, name, { follow: false })]),
    );
  }
}
