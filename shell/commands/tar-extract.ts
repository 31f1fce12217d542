// tar -x: makes the files of an archive below the current directory.

import { wholeOf } from '../engine/tar/archive-source.ts';
import { type TarHeader, TYPE, type TypeFlag } from '../engine/tar/header.ts';
import type { ArchiveEntry } from '../engine/tar/read-archive.ts';
import { isFsError, strerror } from '../fs/errno.ts';
import { makedev, S_IFBLK, S_IFCHR, S_IFIFO } from '../fs/mode.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import { flavorOf } from './flavor.ts';
import { fnmatch } from './fnmatch.ts';
import type { Output } from './output.ts';
import { dirname } from './path-name.ts';
import { eachEntry, type TarJob } from './tar-job.ts';
import { quoteName, shownName, TarLister } from './tar-list.ts';

export const extractFiles = async (out: Output, job: TarJob): Promise<boolean> => {
  const { process } = out;
  // The archive's own name means the directory before any -C.
  const extraction = new Extraction(out, job);
  const directories = job.operands.filter(({ kind }) => kind === 'directory');
  const start = process.getcwd();
  for (const { text } of directories) {
    const { error } = attempt(() => process.chdir(text));
    if (error === undefined) continue;
    await out.complain(`${text}: Cannot open`, error);
    return false;
  }
  const target = process.getcwd();
  process.chdir(start);
  let moved = false;
  const finished = await eachEntry(out, job, async (entry) => {
    if (!moved) process.chdir(target);
    moved = true;
    await extraction.take(entry);
  });
  await extraction.finish();
  process.chdir(start);
  return finished;
};

class Extraction {
  readonly #out: Output;
  readonly #job: TarJob;
  readonly #accounts: Accounts;
  readonly #lister: TarLister;
  readonly #later: { path: string; header: TarHeader }[] = [];
  /** Directories that an archive did not have to make. */
  readonly #there = new Set<string>();
  #told = false;

  constructor(out: Output, job: TarJob) {
    this.#out = out;
    this.#job = job;
    this.#accounts = new Accounts(out.process);
    this.#lister = new TarLister(out.process, job.numeric);
  }

