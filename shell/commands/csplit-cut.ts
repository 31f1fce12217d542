// The cutting of csplit: line by line, piece by piece.

import type { Cut } from './csplit-pattern.ts';
import type { Output } from './output.ts';
import type { RegexMatcher } from './posix-regex.ts';
import { quoteLocale } from './quoting.ts';
import { byteCodec } from './text-codec.ts';

export interface SplitStyle {
  readonly prefix: string;
  suffix(number: number): string;
  readonly keep: boolean;
  readonly quiet: boolean;
  /** Empty pieces are not made. */
  readonly elide: boolean;
  /** The lines where it is cut are left out. */
  readonly suppress: boolean;
  readonly flags: number;
}

/** The way on is barred: the message has been shown. */
class Barred extends Error {}
/** A pattern that repeats for ever has come to the end. */
class Finished extends Error {}

export class Cutter {
  readonly #out: Output;
  readonly #lines: readonly string[];
  readonly #style: SplitStyle;
  readonly #made: string[] = [];
  /** The first line that no piece has yet, and the last one that a pattern has met; from 1. */
  #next = 1;
  #current = 0;
  #piece: { name: string; fd: number; size: number } | undefined;

  constructor(out: Output, lines: readonly string[], style: SplitStyle) {
    this.#out = out;
    this.#lines = lines;
    this.#style = style;
  }

  async run(cuts: readonly Cut[]): Promise<number> {
    try {
      for (const cut of cuts) {
        for (let time = 0; time <= cut.again; time++) {
          if (typeof cut.at === 'number') await this.#byNumber(cut, cut.at, time);
          else await this.#byPattern(cut, cut.at, time);
        }
      }
      await this.#rest();
    } catch (error) {
      if (error instanceof Finished) return this.#out.end();
      if (!(error instanceof Barred)) throw error;
      await this.#close();
      if (!this.#style.keep) for (const name of this.#made) this.#out.process.unlink(name);
      return 1;
    }
    return this.#out.end();
  }

  async #byNumber(cut: Cut, number: number, time: number): Promise<void> {
    const end = number * (time + 1);
    this.#open();
    while (this.#next < end) {
      if (this.#next > this.#lines.length) await this.#bar(cut, 'line number out of range', time);
      await this.#save();
    }
    await this.#close();
    this.#current = end - 1;
    if (this.#style.suppress) this.#next++;
    else if (this.#next > this.#lines.length) await this.#bar(cut, 'line number out of range', time);
  }

  async #byPattern(cut: Cut, pattern: RegexMatcher, time: number): Promise<void> {
    if (!cut.skip) this.#open();
    for (;;) {
      const line = this.#lines[this.#current++];
      if (line === undefined) {
        if (cut.again === Number.POSITIVE_INFINITY) {
          if (!cut.skip) await this.#rest();
          throw new Finished();
        }
        if (!cut.skip) await this.#rest();
        await this.#bar(cut, 'match not found', time);
      }
      if (pattern.test((line ?? '').replace(/\n$/, ''))) break;
    }
    const end = this.#current + cut.offset;
    if (end < this.#next) await this.#bar(cut, 'line number out of range', 0);
    while (this.#next < end) {
      if (this.#next > this.#lines.length) await this.#bar(cut, 'line number out of range', 0);
      if (cut.skip) this.#next++;
      else await this.#save();
    }
    await this.#close();
    if (cut.offset > 0) this.#current = end;
    if (this.#style.suppress) this.#next++;
  }

  /** All that is left goes into a piece of its own. */
  async #rest(): Promise<void> {
    if (this.#piece === undefined) this.#open();
    while (this.#next <= this.#lines.length) await this.#save();
    await this.#close();
  }

  async #bar(cut: Cut, problem: string, time: number): Promise<never> {
    await this.#close();
    const when = time > 0 ? ` on repetition ${time}` : '';
    await this.#out.warn(`${quoteLocale(this.#out.process, cut.text)}: ${problem}${when}`);
    throw new Barred();
  }

  #open(): void {
    const name = `${this.#style.prefix}${this.#style.suffix(this.#made.length)}`;
    this.#made.push(name);
    this.#piece = { name, fd: this.#out.process.open(name, this.#style.flags, 0o666), size: 0 };
  }

  async #save(): Promise<void> {
    const bytes = byteCodec.encode(this.#lines[this.#next++ - 1] ?? '');
    if (this.#piece === undefined) return;
    this.#piece.size += bytes.length;
    await this.#out.process.write(this.#piece.fd, bytes);
  }

  async #close(): Promise<void> {
    const piece = this.#piece;
    if (piece === undefined) return;
    this.#piece = undefined;
    this.#out.process.close(piece.fd);
    if (piece.size === 0 && this.#style.elide) {
      this.#out.process.unlink(piece.name);
      this.#made.pop();
    } else if (!this.#style.quiet) this.#out.line(String(piece.size));
  }
}
