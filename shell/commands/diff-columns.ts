// diff -y: two files side by side, in columns that tabs line up.

import type { DiffSide } from './diff-format.ts';
import type { Hunk } from './diff-lines.ts';
import { displayWidth } from './display-width.ts';

export interface ColumnStyle {
  readonly width: number;
  readonly tab: number;
  readonly expand: boolean;
  /** Lines that are the same on both sides are shown on the left one only. */
  readonly leftOnly: boolean;
  readonly suppressCommon: boolean;
}

const GUTTER = 3;

export const columnForm = (a: DiffSide, b: DiffSide, hunks: readonly Hunk[], style: ColumnStyle): string => {
  const columns = new Columns(style);
  let text = '';
  const common = (from1: number, to1: number, from2: number): void => {
    for (let at = from1; at < to1 && !style.suppressCommon; at++) {
      const right = style.leftOnly ? undefined : lineAt(b, from2 + at - from1);
      text += columns.line(lineAt(a, at), style.leftOnly ? '(' : ' ', right);
    }
  };
  let [at1, at2] = [0, 0];
  for (const { from1, to1, from2, to2 } of hunks) {
    common(at1, from1, at2);
    const pairs = Math.min(to1 - from1, to2 - from2);
    for (let at = 0; at < pairs; at++)
      text += columns.line(lineAt(a, from1 + at), '|', lineAt(b, from2 + at));
    for (let at = from2 + pairs; at < to2; at++) text += columns.line(undefined, '>', lineAt(b, at));
    for (let at = from1 + pairs; at < to1; at++) text += columns.line(lineAt(a, at), '<', undefined);
    [at1, at2] = [to1, to2];
  }
  common(at1, a.lines.length, at2);
  return text;
};

/** A line with its newline, where it has one. */
const lineAt = (side: DiffSide, at: number): string =>
  `${side.lines[at]}${side.open && at === side.lines.length - 1 ? '' : '\n'}`;

class Columns {
  readonly #style: ColumnStyle;
  readonly #half: number;
  readonly #second: number;

  constructor(style: ColumnStyle) {
    this.#style = style;
    const unit = style.expand ? 1 : style.tab;
    const offset = Math.floor((style.width + unit + GUTTER) / (2 * unit)) * unit;
    this.#half = Math.max(0, Math.min(offset - GUTTER, style.width - offset));
    this.#second = this.#half > 0 ? offset : style.width;
  }

  line(left: string | undefined, mark: string, right: string | undefined): string {
    const ends = left?.endsWith('\n') ?? false;
    let [text, column] = left === undefined ? ['', 0] : this.#fit(left);
    if (mark !== ' ') {
      const place = Math.floor((this.#half + this.#second - 1) / 2);
      const uneven = mark === '|' && ends !== (right?.endsWith('\n') ?? false);
      text += this.#blank(column, place) + (uneven ? (ends ? '/' : '\\') : mark);
      column = place + 1;
    }
    if (right !== undefined && right !== '\n')
      text += this.#blank(column, this.#second) + this.#fit(right)[0];
    return ends || right?.endsWith('\n') ? `${text}\n` : text;
  }

  #blank(from: number, to: number): string {
    const { tab, expand } = this.#style;
    let text = '';
    let column = from;
    for (let stop = column + tab - (column % tab); !expand && stop <= to; stop += tab) {
      text += '\t';
      column = stop;
    }
    return text + ' '.repeat(Math.max(0, to - column));
  }

  /** As much of a line as has room, and how wide that is. */
  #fit(line: string): [string, number] {
    const { tab, expand } = this.#style;
    let [text, read, written] = ['', 0, 0];
    for (const character of Buffer.from(line.replace(/\n$/, ''), 'latin1').toString('utf8')) {
      if (character !== '\t') {
        read += displayWidth(character);
        if (read > this.#half) continue;
        written = read;
        text += character;
        continue;
      }
      const spaces = tab - (read % tab);
      const stop = written + spaces;
      if (read === written && expand) {
        const end = Math.min(stop, this.#half);
        text += ' '.repeat(Math.max(0, end - written));
        written = Math.max(written, end);
      } else if (read === written && stop < this.#half) {
        written = stop;
        text += '\t';
      }
      read += spaces;
    }
    return [Buffer.from(text, 'utf8').toString('latin1'), written];
  }
}
