// Writes a tar as a stream of events, so that a digest, a tar-split and a file can be made of it in one pass.

import { encodeHeader, padding, type TarHeader } from './header.ts';

/** Hears an archive as it is written; nothing is held in memory. */
export interface ArchiveVisitor {
  /** Headers and padding, in order. */
  raw(bytes: Uint8Array): void;
  /** An entry whose header was just told; `size` bytes of data follow. */
  entry(header: TarHeader): void;
  data(bytes: Uint8Array): void;
}

const END = new Uint8Array(1024);

export class ArchiveWriter {
  readonly #visitors: readonly ArchiveVisitor[];

  constructor(visitors: readonly ArchiveVisitor[]) {
    this.#visitors = visitors;
  }

  /** One entry; `chunks` give exactly `header.size` bytes. */
  add(header: TarHeader, chunks: Iterable<Uint8Array> = []): void {
    this.#raw(encodeHeader(header));
    for (const visitor of this.#visitors) visitor.entry(header);
    for (const chunk of chunks) for (const visitor of this.#visitors) visitor.data(chunk);
    const gap = padding(header.size);
    if (gap > 0) this.#raw(END.subarray(0, gap));
  }

  /** Two blocks of zeros end an archive. */
  end(): void {
    this.#raw(END);
  }

  #raw(bytes: Uint8Array): void {
    for (const visitor of this.#visitors) visitor.raw(bytes);
  }
}
