// The descriptors of a process: open files by small numbers.

import type { OpenFile } from './open-file.ts';

/** An array: most processes have few of them, and a Map in which they come and go would be rehashed all the time. */
export class Descriptors {
  readonly #files: (OpenFile | undefined)[] = [];

  get(fd: number): OpenFile | undefined {
    return this.#files[fd];
  }

  has(fd: number): boolean {
    return this.#files[fd] !== undefined;
  }

  set(fd: number, file: OpenFile): void {
    while (this.#files.length < fd) this.#files.push(undefined);
    this.#files[fd] = file;
  }

  delete(fd: number): void {
    if (!this.has(fd)) return;
    this.#files[fd] = undefined;
    while (this.#files.length > 0 && this.#files[this.#files.length - 1] === undefined) this.#files.pop();
  }

  clear(): void {
    this.#files.length = 0;
  }

  /** The lowest free number from `least` on. */
  free(least: number): number {
    let fd = least;
    while (this.has(fd)) fd++;
    return fd;
  }

  /** The numbers, ascending. */
  keys(): number[] {
    return [...this].map(([fd]) => fd);
  }

  values(): OpenFile[] {
    return this.#files.filter((file) => file !== undefined);
  }

  *[Symbol.iterator](): Generator<[fd: number, file: OpenFile]> {
    for (const [fd, file] of this.#files.entries()) if (file !== undefined) yield [fd, file];
  }
}
