// tar-split.json: what must be kept beside the unpacked files so that the very same tar can be made again.
// One JSON line per stretch of headers and padding, and one per file with the CRC-64 of its data.

import { gzipSync } from 'node:zlib';
import { decodeName } from '../../fs/name.ts';
import type { ArchiveVisitor } from './archive.ts';
import { Crc64 } from './crc64.ts';
import { concat, type TarHeader } from './header.ts';

const FILE = 1;
const SEGMENT = 2;

export class TarSplit implements ArchiveVisitor {
  readonly #lines: string[] = [];
  #raw: Uint8Array[] = [];
  #file: { name: string; size: number; crc: Crc64 } | undefined;

  raw(bytes: Uint8Array): void {
    this.#endFile();
    this.#raw.push(bytes.slice());
  }

  entry(header: TarHeader): void {
    this.#endSegment();
    this.#file = { name: header.name, size: header.size, crc: new Crc64() };
  }

  data(bytes: Uint8Array): void {
    this.#file?.crc.update(bytes);
  }

  /** The gzipped document. */
  finish(): Uint8Array {
    this.#endFile();
    this.#endSegment();
    // What follows the two blocks of zeros: nothing, and Docker notes that as well.
    this.#line({ type: SEGMENT, payload: '' });
    return gzipSync(this.#lines.join(''), { level: 6 });
  }

  #endSegment(): void {
    if (this.#raw.length === 0) return;
    const payload = Buffer.from(concat(this.#raw)).toString('base64');
    this.#raw = [];
    this.#line({ type: SEGMENT, payload });
  }

  #endFile(): void {
    const file = this.#file;
    if (file === undefined) return;
    this.#file = undefined;
    const payload = file.size > 0 ? Buffer.from(file.crc.digest()).toString('base64') : null;
    this.#line({ type: FILE, name: file.name, ...(file.size > 0 ? { size: file.size } : {}), payload });
  }

  #line(fields: Record<string, unknown>): void {
    this.#lines.push(`${JSON.stringify({ ...fields, position: this.#lines.length })}\n`);
  }
}

/** The names in a tar-split, for those who want to see the entries of a layer. */
export const splitNames = (document: string): string[] =>
  document
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { type: number; name?: string })
    .filter(({ type }) => type === FILE)
    .map(({ name }) => decodeName(Buffer.from(name ?? '')));
