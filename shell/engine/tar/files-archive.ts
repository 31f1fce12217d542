// An archive that is made file by file and written in the order of a walk through its directories.

import { ArchiveWriter } from './archive.ts';
import { type TarHeader, TYPE } from './header.ts';
import { compareNames } from './tree-entries.ts';

export class FilesArchive {
  readonly #files = new Map<string, { header: TarHeader; data: readonly Uint8Array[] }>();

  has(name: string): boolean {
    return this.#files.has(name);
  }

  /** Times are seconds since 1970. */
  directory(name: string, time: number): void {
    this.#put(name, { ...plain(`${name}/`, 0o40755, time), type: TYPE.directory });
  }

  symlink(name: string, target: string, time: number): void {
    this.#put(name, { ...plain(name, 0o120777, time), type: TYPE.symlink, linkname: target });
  }

  text(name: string, text: string, time: number): void {
    this.file(name, [new TextEncoder().encode(text)], time);
  }

  file(name: string, data: readonly Uint8Array[], time: number): void {
    const size = data.reduce((sum, piece) => sum + piece.length, 0);
    this.#put(name, { ...plain(name, 0o100644, time), size }, data);
  }

  /** The tar. */
  pieces(): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    const hear = (bytes: Uint8Array): void => {
      pieces.push(bytes);
    };
    const archive = new ArchiveWriter([{ raw: hear, data: hear, entry: () => {} }]);
    const names = [...this.#files.keys()].sort((a, b) => compareNames(walkKey(a), walkKey(b)));
    for (const name of names) {
      const file = this.#files.get(name);
      if (file !== undefined) archive.add(file.header, file.data);
    }
    archive.end();
    return pieces;
  }

  #put(name: string, header: TarHeader, data: readonly Uint8Array[] = []): void {
    this.#files.set(name, { header, data });
  }
}

const walkKey = (name: string): string => name.replaceAll('/', '\0');

const plain = (name: string, mode: number, mtime: number): TarHeader => ({
  name,
  type: TYPE.file,
  mode,
  uid: 0,
  gid: 0,
  size: 0,
  mtime,
  uname: 'root',
  gname: 'root',
});
