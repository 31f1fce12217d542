// What less shows of its files, and what its keys do to that: a pure state but for the place it keeps.

import { compileRegex, type RegexMatcher } from '../posix-regex.ts';
import type { Look } from './document.ts';
import { isJump, type Move, moves } from './moves.ts';
import { linesOf, Page } from './page.ts';
import { placeText } from './place-text.ts';
import type { Request } from './request.ts';
import { type Told, toggled } from './toggles.ts';
import { leads, type Typing, typedOn } from './typing.ts';

const RETURN = '  (press RETURN)';

export class LessView extends Page {
  /** The files, and which of them is shown. */
  files: readonly string[];
  at = 0;
  ignoreCase: boolean | 'always';
  #message = '';
  /** What is seen only when the message is gone. */
  #afterMessage: (() => void) | undefined;
  #typing: Typing | undefined;
  #count = '';
  #backwards = false;
  #half: number | undefined;
  readonly #left = new Map<string, number>();
  readonly #marks = new Map<string, number>();
  readonly #helpText: string;

  constructor(files: readonly string[], look: Look, ignoreCase: boolean | 'always', helpText: string) {
    super(look);
    this.files = files;
    this.ignoreCase = ignoreCase;
    this.#helpText = helpText;
  }

  /** The file that is shown is left: it will be shown from here again. */
  leave(): void {
    this.#left.set(this.name, this.top);
  }

  /** Another file's text, from its beginning, or from where it was left. */
  open(text: string, bytes: number): void {
    this.top = this.#left.get(this.name) ?? 0;
    this.fresh = true;
    this.short = this.bytes === 0;
    this.refresh(text, bytes);
  }

  get name(): string {
    return this.files[this.at] ?? '';
  }

  say(message: string): void {
    this.#message = message;
  }

  frame(columns: number, height: number): { rows: string[]; cursor: { row: number; col: number } } {
    if (columns !== this.columns) this.document = undefined;
    this.columns = columns;
    this.height = Math.max(1, height - 1);
    const rows = this.rows();
    const shown = Array.from({ length: this.height }, (_, i) => this.shown(rows[this.top + i]));
    const body = this.short && rows.length < this.height ? shown.slice(0, rows.length) : shown;
    const { text, col } = this.#prompt();
    const blank = Array.from({ length: this.height - body.length }, () => '');
    return { rows: [...body, text, ...blank], cursor: { row: body.length, col: Math.min(col, columns - 1) } };
  }

  #prompt(): { text: string; col: number } {
    const standing = (text: string): { text: string; col: number } => ({
      text: `\x1b[7m${text}\x1b[27m`,
      col: text.length,
    });
    if (this.#typing !== undefined) {
      const text = this.#typing.lead + this.#typing.text;
      return { text, col: text.length };
    }
    if (this.#message !== '') return standing(this.#message + RETURN);
    const filtered = this.filter === undefined ? '' : '& ';
    const prompt =
      this.help === undefined
        ? this.#state()
        : `HELP -- ${this.atEnd ? 'END -- Press g to see it again' : 'Press RETURN for more'}, or q when done`;
    if (prompt === '' || this.#count !== '') {
      const text = `${filtered}:${this.#count}`;
      return { text, col: text.length };
    }
    const { text, col } = standing(prompt);
    return { text: filtered + text, col: col + filtered.length };
  }

