// One file of a grep: its lines selected, counted and printed.

import { endColor, type GrepColors, inColor, startColor } from './grep-colors.ts';
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
  readonly color: GrepColors | undefined;
  /** Files that are no text count as without a match. */
  readonly withoutBinary: boolean;
  /** -T */
  readonly tab: boolean;
  /** The line between groups; undefined for none. */
  readonly groups: string | undefined;
}

interface Line {
  readonly text: string;
  readonly number: number;
  readonly offset: number;
}

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
    if (this.#binaryMatch && !this.#style.withoutBinary)
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
    this.#text(`${inColor(name, 'name', color)}${afterName ?? '\n'}`);
  }

  async #scan(fd: number): Promise<void> {
    const { codec, terminator, text, offsets } = this.#style;
    let number = 0;
    let offset = 0;
    for await (const block of lineBlocks(this.#out.process, fd, terminator)) {
      // Decoded in one piece: a file is most of its time read, not matched.
      const decoded = codec.decode(block);
      if (!text && block.includes(0)) this.#binary = true;
      if (this.#binary && this.#style.withoutBinary) {
        this.#selected = 0;
        return;
      }
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
    // After the last line that counts what follows is context, selected or not.
    if (!selected || (max !== undefined && this.#selected >= max)) return this.#other(line);
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
    return !this.#binaryMatch && (!last || this.#trailing > 0);
  }

  #other(line: Line): boolean {
    const { before, list, count, max } = this.#style;
    if (list !== undefined || count) return true;
    if (this.#trailing > 0) {
      this.#trailing--;
      this.#print(line, '-');
      if (this.#binaryMatch) return false;
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
    const { groups, color } = this.#style;
    if (!this.#style.context || !this.printed || groups === undefined) return;
    const first = this.#waiting[0]?.number ?? line.number;
    if (this.#lastPrinted > 0 && first === this.#lastPrinted + 1) return;
    this.#text(`${inColor(groups, 'separator', color)}\n`);
  }

  #print(line: Line, separator: ':' | '-'): void {
    const { only, invert, color } = this.#style;
    this.#lastPrinted = line.number;
    this.printed = true;
    if (only) {
      if (separator === ':' && !invert) this.#printParts(line);
      return;
    }
    if (this.#refuses(line.text)) return;
    const marked = color ? this.#mark(line.text, separator, color) : line.text;
    this.#text(`${this.#head(line, separator, 0, line.text)}${marked}${this.#end}`);
  }

  get #end(): string {
    return this.#style.terminator === 0 ? '\0' : '\n';
  }

  /** Bytes that are no characters are not printed, nor anything after them. */
  #refuses(text: string): boolean {
    const { codec } = this.#style;
    if (this.#style.text || !codec.utf8 || !/[\udc80-\udcff]/.test(text)) return false;
    this.#binary = true;
    this.#binaryMatch = true;
    return true;
  }

  #head(line: Line, separator: ':' | '-', extra: number, text: string): string {
    const { numbers, offsets, tab } = this.#style;
    const number = numbers ? this.#field(String(line.number), 'number', separator) : '';
    const offset = offsets ? this.#field(String(line.offset + extra), 'offset', separator) : '';
    const head = `${this.#nameField(separator)}${number}${offset}`;
    return tab && head !== '' && text !== '' ? `${head}\t` : head;
  }

  #nameField(separator: string): string {
    const { names, color, afterName } = this.#style;
    if (!names) return '';
    const name = inColor(this.#encodeName(this.#name), 'name', color);
    return `${name}${afterName ?? inColor(separator, 'separator', color)}`;
  }

  #field(text: string, kind: 'number' | 'offset', separator: string): string {
    const { color } = this.#style;
    return `${inColor(text, kind, color)}${inColor(separator, 'separator', color)}`;
  }

  #printParts(line: Line): void {
    const { codec, color } = this.#style;
    for (const [start, end] of this.#matches(line.text)) {
      const part = line.text.slice(start, end);
      if (this.#refuses(part)) return;
      const head = this.#head(line, ':', codec.encode(line.text.slice(0, start)).length, part);
      this.#text(`${head}${inColor(part, 'match', color)}${this.#end}`);
    }
  }

  /** A line in its colour, and its matches in theirs. */
  #mark(text: string, separator: ':' | '-', colors: GrepColors): string {
    const { invert } = this.#style;
    const selected = separator === ':';
    const own = selected !== (invert && colors.reverse) ? colors.selected : colors.context;
    const match = selected ? colors.match : colors.contextMatch;
    let marked = '';
    let from = 0;
    if (selected !== invert && match !== '') {
      for (const [start, end] of this.#matches(text)) {
        const before = `${startColor(own, colors)}${text.slice(from, start)}`;
        marked += `${before}${startColor(match, colors)}${text.slice(start, end)}${endColor(match, colors)}`;
        from = end;
      }
    }
    const rest = text.slice(from);
    if (rest === '') return marked;
    return `${marked}${startColor(own, colors)}${rest}${endColor(own, colors)}`;
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
