// Draws prompt and line with few escape sequences: appended text as itself, all else by a redraw from the prompt on.

import { advance, type Place, visible, withoutEscapes } from './layout.ts';
import { after, before } from './line.ts';

export interface View {
  prompt: string;
  text: string;
  cursor: number;
}

export class Renderer {
  #shown: (View & { columns: number; place: Place }) | undefined;

  /** What to write so that the screen shows `view`; the first time, at the left edge. */
  draw(view: View, columns: number): string {
    const shown = this.#shown;
    const place = placeOf(view, view.cursor, columns);
    this.#shown = { ...view, columns, place };
    if (shown !== undefined && appends(shown, view, columns)) {
      const added = visible(view.text.slice(shown.text.length));
      return added + wrapped(place, added);
    }
    if (
      shown !== undefined &&
      shown.text === view.text &&
      shown.prompt === view.prompt &&
      shown.columns === columns
    )
      return moved(shown.place, place);
    const same =
      shown?.prompt === view.prompt && shown.columns === columns ? commonStart(shown.text, view.text) : 0;
    return shown !== undefined && same > 0
      ? redrawFrom(shown, view, same, columns)
      : redraw(shown, view, place, columns);
  }

  /** What to write when the line is done: the cursor behind its end, on a new line. */
  finish(columns: number): string {
    const shown = this.#shown;
    this.#shown = undefined;
    if (shown === undefined) return '\n';
    const end = placeOf(shown, shown.text.length, columns);
    return `${moved(shown.place, end)}${end.column === 0 && end.row > 0 && shown.text !== '' && !shown.text.endsWith('\n') ? '' : '\n'}`;
  }

  /** Forgets what is on the screen: the next draw starts afresh. */
  forget(): void {
    this.#shown = undefined;
  }
}

function placeOf(view: View, cursor: number, columns: number): Place {
  const start = advance(withoutEscapes(view.prompt), { row: 0, column: 0 }, columns);
  return advance(visible(view.text.slice(0, cursor)), start, columns);
}

function appends(shown: View & { columns: number }, view: View, columns: number): boolean {
  return (
    shown.columns === columns &&
    shown.prompt === view.prompt &&
    shown.cursor === shown.text.length &&
    view.cursor === view.text.length &&
    view.text.length > shown.text.length &&
    view.text.startsWith(shown.text)
  );
}

// A terminal wraps only when the next character comes: a blank brings the cursor to where it is counted to be.
const wrapped = (place: Place, text: string): string =>
  place.column === 0 && text !== '' && !text.endsWith('\n') ? ' \r' : '';

function redraw(shown: { place: Place } | undefined, view: View, place: Place, columns: number): string {
  const start = shown === undefined ? '' : `\r${up(shown.place.row)}`;
  // What an earlier, longer line left behind goes with each newline, and below the end.
  const body = (view.prompt + visible(view.text)).replaceAll('\n', shown === undefined ? '\n' : '\x1b[K\n');
  const end = placeOf(view, view.text.length, columns);
  return `${start}${body}${wrapped(end, body)}${shown === undefined ? '' : '\x1b[J'}${moved(end, place)}`;
}

/** How far two texts agree, back to a place where a character begins. */
function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length === 0 ? 0 : after(b, before(b, length)) === length ? length : before(b, length);
}

/** Only what follows the part that stays. */
function redrawFrom(shown: { place: Place }, view: View, from: number, columns: number): string {
  const start = placeOf(view, from, columns);
  const rest = visible(view.text.slice(from)).replaceAll('\n', '\x1b[K\n');
  const end = placeOf(view, view.text.length, columns);
  return `${moved(shown.place, start)}${rest}${wrapped(end, rest)}\x1b[J${moved(end, placeOf(view, view.cursor, columns))}`;
}

const up = (rows: number): string => (rows > 0 ? `\x1b[${rows}A` : '');

function moved(from: Place, to: Place): string {
  const rows =
    to.row < from.row ? `\x1b[${from.row - to.row}A` : to.row > from.row ? `\x1b[${to.row - from.row}B` : '';
  if (to.column === from.column) return rows;
  const back = from.column - to.column;
  return rows + (back > 0 ? (back <= 3 ? '\b'.repeat(back) : `\x1b[${back}D`) : `\x1b[${-back}C`);
}