  async take({ header, data }: ArchiveEntry): Promise<void> {
    const path = await this.#place(header.name);
    if (path === undefined) return;
    if (this.#job.verbose > 0) {
      const name = this.#job.showTransformed ? (shownName(this.#job, header.name) ?? '') : header.name;
      const text = `${this.#job.verbose > 1 ? this.#lister.line({ ...header, name }) : quoteName(name)}\n`;
      if (this.#job.toStdout) await this.#out.errorText(text);
      else this.#out.text(text);
    }
    if (this.#job.toStdout) {
      if (header.type === TYPE.file) this.#out.bytes(wholeOf(data));
      return;
    }
    if (await this.#keeps(path, header)) return;
    try {
      this.#make(path, header, wholeOf(data));
    } catch (error) {
      if (!isFsError(error)) throw error;
      const what = DEEDS[header.type];
      const target =
        header.type === TYPE.symlink || header.type === TYPE.hardLink ? ` to '${header.linkname}'` : '';
      await this.#out.warn(`${quoteName(path)}: Cannot ${what}${target}: ${strerror(error.code)}`);
    }
  }

  /** A file that is there and stays. */
  async #keeps(path: string, { type, mtime }: TarHeader): Promise<boolean> {
    const { old, verbose } = this.#job;
    const there = old === 'replace' || type === TYPE.directory ? undefined : this.#out.process.tryLstat(path);
    if (there === undefined) return false;
    if (old === 'newer' && there.mtime / 1_000_000_000n < BigInt(Math.floor(mtime))) return false;
    const why =
      old === 'skip'
        ? `${quoteName(path)}: skipping existing file`
        : `Current \u2018${path}\u2019 is newer or same age`;
    if (old === 'newer' || verbose > 0) await this.#out.errorText(`${this.#out.name}: ${why}\n`);
    return true;
  }

  /** Directories get their times and modes last: making files in them changes the one and needs the other. */
  async finish(): Promise<void> {
    for (const { path, header } of this.#later.reverse()) {
      const { error } = attempt(() => this.#restore(path, header));
      if (error !== undefined) await this.#out.complain(`${quoteName(path)}: Cannot utime`, error);
    }
  }

  /** Where a member goes; undefined when it goes nowhere. */
  async #place(name: string): Promise<string | undefined> {
    const parts = this.#job.rename(name).replace(/\/+$/, '').split('/');
    if (parts.includes('..') && !this.#job.absolute) {
      await this.#out.warn(`${quoteName(name)}: Member name contains '..'`);
      return undefined;
    }
    if (name.startsWith('/') && !this.#job.absolute) {
      if (!this.#told)
        await this.#out.errorText(`${this.#out.name}: Removing leading \`/' from member names\n`);
      this.#told = true;
      while (parts[0] === '') parts.shift();
    }
    const kept = parts.slice(this.#job.strip);
    return kept.length === 0 ? undefined : kept.join('/') || '.';
  }

  #make(path: string, header: TarHeader, data: Uint8Array): void {
    const { process } = this.#out;
    const make = (): void => makers[header.type](process, path, header, data);
    const applet = flavorOf(process) === 'busybox';
    // An applet removes what may be there before it makes anything.
    if (applet) makeEachParent(process, dirname(path));
    if (applet && header.type !== TYPE.directory && !this.#job.keepOld) attempt(() => process.unlink(path));
    const first = attempt(make);
    if (first.error?.code === 'ENOENT' && header.type !== TYPE.hardLink) {
      makeParents(process, dirname(path));
      make();
    } else if (first.error?.code === 'ENOENT' && process.tryLstat(dirname(path)) === undefined) {
      makeParents(process, dirname(path));
      make();
    } else if (first.error?.code === 'EEXIST') {
      const known = process.tryStat(path);
      if (header.type === TYPE.directory && known?.kind === 'directory') {
        this.#there.add(path);
        this.#finishDirectory(path, header);
        return;
      }
      if (this.#job.keepOld) throw first.error;
      if (process.lstat(path).kind === 'directory') process.rmdir(path);
      else process.unlink(path);
      make();
    } else if (first.error !== undefined) throw first.error;
    if (header.type === TYPE.directory) this.#finishDirectory(path, header);
    else if (header.type !== TYPE.hardLink && !(applet && header.type === TYPE.symlink))
      this.#restore(path, header);
  }

  /** An applet does not wait for what comes into the directory. */
  #finishDirectory(path: string, header: TarHeader): void {
    if (flavorOf(this.#out.process) === 'busybox') this.#restore(path, header);
    else this.#later.push({ path, header });
  }

  #restore(path: string, header: TarHeader): void {
    const { process } = this.#out;
    const link = header.type === TYPE.symlink;
    for (const [name, value] of header.xattrs ?? []) {
      if (this.#job.xattrs.some((pattern) => fnmatch(pattern, name)))
        process.setxattr(path, name, value, { follow: false });
    }
    const mtime = BigInt(Math.floor(header.mtime)) * 1_000_000_000n;
    const applet = flavorOf(process) === 'busybox';
    const setTime = (): void => {
      if (!this.#job.touch) process.utimens(path, { mtime }, { follow: false });
    };
    if (!applet) setTime();
    if (this.#job.owner) {
      const uid = this.#job.numeric ? header.uid : (this.#accounts.user(header.uname)?.uid ?? header.uid);
      const gid = this.#job.numeric ? header.gid : (this.#accounts.group(header.gname)?.gid ?? header.gid);
      process.lchown(path, uid, gid);
    }
    const mode = this.#job.permissions ? header.mode & 0o7777 : header.mode & 0o777 & ~process.umask();
    // A directory that was there and has the mode already is left as it is.
    const kept = !applet && this.#there.has(path) && (process.lstat(path).mode & 0o7777) === mode;
    if (!link && !kept) process.chmod(path, mode);
    if (applet) setTime();
  }
}

const DEEDS: Readonly<Record<TypeFlag, string>> = {
  [TYPE.file]: 'open',
  [TYPE.hardLink]: 'hard link',
  [TYPE.symlink]: 'create symlink',
  [TYPE.directory]: 'mkdir',
  [TYPE.char]: 'mknod',
  [TYPE.block]: 'mknod',
  [TYPE.fifo]: 'mkfifo',
};

const makeParents = (process: Process, directory: string): void => {
  if (directory === '.' || directory === '/' || process.tryLstat(directory) !== undefined) return;
  makeParents(process, dirname(directory));
  process.mkdir(directory, 0o777);
};

/** An applet asks for each directory, there or not. */
const makeEachParent = (process: Process, directory: string): void => {
  if (directory === '.' || directory === '/') return;
  makeEachParent(process, dirname(directory));
  attempt(() => process.mkdir(directory, 0o777));
};

type Maker = (process: Process, path: string, header: TarHeader, data: Uint8Array) => void;

const special =
  (type: number): Maker =>
  (process, path, { mode, devmajor = 0, devminor = 0 }) =>
    process.mknod(path, type | (mode & 0o777), makedev(devmajor, devminor));

const makers: Readonly<Record<TypeFlag, Maker>> = {
  [TYPE.file]: (process, path, { mode }, data) => {
    const fd = process.open(path, O.WRONLY | O.CREAT | O.EXCL | O.NOFOLLOW, mode & 0o700);
    if (data.length > 0) process.pwrite(fd, data, 0);
    process.close(fd);
  },
  [TYPE.hardLink]: (process, path, { linkname = '' }) => process.link(linkname.replace(/^\/+/, ''), path),
  [TYPE.symlink]: (process, path, { linkname = '' }) => process.symlink(linkname, path),
  [TYPE.directory]: (process, path, { mode }) => process.mkdir(path, (mode & 0o777) | 0o700),
  [TYPE.char]: special(S_IFCHR),
  [TYPE.block]: special(S_IFBLK),
  [TYPE.fifo]: special(S_IFIFO),
};
