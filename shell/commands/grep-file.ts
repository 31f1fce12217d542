// One file of a grep: its lines selected, counted and printed.

import type { LineMatcher } from './grep-patterns.ts';
import { lineBlocks } from './input.ts';
import type { Output } from './output.ts';
import type { TextCodec } from './text-codec.ts';

export interface GrepStyle {
  readonly matcher: LineMatcher;
  readonly codec: TextCodec;
  readonly invert: boolean;
  /** No line can be selected: every line matches and -v is given, or -m 0. */
  readonly nothing: boolean;
  readonly max: number | undefined;
  readonly after: number;
  readonly before: number;
  /** Groups of lines are set apart by `--`. */
  readonly context: boolean;
  readonly offsets: boolean;
  readonly numbers: boolean;
  readonly names: boolean;
  readonly only: boolean;
  /** Bytes that are no text do not matter. */
  readonly text: boolean;
  readonly terminator: number;
  readonly list: 'quiet' | 'files-with-matches' | 'files-without-match' | undefined;
  readonly count: boolean;
  /** What follows a file name in place of `:` or a newline. */
  readonly afterName: string | undefined;
  readonly color: boolean;
}

interface Line {
  readonly text: string;
  readonly number: number;
  readonly offset: number;
}

const MATCH = '\x1b[01;31m\x1b[K';
const NAME = '\x1b[35m\x1b[K';
const NUMBER = '\x1b[32m\x1b[K';
const SEPARATOR = '\x1b[36m\x1b[K';
const RESET = '\x1b[m\x1b[K';

export class GrepFile {
  /** A line of this file or an earlier one has been printed. */
  printed: boolean;
  readonly #out: Output;
  readonly #style: GrepStyle;
  readonly #name: string;
  #selected = 0;
  #waiting: Line[] = [];
  #trailing = 0;
  #lastPrinted = 0;
  #binary = false;
  #binaryMatch = false;

  constructor(out: Output, style: GrepStyle, name: string, printed: boolean) {
    this.#out = out;
    this.#style = style;
    this.#name = name;
    this.printed = printed;
  }

