// What a pager shows: lines folded to the screen, a place among them, and the keys that move it.

import { displayWidth } from './display-width.ts';
import { compileRegex, type RegexMatcher } from './posix-regex.ts';

export interface PagerLook {
  /** -N */
  readonly numbers?: boolean;
  /** -S */
  readonly chop?: boolean;
  /** -i, -I */
  readonly ignoreCase?: boolean;
}

export type PagerKey = string;

const ARROWS: Readonly<Record<string, string>> = {
  A: 'k',
  B: 'j',
  '5~': 'b',
  '6~': ' ',
  H: 'g',
  F: 'G',
  '1~': 'g',
  '4~': 'G',
};

/** Keys out of what a terminal sent: arrows and page keys become the letters that do the same. */
export const readKeys = (text: string): PagerKey[] =>
  (text.match(/\x1b(?:\[|O)[\d;]*[A-Za-z~]|./gs) ?? []).map((key) => ARROWS[key.slice(2)] ?? key);

export class PagerView {
  readonly #text: readonly string[];
  readonly #name: string;
  #rows: readonly string[] = [];
  #top = 0;
  #columns = 0;
  #height = 1;
  /** What is typed after '/', while it is. */
  #typing: string | undefined;
  /** What is typed searches backwards; so does what was searched last. */
  #backwards = false;
  #pattern = '';
  #regex: RegexMatcher | undefined;
  readonly #look: PagerLook;
  #message = '';

  constructor(text: string, name: string, look: PagerLook = {}) {
    this.#look = look;
    // Nothing in a file may steer the terminal, colours apart.
    const safe = text
      .replace(/\x1b(?!\[[\d;]*m)/g, '^[')
      .replace(
        /[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f]/g,
        (c) => `^${String.fromCharCode((c.charCodeAt(0) + 64) & 0x7f)}`,
      );
    this.#text = safe.replace(/\n$/, '').split('\n');
    this.#name = name;
  }

  /** The whole screen, as text with control sequences. */
  draw(columns: number, rows: number): string {
    if (columns !== this.#columns) {
      this.#rows = this.#text.flatMap((line, at) => this.#rowsOf(line, at, columns));
      this.#columns = columns;
    }
    this.#height = Math.max(1, rows - 1);
    this.#top = Math.max(0, Math.min(this.#top, this.#rows.length - this.#height));
    const shown = this.#rows.slice(this.#top, this.#top + this.#height);
    const filled = [...shown, ...new Array<string>(this.#height - shown.length).fill('~')];
    return `\x1b[H\x1b[2J${filled.map((line) => `${line}\r\n`).join('')}${this.#prompt()}`;
  }

  /** All of the text is on one screen (-F). */
  fits(columns: number, rows: number): boolean {
    return this.#text.reduce((sum, line) => sum + fold(line, columns).length, 0) < rows;
  }

  #rowsOf(line: string, at: number, columns: number): string[] {
    const { numbers, chop } = this.#look;
    const head = numbers ? `${String(at + 1).padStart(7)} ` : '';
    const rows = fold(line, columns - head.length);
    return (chop ? rows.slice(0, 1) : rows).map((row, n) => (n === 0 ? head : ' '.repeat(head.length)) + row);
  }

  press(key: PagerKey): 'quit' | undefined {
    this.#message = '';
    if (this.#typing !== undefined) {
      this.#type(key);
      return undefined;
    }
    if (key === 'q' || key === 'Q' || key === '\x03') return 'quit';
    if (key === '/' || key === '?') {
      this.#typing = '';
      this.#backwards = key === '?';
    } else if (key === 'n') this.#search(this.#backwards ? -1 : 1);
    else if (key === 'N') this.#search(this.#backwards ? 1 : -1);
    else this.#top = Math.max(0, MOVES[key]?.(this.#top, this.#height, this.#rows.length) ?? this.#top);
    return undefined;
  }

  #type(key: string): void {
    if (key === '\r' || key === '\n') {
      this.#pattern = this.#typing || this.#pattern;
      this.#typing = undefined;
      this.#search(this.#backwards ? -1 : 1);
    } else if (key === '\x1b' || key === '\x03') this.#typing = undefined;
    else if (key === '\x7f') this.#typing = this.#typing?.slice(0, -1);
    else this.#typing += key;
  }

  #search(step: 1 | -1): void {
    try {
      this.#regex = compileRegex(this.#pattern, {
        extended: true,
        utf8: true,
        ignoreCase: this.#look.ignoreCase ?? false,
      });
    } catch {
      this.#message = 'Invalid pattern';
      return;
    }
    for (let at = this.#top + step; at >= 0 && at < this.#rows.length; at += step) {
      if (!this.#regex.test(this.#rows[at] ?? '')) continue;
      this.#top = at;
      return;
    }
    this.#message = 'Pattern not found';
  }

  #prompt(): string {
    if (this.#typing !== undefined) return `${this.#backwards ? '?' : '/'}${this.#typing}`;
    const atEnd = this.#top + this.#height >= this.#rows.length;
    const text = this.#message || (atEnd ? '(END)' : this.#top === 0 && this.#name !== '' ? this.#name : ':');
    return text === ':' ? text : `\x1b[7m${text}\x1b[27m`;
  }
}

const MOVES: Readonly<Record<string, (top: number, height: number, rows: number) => number>> = {
  ' ': (top, height) => top + height,
  f: (top, height) => top + height,
  b: (top, height) => top - height,
  j: (top) => top + 1,
  e: (top) => top + 1,
  '\r': (top) => top + 1,
  '\n': (top) => top + 1,
  k: (top) => top - 1,
  y: (top) => top - 1,
  d: (top, height) => top + Math.floor(height / 2),
  u: (top, height) => top - Math.floor(height / 2),
  g: () => 0,
  '<': () => 0,
  G: (_top, height, rows) => rows - height,
  '>': (_top, height, rows) => rows - height,
};

const fold = (line: string, columns: number): string[] => {
  if (displayWidth(line) <= columns) return [line.replaceAll('\t', '        ')];
  const rows: string[] = [];
  let row = '';
  let width = 0;
  for (const character of line.replaceAll('\t', '        ')) {
    const wide = displayWidth(character);
    if (width + wide > columns) {
      rows.push(row);
      row = '';
      width = 0;
    }
    row += character;
    width += wide;
  }
  return [...rows, row];
};
