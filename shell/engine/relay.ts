// An exec without a terminal: what runs in the container has pipes to dockerd, which passes bytes to and from the client.
// Nothing of the client's own files shows through: a terminal there is no terminal here.

import { isFsError } from '../fs/errno.ts';
import type { OpenFile } from '../fs/open-file.ts';
import { pipeStat } from '../fs/pipe-stat.ts';
import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';

/** The container's end of a pipe that ends in `file`, a description that `client` has open. */
export class Relay implements OpenFile {
  readonly path = 'pipe:[docker]';
  flags: number;
  position = 0;
  references = 0;
  readonly #client: Process;
  readonly #file: OpenFile;

  constructor(client: Process, file: OpenFile) {
    this.#client = client;
    this.#file = file;
    this.flags = file.flags;
    file.references++;
  }

  read(_process: Process, length: number): Uint8Array | Promise<Uint8Array> {
    return this.#file.read(this.#client, length);
  }

  /** dockerd takes the bytes even when the client cannot have them any more. */
  write(process: Process, bytes: Uint8Array): number | Promise<number> {
    process.checkpoint();
    try {
      const written = this.#file.write(this.#client, bytes);
      return written instanceof Promise ? written.catch(lost(bytes)) : written;
    } catch (error) {
      return lost(bytes)(error);
    }
  }

  stat(): Stat {
    return pipeStat(1, this.#client.kernel.bootedAt);
  }

  close(): void {
    this.#client.drop(this.#file);
  }
}

const lost =
  (bytes: Uint8Array) =>
  (error: unknown): number => {
    if (!isFsError(error)) throw error;
    return bytes.length;
  };
