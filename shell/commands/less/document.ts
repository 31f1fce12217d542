// A text as rows of a screen: tabs opened, control characters made visible, long lines folded or cut, matches marked.

import { displayWidth } from '../display-width.ts';
import type { RegexMatcher } from '../posix-regex.ts';

export interface Look {
  /** -N */
  readonly numbers: boolean;
  /** -S */
  readonly chop: boolean;
  /** -R: colours are let through. */
  readonly colours: boolean;
  /** -s: several empty lines in a row are one. */
  readonly squeeze: boolean;
  /** How many columns the text is moved to the left. */
  readonly shift: number;
}

/** A part of a line that takes one row; offsets into the cells of the line. */
export interface Row {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  /** More of the line is cut off behind it. */
  readonly cut: boolean;
}

/** What one character is on the screen. */
interface Cell {
  readonly shown: string;
  readonly width: number;
  /** Offset of the character in the line. */
  readonly at: number;
  /** A control character, in reverse. */
  readonly control: boolean;
}

const NUMBER_WIDTH = 8;

export class Document {
  readonly lines: readonly string[];
  readonly look: Look;
  readonly rows: readonly Row[];
  readonly #cells = new Map<number, readonly Cell[]>();

  /** `keeps` says which lines are shown at all (&). */
  constructor(
    lines: readonly string[],
    columns: number,
    look: Look,
    keeps: (line: string) => boolean = () => true,
  ) {
    this.lines = lines;
    this.look = look;
    const width = Math.max(1, columns - (look.numbers ? NUMBER_WIDTH : 0));
    this.rows = lines.flatMap((line, at) => {
      const isRepeated = look.squeeze && line === '' && lines[at - 1] === '';
      return keeps(line) && !isRepeated ? this.#fold(at, width) : [];
    });
  }

  #fold(line: number, width: number): Row[] {
    const text = this.lines[line] as string;
    const { chop, shift } = this.look;
    if (shift === 0 && text.length <= width && /^[\x20-\x7e]*$/.test(text))
      return [{ line, from: 0, to: text.length, cut: false }];
    const cells = this.#cellsOf(line);
    const rows: Row[] = [];
    let from = Math.min(shift, cells.length);
    do {
      let to = from;
      let used = 0;
      while (to < cells.length && used + (cells[to] as Cell).width <= width)
        used += (cells[to++] as Cell).width;
      rows.push({ line, from, to, cut: to < cells.length });
      from = Math.max(to, from + 1);
    } while (from < cells.length && !chop && shift === 0);
    return rows;
  }

  #cellsOf(line: number): readonly Cell[] {
    const known = this.#cells.get(line);
    if (known !== undefined) return known;
    const cells = cellsOf(this.lines[line] as string, this.look.colours);
    if (this.#cells.size > 2000) this.#cells.clear();
    this.#cells.set(line, cells);
    return cells;
  }

  /** The row as it is written; what `marked` matches in its line is in reverse. */
  text(row: Row, marked: RegexMatcher | undefined): string {
    const text = this.lines[row.line] as string;
    const { numbers, chop, shift } = this.look;
    const head = numbers ? `${String(row.line + 1).padStart(NUMBER_WIDTH - 1)} ` : '';
    const matches = marked === undefined ? [] : matchesIn(text, marked);
    const isMarked = (at: number): boolean => matches.some(([start, end]) => at >= start && at < end);
    const cells = this.#cellsOf(row.line);
    const isCut = row.cut && (chop || shift > 0);
    let out = '';
    let reverse = false;
    for (let at = row.from; at < (isCut ? row.to - 1 : row.to); at++) {
      const cell = cells[at] as Cell;
      const wanted = cell.width > 0 && (cell.control || isMarked(cell.at));
      if (wanted !== reverse) out += wanted ? REVERSE : UPRIGHT;
      reverse = wanted;
      out += cell.shown;
    }
    if (reverse) out += UPRIGHT;
    if (isCut) out += `${REVERSE}>${UPRIGHT}`;
    return `${head}${out}${this.look.colours && out.includes('\x1b[') ? '\x1b[m' : ''}`;
  }
}

const REVERSE = '\x1b[7m';
const UPRIGHT = '\x1b[27m';

function matchesIn(text: string, regex: RegexMatcher): [number, number][] {
  const found: [number, number][] = [];
  for (let from = 0; from <= text.length; ) {
    const match = regex.find(text, from);
    if (match === undefined) break;
    found.push([match.start, match.end]);
    from = Math.max(match.end, match.start + 1);
  }
  return found;
}

function cellsOf(line: string, colours: boolean): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  const add = (shown: string, width: number, at: number, control = false): void => {
    cells.push({ shown, width, at, control });
    column += width;
  };
  for (const { index, 0: text } of line.matchAll(colours ? /\x1b\[[\d;]*[mK]|./gsu : /./gsu)) {
    if (text.length > 1 && text.startsWith('\x1b')) add(text.endsWith('m') ? text : '', 0, index);
    else if (text === '\t') {
      for (let blank = 8 - (column % 8); blank > 0; blank--) add(' ', 1, index);
    } else if (/[\x00-\x1f\x7f]/.test(text)) {
      for (const char of visible(text)) add(char, 1, index, true);
    } else if (/[\udc80-\udcff]/.test(text)) {
      for (const char of `<${((text.charCodeAt(0) - 0xdc00) & 0xff).toString(16).toUpperCase()}>`)
        add(char, 1, index, true);
    } else add(text, displayWidth(text), index);
  }
  return cells;
}

const visible = (char: string): string =>
  char === '\x1b' ? 'ESC' : char === '\x7f' ? '^?' : `^${String.fromCharCode(char.charCodeAt(0) + 64)}`;
