// What a probe prints, both streams in one: dockerd keeps its beginning.

import { fail } from '../../fs/errno.ts';
import type { OpenFile } from '../../fs/open-file.ts';
import { O } from '../../fs/open-flags.ts';
import { pipeStat } from '../../fs/pipe-stat.ts';
import type { Process } from '../../fs/process.ts';
import type { Stat } from '../../fs/stat.ts';

const KEPT_BYTES = 4096;

/** The write end of a pipe whose other end is dockerd. */
export class ProbeOutput implements OpenFile {
  readonly path = 'pipe:[docker]';
  flags: number = O.WRONLY;
  position = 0;
  references = 0;
  readonly #bootedAt: bigint;
  #kept: Uint8Array = new Uint8Array(0);
  #isCut = false;
  #closed = Promise.withResolvers<void>();

  constructor(bootedAt: bigint) {
    this.#bootedAt = bootedAt;
  }

  /** Settles when nobody holds it open any more. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  get text(): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#kept) + (this.#isCut ? '...' : '');
  }

  /** For a process that begins again and has it open. */
  reopen(): void {
    this.#kept = new Uint8Array(0);
    this.#isCut = false;
    this.#closed = Promise.withResolvers();
  }

  read = (): never => fail('EBADF');

  write(_process: Process, bytes: Uint8Array): number {
    const room = KEPT_BYTES - this.#kept.length;
    this.#isCut ||= bytes.length > room;
    if (room > 0) this.#kept = Buffer.concat([this.#kept, bytes.subarray(0, room)]);
    return bytes.length;
  }

  stat(): Stat {
    return pipeStat(1, this.#bootedAt);
  }

  close(): void {
    this.#closed.resolve();
  }
}