  #state(): string {
    const many = this.files.length > 1;
    const head =
      this.fresh && this.name !== '-'
        ? `${this.name}${many ? ` (file ${this.at + 1} of ${this.files.length})` : ''}`
        : '';
    const next = this.files[this.at + 1];
    const tail = this.atEnd ? `(END)${next === undefined ? '' : ` - Next: ${next}`}` : '';
    return [head, tail].filter((part) => part !== '').join(' ');
  }

  press(key: string): Request | undefined {
    if (this.#message !== '') {
      this.#message = '';
      this.#afterMessage?.();
      this.#afterMessage = undefined;
      if (/^[\r\n ]$/.test(key)) return undefined;
    }
    if (this.#typing !== undefined) return this.#type(this.#typing, key);
    if (/^\d$/.test(key)) {
      this.#count += key;
      return undefined;
    }
    if (this.#count !== '' && /^[\x7f\b]$/.test(key)) {
      this.#count = this.#count.slice(0, -1);
      return undefined;
    }
    const count = this.#count === '' ? undefined : Number(this.#count);
    this.#count = '';
    if (this.help !== undefined && /^[qQ:]$/.test(key)) return this.#leaveHelp();
    const move = moves[key];
    if (move !== undefined) this.#move(move, key, count);
    else return this.#command(key, count);
    return undefined;
  }

  #move(move: Move, key: string, count: number | undefined): void {
    const rows = this.rows();
    if (/^[du\x04\x15]$/.test(key) && count !== undefined) this.#half = count;
    const half = this.#half ?? (this.height + 1) >> 1;
    const top = move({ top: this.top, height: this.height, half, last: rows.length - this.height, count });
    if (isJump(key)) this.#remember();
    if (top === 'line') this.#toLine(count as number);
    else if (/^(?:[G>]|<End>)$/.test(key)) this.seen(() => this.go(top));
    // Forwards nothing moves on from the end, backwards from the beginning.
    else if (top > this.top)
      this.seen(() => this.go(Math.max(this.top, Math.min(top, rows.length - this.height))));
    else if (top < this.top && this.top > 0) this.seen(() => this.go(Math.max(0, top)));
    else this.fresh = false;
  }

  #toLine(line: number): void {
    if (line > this.lines.length) this.#message = `Cannot seek to line number ${line}`;
    else this.seen(() => this.goTo(line));
  }

  /** '' goes back to where the last jump began. */
  #remember(): void {
    this.#marks.set("'", this.top);
  }

  #command(key: string, count: number | undefined): Request | undefined {
    this.fresh = false;
    if (key === 'q' || key === 'Q') return { kind: 'quit' };
    if (key === 'F') return { kind: 'follow' };
    if (key === 'v') return { kind: 'edit' };
    if (key === 'n') this.#search(this.#backwards ? -1 : 1, count);
    else if (key === 'N') this.#search(this.#backwards ? 1 : -1, count);
    else if (key === 'p' || key === '%') this.#percent(count ?? 0);
    else if (key === '=' || key === '\x07') this.#message = this.#where();
    else if (key === 'h' || key === 'H' || key === '<F1>') this.#showHelp();
    else if (key === '<Right>') this.#shift(count ?? this.columns >> 1);
    else if (key === '<Left>') this.#shift(-(count ?? this.columns >> 1));
    else if (leads[key] !== undefined) this.#typing = { lead: leads[key] as string, text: '' };
    return undefined;
  }

  #type(typing: Typing, key: string): Request | undefined {
    const { typing: left, entered } = typedOn(typing, key);
    this.#typing = left;
    return entered === undefined ? undefined : this.#entered(typing.lead, entered);
  }

  #entered(lead: string, text: string): Request | undefined {
    if (lead === 'ESC') this.#escaped(text);
    else if (lead === ' :') return this.#colon(text);
    else if (lead === 'Examine: ') return text === '' ? undefined : this.#examine(text);
    else if (lead === '!') return { kind: 'shell', command: text };
    else if (lead === '-') this.#toggle(text);
    else if (lead === 'set mark: ') this.#marks.set(text, this.top);
    else if (lead === 'goto mark: ') this.#goToMark(text);
    else if (lead.endsWith('&/')) this.#filterBy(text, lead.startsWith('Non'));
    else this.#seek(text, lead.endsWith('?'));
    return undefined;
  }

  #escaped(key: string): void {
    if (key === 'u') this.highlights = !this.highlights;
    else if (key === 'v') this.press('b');
    else if (key === '<') this.press('g');
    else if (key === '>') this.press('G');
  }

  #colon(key: string): Request | undefined {
    const to = { n: this.at + 1, p: this.at - 1, x: 0 }[key];
    if (key === 'q' || key === 'Q') return { kind: 'quit' };
    if (key === 'f') this.#message = this.#where();
    else if (key === 'e') this.#typing = { lead: 'Examine: ', text: '' };
    else if (key === 'd' && this.files.length > 1) {
      this.files = this.files.filter((_, at) => at !== this.at);
      return { kind: 'open', at: Math.max(0, this.at - 1) };
    } else if (to !== undefined) {
      if (to === this.at) return undefined;
      if (this.files[to] !== undefined) return { kind: 'open', at: to };
      this.#message = to < 0 ? 'No previous file' : 'No next file';
    }
    return undefined;
  }

  #examine(name: string): Request {
    const known = this.files.indexOf(name);
    return { kind: 'open', at: known === -1 ? this.at + 1 : known, name };
  }

  #toggle(letter: string): void {
    const now: Told = { look: this.look, ignoreCase: this.ignoreCase, highlights: this.highlights };
    const { message, ...told } = toggled(now, letter);
    this.#message = message;
    this.ignoreCase = told.ignoreCase;
    // The screen stays as it is under the message.
    this.#afterMessage = () => {
      this.highlights = told.highlights;
      this.look = told.look;
      this.again();
    };
  }

  #shift(by: number): void {
    const shift = Math.max(0, this.look.shift + by);
    if (shift === this.look.shift) return;
    this.look = { ...this.look, shift };
    this.again();
  }

  #goToMark(name: string): void {
    const from = this.top;
    const known: Readonly<Record<string, number>> = { '^': 0, $: this.rows().length - this.height };
    const place = known[name] ?? this.#marks.get(name);
    if (place === undefined) this.#message = 'Mark not set';
    else this.seen(() => this.go(place));
    this.#marks.set("'", from);
  }

  #percent(percent: number): void {
    this.goTo(
      Math.max(1, Math.floor((this.lines.length * Math.min(100, percent)) / 100) + (percent > 0 ? 1 : 0)),
    );
  }

  #filterBy(text: string, not: boolean): void {
    const regex = text === '' ? undefined : this.#compile(text);
    if (text !== '' && regex === undefined) return;
    this.filter = regex === undefined ? undefined : { regex, not };
    this.again();
    this.seen(() => this.go(Math.max(0, Math.min(this.top, this.rows().length - 1))));
    this.short = false;
  }

  #compile(text: string): RegexMatcher | undefined {
    const ignoreCase = this.ignoreCase === 'always' || (this.ignoreCase && text === text.toLowerCase());
    try {
      return compileRegex(text, { extended: true, utf8: true, ignoreCase });
    } catch {
      this.#message = 'Invalid pattern';
      return undefined;
    }
  }

  /** A search begins with what is on the screen, one that is repeated with the line behind its top. */
  search(text: string, from?: number): void {
    this.pattern = this.#compile(text) ?? this.pattern;
    this.#search(1, 1, from);
    this.fresh = true;
  }

  #seek(text: string, backwards: boolean): void {
    this.#backwards = backwards;
    if (text !== '') {
      const regex = this.#compile(text);
      if (regex === undefined) return;
      this.pattern = regex;
      this.highlights = true;
    }
    const rows = this.rows();
    const edge = backwards ? Math.min(rows.length, this.top + this.height) - 1 : Math.max(0, this.top);
    this.#search(backwards ? -1 : 1, 1, text === '' ? undefined : rows[edge]?.line);
  }

  #search(step: 1 | -1, count = 1, from?: number): void {
    const regex = this.pattern;
    if (regex === undefined) {
      this.#message = 'No previous regular expression';
      return;
    }
    const rows = this.rows();
    const top = rows[Math.max(0, this.top)]?.line ?? 0;
    let left = count;
    const shown = new Set(rows.map((row) => row.line));
    for (let line = from ?? top + step; line >= 0 && line < this.lines.length; line += step) {
      if (!shown.has(line) || !regex.test(this.lines[line] as string) || --left > 0) continue;
      this.#remember();
      this.seen(() => this.goTo(line + 1));
      this.short = false;
      this.highlights = true;
      return;
    }
    this.#message = 'Pattern not found';
  }

  #where(): string {
    const { files, at, atEnd } = this;
    const rows = this.rows();
    const line = (row: number): number => (rows[row]?.line ?? 0) + 1;
    const last = line(Math.min(rows.length, this.top + this.height) - 1);
    return placeText({
      files,
      at,
      atEnd,
      lines: this.lines,
      bytes: this.bytes,
      first: line(Math.max(0, this.top)),
      last,
    });
  }

  #showHelp(): void {
    this.help ??= { lines: linesOf(this.#helpText), top: this.top };
    this.document = undefined;
    this.top = 0;
    this.short = false;
  }

  #leaveHelp(): undefined {
    this.top = this.help?.top ?? 0;
    this.help = undefined;
    this.document = undefined;
    this.fresh = true;
  }
}