  /** Searches what `fd` gives; true when a line was selected. */
  async search(fd: number): Promise<boolean> {
    const { list, max } = this.#style;
    if (max !== 0) await this.#scan(fd);
    if (this.#binaryMatch)
      await this.#out.errorText(`${this.#out.name}: ${this.#name}: binary file matches\n`);
    const found = this.#selected > 0;
    if (this.#style.count && list !== 'quiet') this.#text(`${this.#nameField(':')}${this.#selected}\n`);
    if (list === 'files-with-matches' && found) this.#listName();
    if (list === 'files-without-match' && !found) this.#listName();
    return found;
  }

  #listName(): void {
    const { afterName, color } = this.#style;
    const name = this.#encodeName(this.#name);
    this.#text(`${color ? `${NAME}${name}${RESET}` : name}${afterName ?? '\n'}`);
  }

  async #scan(fd: number): Promise<void> {
    const { codec, terminator, text, offsets } = this.#style;
    let number = 0;
    let offset = 0;
    for await (const block of lineBlocks(this.#out.process, fd, terminator)) {
      // Decoded in one piece: a file is most of its time read, not matched.
      const decoded = codec.decode(block);
      if (!text && !this.#binary) this.#binary = isBinary(block, decoded, codec);
      const lines = decoded.split(this.#end);
      if (block.at(-1) === terminator) lines.pop();
      for (const line of lines) {
        if (!this.#line({ text: line, number: ++number, offset })) return;
        if (offsets) offset += codec.encode(line).length + 1;
      }
      await this.#out.flush();
    }
  }

  /** False when nothing more needs to be read. */
  #line(line: Line): boolean {
    const { matcher, invert, list, count, max } = this.#style;
    const selected = (matcher.find(line.text, 0) !== undefined) !== invert;
    if (!selected) return this.#other(line);
    if (max !== undefined && this.#selected >= max) return false;
    this.#selected++;
    const last = max !== undefined && this.#selected >= max;
    if (list !== undefined) return false;
    if (count) return !last;
    if (this.#binary) {
      this.#binaryMatch = true;
      return false;
    }
    this.#separate(line);
    for (const earlier of this.#waiting) this.#print(earlier, '-');
    this.#waiting = [];
    this.#print(line, ':');
    this.#trailing = this.#style.after;
    return !last || this.#trailing > 0;
  }

  #other(line: Line): boolean {
    const { before, list, count, max } = this.#style;
    if (list !== undefined || count) return true;
    if (this.#trailing > 0) {
      this.#trailing--;
      this.#print(line, '-');
      return !(max !== undefined && this.#selected >= max && this.#trailing === 0);
    }
    if (before > 0) {
      this.#waiting.push(line);
      if (this.#waiting.length > before) this.#waiting.shift();
    }
    return true;
  }

  /** `--` between groups of lines that do not touch. */
  #separate(line: Line): void {
    if (!this.#style.context || !this.printed) return;
    const first = this.#waiting[0]?.number ?? line.number;
    if (this.#lastPrinted > 0 && first === this.#lastPrinted + 1) return;
    this.#text(this.#style.color ? `${SEPARATOR}--${RESET}\n` : '--\n');
  }

  #print(line: Line, separator: ':' | '-'): void {
    const { only, invert, color } = this.#style;
    this.#lastPrinted = line.number;
    this.printed = true;
    if (only) {
      if (separator === ':' && !invert) this.#printParts(line);
      return;
    }
    const marked = color && (separator === ':') !== invert ? this.#mark(line.text) : line.text;
    this.#text(`${this.#head(line, separator, 0)}${marked}${this.#end}`);
  }

  get #end(): string {
    return this.#style.terminator === 0 ? '\0' : '\n';
  }

  #head(line: Line, separator: ':' | '-', extra: number): string {
    const { numbers, offsets } = this.#style;
    const number = numbers ? this.#field(String(line.number), separator) : '';
    const offset = offsets ? this.#field(String(line.offset + extra), separator) : '';
    return `${this.#nameField(separator)}${number}${offset}`;
  }

  #nameField(separator: string): string {
    const { names, color, afterName } = this.#style;
    if (!names) return '';
    const name = this.#encodeName(this.#name);
    if (!color) return `${name}${afterName ?? separator}`;
    return `${NAME}${name}${RESET}${afterName ?? `${SEPARATOR}${separator}${RESET}`}`;
  }

  #field(text: string, separator: string): string {
    return this.#style.color
      ? `${NUMBER}${text}${RESET}${SEPARATOR}${separator}${RESET}`
      : `${text}${separator}`;
  }

  #printParts(line: Line): void {
    const { codec, color } = this.#style;
    for (const [start, end] of this.#matches(line.text)) {
      const part = line.text.slice(start, end);
      const head = this.#head(line, ':', codec.encode(line.text.slice(0, start)).length);
      this.#text(`${head}${color ? `${MATCH}${part}${RESET}` : part}${this.#end}`);
    }
  }

  #mark(text: string): string {
    let marked = '';
    let from = 0;
    for (const [start, end] of this.#matches(text)) {
      marked += `${text.slice(from, start)}${MATCH}${text.slice(start, end)}${RESET}`;
      from = end;
    }
    return marked + text.slice(from);
  }

  /** All matches that are not empty. */
  *#matches(text: string): Generator<[start: number, end: number]> {
    for (let at = 0; at <= text.length; ) {
      const match = this.#style.matcher.find(text, at);
      if (match === undefined) return;
      if (match.end > match.start) yield [match.start, match.end];
      at = match.end > match.start ? match.end : match.end + 1;
    }
  }

  #encodeName(name: string): string {
    return this.#style.codec.argument(name);
  }

  #text(text: string): void {
    if (this.#style.list !== 'quiet') this.#out.bytes(this.#style.codec.encode(text));
  }
}

/** A zero byte, or bytes that are no characters of the locale (only ASCII is, in the C locale). */
const isBinary = (block: Uint8Array, decoded: string, codec: TextCodec): boolean =>
  block.includes(0) || (codec.utf8 && /[\udc80-\udcff]/.test(decoded));
