// A file or standard input as far as it has been read: more is read when it is looked at.

import { isFsError } from '../../fs/errno.ts';
import type { Process } from '../../fs/process.ts';
import { closeInput, openInput } from '../input.ts';
import { joinBytes } from '../text.ts';

/** So much is read before the first screen, and whenever the end of it is reached. */
const AHEAD = 1 << 18;
/** Enough for anybody; `yes | less` must end somewhere. */
export const MOST = 1 << 26;

export class InputText {
  readonly #process: Process;
  readonly #fd: number;
  readonly #chunks: Uint8Array[] = [];
  length = 0;
  ended = false;

  constructor(process: Process, name: string) {
    this.#process = process;
    this.#fd = openInput(process, name);
  }

  async readOn(upTo = this.length + AHEAD): Promise<void> {
    while (!this.ended && this.length < Math.min(upTo, MOST)) {
      const chunk = await this.#process.read(this.#fd, 65_536);
      if (chunk.length === 0) this.ended = true;
      else this.#chunks.push(chunk);
      this.length += chunk.length;
      await this.#process.breathe();
    }
  }

  /** What has come behind the end meanwhile. */
  async readNew(): Promise<void> {
    this.ended = false;
    await this.readOn(MOST);
  }

  changed(): Promise<void> {
    return this.#process.watch(this.#fd);
  }

  get bytes(): Uint8Array {
    if (this.#chunks.length > 1) this.#chunks.splice(0, this.#chunks.length, joinBytes(this.#chunks));
    return this.#chunks[0] ?? new Uint8Array(0);
  }

  close(): void {
    closeInput(this.#process, this.#fd);
  }
}

/** The beginning of a file, or why there is none. */
export async function openText(process: Process, name: string): Promise<InputText | string> {
  try {
    if (name !== '-' && process.stat(name).kind === 'directory') return `${name} is a directory`;
    const text = new InputText(process, name);
    await text.readOn();
    return text;
  } catch (error) {
    if (!isFsError(error)) throw error;
    return `${name}: ${error.message}`;
  }
}
