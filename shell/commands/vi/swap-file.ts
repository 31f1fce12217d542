// The swap file that vim keeps beside a file while it is edited: .NAME.swp. Its calls are vim's, its content is not.

import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import { attempt } from '../attempt.ts';

const BLOCK = 4096;

const block = (mark: string): Uint8Array => {
  const bytes = new Uint8Array(BLOCK);
  bytes.set(new TextEncoder().encode(mark));
  return bytes;
};

/** Where it is tried, as 'directory' says: beside the file, then in these. */
const ELSEWHERE = ['/var/tmp', '/tmp'];

export class SwapFile {
  readonly path: string;
  readonly #process: Process;
  readonly #fd: number;
  #preserved = false;

  private constructor(process: Process, path: string, fd: number) {
    this.#process = process;
    this.path = path;
    this.#fd = fd;
  }

  /** Undefined when there is no place for one; `found`: another one was there already. */
  static create(process: Process, file: string): { readonly swap?: SwapFile; readonly found?: string } {
    const slash = file.lastIndexOf('/') + 1;
    const [folder, name] = [file.slice(0, slash), file.slice(slash)];
    const places = [`${folder}.${name}.sw`, ...ELSEWHERE.map((place) => `${place}/${name}.sw`)];
    let found: string | undefined;
    for (const place of places) {
      for (const letter of 'ponm') {
        const path = place + letter;
        const there = attempt(() => process.open(path, O.RDONLY));
        if (!there.error) {
          process.close(there.value);
          found ??= path;
          continue;
        }
        if (there.error.code !== 'ENOENT' || !probe(process, path)) break;
        const swap = SwapFile.#make(process, path, file);
        if (swap) return { swap, ...(found === undefined ? {} : { found }) };
      }
    }
    return found === undefined ? {} : { found };
  }

  static #make(process: Process, path: string, file: string): SwapFile | undefined {
    const made = attempt(() => process.open(path, O.RDWR | O.CREAT | O.EXCL | O.NOFOLLOW, 0o600));
    if (made.error) return undefined;
    process.write(made.value, block('b0VIM 9.0'));
    const mode = process.tryStat(file)?.mode;
    // As readable as the file itself.
    if (mode !== undefined) attempt(() => process.chmod(path, (mode & 0o777) | 0o600));
    return new SwapFile(process, path, made.value);
  }

  /** Before the file itself is written, what there is of it goes to the disk. */
  preserve(): void {
    if (!this.#preserved) {
      this.#preserved = true;
      for (const [at, mark] of ['tp', 'ad'].entries()) {
        this.#process.lseek(this.#fd, BLOCK * (at + 1), 'set');
        this.#process.write(this.#fd, block(mark));
      }
    }
    this.#process.fsync(this.#fd);
  }

  remove(): void {
    attempt(() => this.#process.close(this.#fd));
    attempt(() => this.#process.unlink(this.path));
  }
}

/** vim finds out whether long names are kept apart: makes the file and one with an x behind it, removes both. */
const probe = (process: Process, path: string): boolean => {
  const flags = O.RDWR | O.CREAT | O.EXCL;
  const first = attempt(() => process.open(path, flags, 0o600));
  if (first.error) return false;
  const second = attempt(() => process.open(`${path}x`, flags, 0o600));
  if (!second.error) {
    process.close(second.value);
    process.unlink(`${path}x`);
  }
  process.close(first.value);
  process.unlink(path);
  return true;
};
