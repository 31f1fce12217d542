// The files that a sed script itself reads and writes: r, R, w, W and the w flag of s.

import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import { readAll } from './input.ts';
import type { TextCodec } from './text-codec.ts';

const SPECIAL: Readonly<Record<string, number>> = { '/dev/stdout': 1, '/dev/stderr': 2 };

export class SedFiles {
  readonly #process: Process;
  readonly #codec: TextCodec;
  readonly #written = new Map<string, number>();
  /** Lines of R's files that are still to come. */
  readonly #lines = new Map<string, string[]>();

  constructor(process: Process, codec: TextCodec) {
    this.#process = process;
    this.#codec = codec;
  }

  create(name: string): void {
    if (this.#written.has(name)) return;
    this.#written.set(name, SPECIAL[name] ?? this.#process.open(name, O.WRONLY | O.CREAT | O.TRUNC));
  }

  descriptor(name: string): number {
    return this.#written.get(name) ?? 1;
  }

  /** The text of a file; nothing when it cannot be read. */
  async text(name: string): Promise<string> {
    const { value: fd } = attempt(() => (name === '/dev/stdin' ? 0 : this.#process.open(name, O.RDONLY)));
    if (fd === undefined) return '';
    const bytes = await readAll(this.#process, fd);
    if (fd !== 0) this.#process.close(fd);
    return this.#codec.decode(bytes);
  }

  /** The next line of a file, with its newline; nothing after the last one. */
  async nextLine(name: string): Promise<string> {
    let lines = this.#lines.get(name);
    if (lines === undefined) {
      const text = await this.text(name);
      lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
      this.#lines.set(name, lines);
    }
    const line = lines.shift();
    return line === undefined ? '' : `${line}\n`;
  }
}
