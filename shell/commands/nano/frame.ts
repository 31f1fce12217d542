// nano's screen: a title, the text, a line for messages and questions, two lines of help.

import type { Frame } from '../full-screen.ts';
import { inOrder, type Position } from '../vi/position.ts';
import { cellWidth, displayColumn, lineAt, rightOf } from '../vi/text.ts';
import { helpRows } from './menus.ts';
import type { Nano, Prompt } from './state.ts';

const INVERSE = '\x1b[7m';
const PLAIN = '\x1b[27m';
const TAB = 8;

const questionOf = (nano: Nano, { kind, path }: Prompt): string => {
  if (kind === 'overwrite?') return `File "${path}" exists; OVERWRITE? `;
  return kind === 'search' || kind === 'replace' ? searchQuestion(nano, kind) : QUESTIONS[kind];
};

const QUESTIONS: Readonly<Record<Exclude<Prompt['kind'], 'search' | 'replace' | 'overwrite?'>, string>> = {
  write: 'File Name to Write: ',
  line: 'Enter line number, column number: ',
  'insert-file': 'File to insert [from ./]: ',
  'save?': 'Save modified buffer? ',
  'different?': 'Save file under DIFFERENT NAME? ',
  'replace-with': 'Replace with: ',
  'replace?': 'Replace this instance?',
};

const searchQuestion = ({ flags, searched }: Nano, kind: 'search' | 'replace'): string =>
  [
    'Search',
    flags.exact ? ' [Case Sensitive]' : '',
    flags.regexp ? ' [Regexp]' : '',
    flags.backwards ? ' [Backwards]' : '',
    kind === 'replace' ? ' (to replace)' : '',
    searched === '' ? '' : ` [${searched}]`,
    ': ',
  ].join('');

/** The window follows the cursor: by as few rows as it takes, or so that it stands where it was wanted. */
export const fitNano = (nano: Nano, rows: number): Nano => {
  const height = Math.max(1, rows - 4);
  const { row } = nano.cursor;
  const fitted: Nano = { ...nano, height, view: 'near' };
  if (row >= nano.top && row < nano.top + height) return fitted;
  const near = row < nano.top ? 0 : height - 1;
  const at = nano.view === 'near' ? near : nano.view === 'centre' ? Math.floor(height / 2) : nano.view.row;
  return { ...fitted, top: Math.max(0, row - at) };
};

/** The part of the text that is shown inverse: what is marked, or what would be replaced. */
const marked = ({ cursor, mark, replacing }: Nano): readonly [Position, Position] | undefined => {
  if (replacing !== undefined) return [cursor, { row: cursor.row, col: cursor.col + replacing.length }];
  return mark === undefined ? undefined : inOrder(mark, cursor);
};

/** The columns [from, to) of a row that are in it. */
const markedIn = (
  row: number,
  range: readonly [Position, Position] | undefined,
): readonly [number, number] => {
  if (range === undefined || row < range[0].row || row > range[1].row) return [0, 0];
  const to = row === range[1].row ? range[1].col : Number.POSITIVE_INFINITY;
  return [row === range[0].row ? range[0].col : 0, to];
};

/** A long line is shown from the page on that the cursor is in. */
const pageStart = (column: number, columns: number): number => {
  if (column === 0 || column + 2 < columns) return 0;
  return columns > 8 ? column - 6 - ((column - 6) % (columns - 8)) : column - (columns - 2);
};

export const nanoFrame = (nano: Nano, columns: number, rows: number): Frame => {
  const line = lineAt(nano.lines, nano.cursor.row);
  const column = displayColumn(line, nano.cursor.col, TAB);
  const shift = pageStart(column, columns);
  const range = marked(nano);
  const text = Array.from({ length: nano.height }, (_, at) => {
    const row = nano.top + at;
    return textRow(
      lineAt(nano.lines, row),
      row === nano.cursor.row ? shift : 0,
      columns,
      markedIn(row, range),
    );
  });
  const asked = nano.prompt;
  const question = asked === undefined ? '' : questionOf(nano, asked) + asked.text;
  const status =
    asked === undefined
      ? messageRow(nano.message, columns)
      : `${INVERSE}${question.slice(0, columns).padEnd(columns)}${PLAIN}`;
  return {
    rows: [title(nano, columns), ...text, status, ...helpRows(asked, columns)].slice(0, rows),
    cursor:
      asked === undefined
        ? { row: 1 + nano.cursor.row - nano.top, col: column - shift }
        : { row: rows - 3, col: Math.min(question.length, columns - 1) },
  };
};

const NAME = 'GNU nano 7.2';

/** The file's name in the middle of what program and state leave; there is always room kept for "Modified". */
const title = ({ file, lines, saved, readonly }: Nano, columns: number): string => {
  const name = file || 'New Buffer';
  const state = readonly ? 'View' : lines === saved ? '' : 'Modified';
  const right = state === '' ? 'Modified'.length + 3 : state.length + 2;
  const width = name.length + (state === '' ? 0 : 1);
  const whole = NAME.length + 3 + width + right <= columns;
  const left = whole ? NAME.length + 3 : 2;
  const start = left + Math.max(0, Math.floor((columns - left - right - width) / 2));
  const row = `${(whole ? `  ${NAME}` : '').padEnd(start)}${name}`;
  const end = columns - state.length - 2;
  return `${INVERSE}${row.slice(0, end).padEnd(end)}${state.padEnd(state.length + 2)}${PLAIN}`;
};

const textRow = (
  line: string,
  shift: number,
  columns: number,
  [from, to]: readonly [number, number],
): string => {
  // Where text goes on to the left or to the right, a sign takes one column; so does half of a wide letter.
  const start = shift > 0 ? shift + 1 : 0;
  const isLong = displayColumn(line, line.length, TAB) > shift + columns;
  const end = shift + columns - (isLong ? 1 : 0);
  let out = '';
  let column = 0;
  for (let at = 0; at < line.length && column < end; at = rightOf(line, at)) {
    const cells = cellWidth(line, at, column, TAB);
    const shown = Math.min(column + cells, end) - Math.max(column, start);
    const half = column < start ? ']' : '[';
    const isWhole = shown === cells || line[at] === '\t';
    const text = shown <= 0 && cells > 0 ? '' : isWhole ? cellText(line, at, shown) : half;
    out += at >= from && at < to ? `${INVERSE}${text}${PLAIN}` : text;
    column += cells;
  }
  const more = isLong ? `${INVERSE}>${PLAIN}` : '';
  return `${shift > 0 ? `${INVERSE}<${PLAIN}` : ''}${out}${more}`;
};

const cellText = (line: string, at: number, cells: number): string => {
  const code = line.codePointAt(at) ?? 0;
  if (code === 9) return ' '.repeat(cells);
  if (code < 32 || code === 127) return `^${String.fromCharCode(code ^ 64)}`;
  return code >= 0xdc80 && code <= 0xdcff ? '\ufffd'.padEnd(cells) : String.fromCodePoint(code);
};

const messageRow = (message: string, columns: number): string => {
  if (message === '') return '';
  const text = `[ ${message} ]`.slice(0, columns);
  return `${' '.repeat(Math.floor((columns - text.length) / 2))}${INVERSE}${text}${PLAIN}`;
};
