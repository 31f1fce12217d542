// tar -c: walks the operands and writes the archive.

import { encodeHeader, padding, type TarHeader, TYPE, type TypeFlag } from '../engine/tar/header.ts';
import { loading } from '../fs/loading.ts';
import { type FileKind, major, minor } from '../fs/mode.ts';
import { O } from '../fs/open-flags.ts';
import type { Stat } from '../fs/stat.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import { fnmatch } from './fnmatch.ts';
import { chunks } from './input.ts';
import { Output } from './output.ts';
import { isExcluded, type TarJob } from './tar-job.ts';
import { quoteName, TarLister } from './tar-list.ts';
import { joinBytes } from './text.ts';

const RECORD = 10_240;

const typeflags: Readonly<Record<Exclude<FileKind, 'socket'>, TypeFlag>> = {
  file: TYPE.file,
  directory: TYPE.directory,
  symlink: TYPE.symlink,
  char: TYPE.char,
  block: TYPE.block,
  fifo: TYPE.fifo,
};

export const createArchive = async (out: Output, job: TarJob): Promise<boolean> => {
  const { process } = out;
  let fd = 1;
  if (job.archive !== '-') {
    const opened = attempt(() => process.open(job.archive, O.WRONLY | O.CREAT | O.TRUNC, 0o666));
    if (opened.error !== undefined) {
      await out.complain(`${job.archive}: Cannot open`, opened.error);
      return false;
    }
    fd = opened.value;
  }
  const sink = new Sink(new Output(process, fd), job.gzip);
  const walk = new Walk(out, job, sink, process.fstat(fd));
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

/** Where the archive goes: straight to the descriptor, or collected for gzip. */
class Sink {
  readonly #out: Output;
  readonly #gzip: boolean;
  readonly #parts: Uint8Array[] = [];
  #size = 0;

  constructor(out: Output, gzip: boolean) {
    this.#out = out;
    this.#gzip = gzip;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#size += bytes.length;
    if (this.#gzip) this.#parts.push(bytes);
    else {
      this.#out.bytes(bytes);
      await this.#out.flush();
    }
  }

  /** Two blocks of zeros, and more up to a whole record. */
  async end(): Promise<void> {
    await this.write(new Uint8Array(1024));
    await this.write(new Uint8Array((RECORD - (this.#size % RECORD)) % RECORD));
    if (!this.#gzip) return;
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
  #told = false;

  constructor(out: Output, job: TarJob, sink: Sink, archive: Stat) {
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
    const header = await this.#header(path, stat, stat.kind);
    if (stat.kind === 'directory') return this.#directory(path, header);
    if (header.type === TYPE.file && header.size > 0) return this.#file(path, header);
    await this.#put(header);
  }

  async #directory(path: string, header: TarHeader): Promise<void> {
    const { value: entries, error } = attempt(() => this.#out.process.readdir(path));
    if (error !== undefined) return this.#out.complain(`${quoteName(path)}: Cannot open`, error);
    await this.#put(header);
    for (const { name } of entries) await this.add(path.endsWith('/') ? `${path}${name}` : `${path}/${name}`);
  }

  async #file(path: string, header: TarHeader): Promise<void> {
    const { process } = this.#out;
    const { value: fd, error } = attempt(() => process.open(path, O.RDONLY));
    if (error !== undefined) return this.#out.complain(`${quoteName(path)}: Cannot open`, error);
    await this.#put(header);
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

  async #put(header: TarHeader): Promise<void> {
    const { verbose, archive } = this.#job;
    if (verbose > 0) {
      const text = `${verbose > 1 ? this.#lister.line(header) : quoteName(header.name)}\n`;
      if (archive === '-') await this.#out.errorText(text);
      else this.#out.text(text);
    }
    await this.#sink.write(encodeHeader(header));
  }

  async #header(path: string, stat: Stat, kind: Exclude<FileKind, 'socket'>): Promise<TarHeader> {
    const { process } = this.#out;
    const plain = await this.#memberName(path);
    const name = kind === 'directory' && !plain.endsWith('/') ? `${plain}/` : plain;
    const inode = `${stat.dev}:${stat.ino}`;
    const first = kind !== 'directory' && stat.nlink > 1 ? this.#names.get(inode) : undefined;
    if (first === undefined) this.#names.set(inode, name);
    const device = kind === 'char' || kind === 'block';
    const xattrs = this.#xattrs(path);
    return {
      name,
      type: first === undefined ? typeflags[kind] : TYPE.hardLink,
      mode: stat.mode & 0o7777,
      uid: stat.uid,
      gid: stat.gid,
      size: first === undefined && kind === 'file' ? stat.size : 0,
      mtime: Number(stat.mtime / 1_000_000_000n),
      linkname: first ?? (kind === 'symlink' ? process.readlink(path) : ''),
      uname: this.#job.numeric ? '' : (this.#accounts.userOf(stat.uid)?.name ?? ''),
      gname: this.#job.numeric ? '' : (this.#accounts.groupOf(stat.gid)?.name ?? ''),
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
