// Draws prompt, line and suggestion with few bytes: of what the screen shows already, only what differs is drawn again.

import type { Styles } from './highlight.ts';
import { advance, type Place, visible, withoutEscapes, withoutTabs } from './layout.ts';
import { after, before } from './line.ts';

export interface View {
  prompt: string;
  text: string;
  cursor: number;
  /** How each code unit of the text looks; left out: plain. */
  styles?: Styles;
  /** Shown dimly behind the text. */
  suggestion?: string;
}

interface Shown {
  readonly prompt: string;
  /** Text and suggestion. */
  readonly display: string;
  readonly styles: Styles;
  readonly columns: number;
  readonly place: Place;
}

const DIM = '2';

export class Renderer {
  #shown: Shown | undefined;

  /** What to write so that the screen shows `view`; the first time, at the left edge. */
  draw(seen: View, columns: number): string {
    const last = this.#shown;
    const start = advance(withoutEscapes(seen.prompt), { row: 0, column: 0 }, columns);
    const view = seen.text.includes('\t') ? tabsOpened(seen, start, columns) : seen;
    const place = advance(visible(view.text.slice(0, view.cursor)), start, columns);
    const hint = fitting(view.suggestion ?? '', advance(visible(view.text), start, columns), columns);
    const styles = hint === '' ? (view.styles ?? []) : stylesWithHint(view, hint);
    const now: Shown = { prompt: view.prompt, display: view.text + hint, styles, columns, place };
    this.#shown = now;
    const keeps = last !== undefined && last.prompt === now.prompt && last.columns === columns;
    return keeps ? change(last, now, start) : redraw(last, now, start);
  }

  /** What to write when the line is done: the cursor behind its end, on a new line. */
  finish(columns: number, { interrupted = false } = {}): string {
    const shown = this.#shown;
    this.#shown = undefined;
    if (shown === undefined) return '\n';
    const start = advance(withoutEscapes(shown.prompt), { row: 0, column: 0 }, columns);
    const end = placeOf(shown, shown.display.length, start);
    const isWrapped = end.column === 0 && end.row > 0 && shown.display !== '';
    // bash leaves a row free below a line that is interrupted further up.
    const spare = interrupted && shown.place.row < end.row ? '\n' : '';
    return `${moved(shown.place, end)}${isWrapped ? '' : '\n'}${spare}`;
  }

  /** Forgets what is on the screen: the next draw starts afresh. */
  forget(): void {
    this.#shown = undefined;
  }
}

function tabsOpened(view: View, start: Place, columns: number): View {
  const { text, at } = withoutTabs(view.text, start, columns);
  const styles: string[] = [];
  for (const [i, style] of view.styles?.entries() ?? [])
    for (let cell = at[i] ?? 0; cell < (at[i + 1] ?? 0); cell++) styles[cell] = style;
  return { ...view, text, cursor: at[view.cursor] ?? text.length, styles };
}

/** As much of a suggestion as its row holds. */
function fitting(suggestion: string, { row, column }: Place, columns: number): string {
  if (suggestion === '') return '';
  const line = (suggestion.split('\n', 1)[0] as string).slice(0, columns);
  for (let end = line.length; end > 0; end = before(line, end)) {
    if (advance(visible(line.slice(0, end)), { row, column }, columns).row === row) return line.slice(0, end);
  }
  return '';
}

const stylesWithHint = ({ text, styles = [] }: View, hint: string): Styles => [
  ...Array.from({ length: text.length }, (_, at) => styles[at] ?? ''),
  ...Array.from({ length: hint.length }, () => DIM),
];

const placeOf = ({ display, columns }: Shown, at: number, start: Place): Place =>
  advance(visible(display.slice(0, at)), start, columns);

function redraw(last: Shown | undefined, now: Shown, start: Place): string {
  const home = last === undefined ? '' : `\r${up(last.place.row)}`;
  // What an earlier, longer line left behind goes with each newline, and below the end.
  const body = `${now.prompt}${painted(now, 0, now.display.length)}`;
  const cleared = last === undefined ? body : body.replaceAll('\n', '\x1b[K\n');
  const end = placeOf(now, now.display.length, start);
  return `${home}${cleared}${wrapped(end, now.prompt + now.display)}${last === undefined ? '' : '\x1b[J'}${moved(end, now.place)}`;
}

/** Only what differs. */
function change(last: Shown, now: Shown, start: Place): string {
  const from = firstDifference(last, now);
  if (from === undefined) return moved(last.place, now.place);
  const isRestyled = last.display === now.display;
  let to = isRestyled ? lastDifference(last, now) : now.display.length;
  // A terminal wraps only when the next character comes.
  while (to < now.display.length && placeOf(now, to, start).column === 0) to = after(now.display, to);
  const end = placeOf(now, to, start);
  const body = painted(now, from, to).replaceAll('\n', '\x1b[K\n');
  const erases = !isRestyled && last.display.length > from;
  return `${moved(last.place, placeOf(now, from, start))}${body}${wrapped(end, now.display.slice(from, to))}${erases && leavesSomething(last, now, start) ? '\x1b[J' : ''}${moved(end, now.place)}`;
}

/** Whether the screen still has something of the former line behind the end of this one. */
function leavesSomething(last: Shown, now: Shown, start: Place): boolean {
  const [before, end] = [last, now].map((shown) => placeOf(shown, shown.display.length, start)) as [
    Place,
    Place,
  ];
  const covers = end.row > before.row || (end.row === before.row && end.column >= before.column);
  return !covers || !/^[\x20-\x7e]*$/.test(last.display + now.display);
}

/** Where two lines begin to differ, back to a place where a character begins. */
function firstDifference(last: Shown, now: Shown): number | undefined {
  const [a, b] = [last.display, now.display];
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at] && styleAt(last, at) === styleAt(now, at)) at++;
  if (at === a.length && at === b.length) return undefined;
  return at === 0 || after(b, before(b, at)) === at ? at : before(b, at);
}

function lastDifference(last: Shown, now: Shown): number {
  let at = now.display.length;
  while (at > 0 && styleAt(last, at - 1) === styleAt(now, at - 1)) at--;
  return at === 0 ? 0 : after(now.display, before(now.display, at));
}

const styleAt = ({ styles }: Shown, at: number): string => styles[at] ?? '';

function painted(shown: Shown, from: number, to: number): string {
  let out = '';
  for (let at = from; at < to; ) {
    const style = styleAt(shown, at);
    const start = at;
    while (at < to && styleAt(shown, at) === style) at++;
    const text = visible(shown.display.slice(start, at));
    out += style === '' ? text : `\x1b[${style}m${text}\x1b[m`;
  }
  return out;
}

// A blank brings the cursor to where it is counted to be: a full row is left only with the next character.
const wrapped = (place: Place, text: string): string =>
  place.column === 0 && text !== '' && !text.endsWith('\n') ? ' \r' : '';

const up = (rows: number): string => (rows > 0 ? `\x1b[${rows}A` : '');

function moved(from: Place, to: Place): string {
  const rows =
    to.row < from.row ? `\x1b[${from.row - to.row}A` : to.row > from.row ? `\x1b[${to.row - from.row}B` : '';
  if (to.column === from.column) return rows;
  const back = from.column - to.column;
  return rows + (back > 0 ? (back <= 3 ? '\b'.repeat(back) : `\x1b[${back}D`) : `\x1b[${-back}C`);
}
