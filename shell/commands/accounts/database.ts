// /etc/passwd and its kin as shadow-utils change them: locked by a link, backed up, written beside and renamed over.

import type { FsError } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import { readText } from '../accounts.ts';
import { attempt } from '../attempt.ts';
import { toBytes } from '../text.ts';

export type FileName = 'passwd' | 'shadow' | 'group' | 'gshadow' | 'subuid' | 'subgid';

/** A file of colon-separated rows whose first field is the name. */
export class AccountFile {
  readonly path: string;
  rows: string[][];
  changed = false;

  constructor(path: string, text: string) {
    this.path = path;
    this.rows = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(':'));
  }

  row(name: string): string[] | undefined {
    return this.rows.find(([first]) => first === name);
  }

  add(...fields: (string | number)[]): void {
    this.rows.push(fields.map(String));
    this.changed = true;
  }

  /** Sets one field of the row of that name. */
  set(name: string, field: number, value: string): void {
    const row = this.row(name);
    if (row === undefined || row[field] === value) return;
    row[field] = value;
    this.changed = true;
  }

  remove(name: string): void {
    const kept = this.rows.filter(([first]) => first !== name);
    if (kept.length === this.rows.length) return;
    this.rows = kept;
    this.changed = true;
  }

  /** The numbers in a column. */
  numbers(column: number): number[] {
    return this.rows.map((row) => Number(row[column]));
  }

  get text(): string {
    return this.rows.map((row) => `${row.join(':')}\n`).join('');
  }
}

/** An error of the database: whose file, and what failed. */
export interface Refusal {
  readonly problem: 'lock' | 'open';
  readonly path: string;
  readonly error: FsError;
}

export class AccountDatabase {
  readonly #process: Process;
  readonly #files = new Map<FileName, AccountFile>();
  #descriptors: number[] = [];

  constructor(process: Process) {
    this.#process = process;
  }

  /** Locks and reads these files; those that are optional may be missing. Gives why it could not. */
  open(...names: readonly FileName[]): Refusal | undefined {
    const process = this.#process;
    const guard = attempt(() => process.open('/etc/.pwd.lock', O.WRONLY | O.CREAT | O.CLOEXEC, 0o600));
    if (guard.error) return { problem: 'lock', path: `/etc/${names[0]}`, error: guard.error };
    this.#descriptors.push(guard.value);
    for (const name of names) {
      const path = `/etc/${name}`;
      if (process.tryStat(path) === undefined && name !== 'passwd' && name !== 'group') continue;
      const locked = attempt(() => this.#lock(path));
      if (locked.error) return { problem: 'lock', path, error: locked.error };
      const opened = attempt(() => process.open(path, O.RDWR | O.NONBLOCK | O.NOFOLLOW));
      this.#files.set(name, new AccountFile(path, ''));
      if (opened.error) return { problem: 'open', path, error: opened.error };
      this.#descriptors.push(opened.value);
      this.#files.set(name, new AccountFile(path, readText(process, path)));
    }
    return undefined;
  }

  /** The file, if it is there. */
  file(name: FileName): AccountFile | undefined {
    return this.#files.get(name);
  }

  /** Writes what has changed. */
  async commit(): Promise<void> {
    for (const file of this.#files.values()) if (file.changed) await this.#write(file);
  }

  /** Takes the locks away. */
  close(): void {
    for (const fd of this.#descriptors) this.#process.close(fd);
    for (const { path } of [...this.#files.values()].reverse())
      attempt(() => this.#process.unlink(`${path}.lock`));
    this.#descriptors = [];
  }

  #lock(path: string): void {
    const process = this.#process;
    const own = `${path}.${process.nspid}`;
    const fd = process.open(own, O.WRONLY | O.CREAT | O.TRUNC, 0o600);
    void process.write(fd, toBytes(`${process.nspid}\0`));
    process.close(fd);
    try {
      process.link(own, `${path}.lock`);
    } finally {
      process.unlink(own);
    }
  }

  async #write({ path, text }: AccountFile): Promise<void> {
    const process = this.#process;
    const stat = process.stat(path);
    await this.#put(`${path}-`, readText(process, path), path);
    process.utimens(`${path}-`, { atime: stat.atime, mtime: stat.mtime });
    await this.#put(`${path}+`, text, path);
    process.rename(`${path}+`, path);
  }

  async #put(path: string, text: string, like: string): Promise<void> {
    const process = this.#process;
    const { uid, gid, mode } = process.stat(like);
    const fd = process.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
    process.fchown(fd, uid, gid);
    process.fchmod(fd, mode & 0o7777);
    await process.write(fd, toBytes(text));
    process.fsync(fd);
    process.close(fd);
  }
}
