// nano's screen: a title, the text, a line for messages and questions, two lines of help.

import type { Frame } from '../full-screen.ts';
import { cellWidth, displayColumn, lineAt, rightOf } from '../vi/text.ts';
import type { Nano, Prompt } from './state.ts';

const INVERSE = '\x1b[7m';
const PLAIN = '\x1b[27m';
const TAB = 8;

const HELP: readonly (readonly [key: string, words: string])[][] = [
  [
    ['^G', 'Help'],
    ['^O', 'Write Out'],
    ['^W', 'Where Is'],
    ['^K', 'Cut'],
    ['^C', 'Location'],
    ['M-U', 'Undo'],
  ],
  [
    ['^X', 'Exit'],
    ['^R', 'Read File'],
    ['^\\', 'Replace'],
    ['^U', 'Paste'],
    ['^/', 'Go To Line'],
    ['M-E', 'Redo'],
  ],
];
const SAVE_HELP: readonly (readonly [key: string, words: string])[][] = [
  [[' Y', 'Yes']],
  [
    [' N', 'No'],
    ['^C', 'Cancel'],
  ],
];
const PROMPT_HELP: readonly (readonly [key: string, words: string])[][] = [[['^C', 'Cancel']], []];

const QUESTIONS: Readonly<Record<Prompt['kind'], string>> = {
  write: 'File Name to Write: ',
  search: 'Search',
  line: 'Enter line number, column number: ',
  'insert-file': 'File to insert: ',
  'save?': 'Save modified buffer? ',
  replace: 'Search (to replace): ',
  'replace-with': 'Replace with: ',
};

const questionOf = (nano: Nano, { kind }: Prompt): string =>
  kind === 'search' ? `Search${nano.searched === '' ? '' : ` [${nano.searched}]`}: ` : QUESTIONS[kind];

export const fitNano = (nano: Nano, rows: number): Nano => {
  const height = Math.max(1, rows - 4);
  const { row } = nano.cursor;
  if (row >= nano.top && row < nano.top + height) return { ...nano, height };
  return { ...nano, height, top: Math.max(0, row - Math.floor(height / 2)) };
};

export const nanoFrame = (nano: Nano, columns: number, rows: number): Frame => {
  const line = lineAt(nano.lines, nano.cursor.row);
  const column = displayColumn(line, nano.cursor.col, TAB);
  // A long line is shown from where the cursor is in it.
  const page = Math.max(1, columns - 8);
  const shift = column < columns - 1 ? 0 : Math.floor(column / page) * page;
  const text = Array.from({ length: nano.height }, (_, at) => {
    const row = nano.top + at;
    return textRow(lineAt(nano.lines, row), row === nano.cursor.row ? shift : 0, columns);
  });
  const asked = nano.prompt;
  const question = asked === undefined ? '' : questionOf(nano, asked) + asked.text;
  const status =
    asked === undefined
      ? messageRow(nano.message, columns)
      : `${INVERSE}${question.slice(0, columns).padEnd(columns)}${PLAIN}`;
  const help = asked === undefined ? HELP : asked.kind === 'save?' ? SAVE_HELP : PROMPT_HELP;
  return {
    rows: [title(nano, columns), ...text, status, ...help.map((entries) => helpRow(entries, columns))].slice(
      0,
      rows,
    ),
    cursor:
      asked === undefined
        ? { row: 1 + nano.cursor.row - nano.top, col: column - shift }
        : { row: rows - 3, col: Math.min(question.length, columns - 1) },
  };
};

const title = ({ file, lines, saved, readonly }: Nano, columns: number): string => {
  const name = file || 'New Buffer';
  const state = lines === saved ? (readonly ? 'View' : '') : 'Modified';
  const left = '  GNU nano 7.2';
  const start = Math.max(left.length + 2, Math.floor((columns - name.length) / 2));
  const row = `${left.padEnd(start)}${name}`.slice(0, columns - 9).padEnd(columns - 9) + state.padEnd(9);
  return `${INVERSE}${row}${PLAIN}`;
};

const textRow = (line: string, shift: number, columns: number): string => {
  let out = '';
  let column = 0;
  for (let at = 0; at < line.length; at = rightOf(line, at)) {
    const cells = cellWidth(line, at, column, TAB);
    if (column >= shift && column + cells <= shift + columns) out += cellText(line, at, cells);
    column += cells;
  }
  if (shift > 0) out = `${INVERSE}<${PLAIN}${out.slice(1)}`;
  return column > shift + columns ? `${out.slice(0, -1)}${INVERSE}>${PLAIN}` : out;
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

const helpRow = (entries: readonly (readonly [string, string])[], columns: number): string => {
  const width = Math.max(10, Math.floor(columns / 6));
  const shown = entries.slice(0, Math.max(1, Math.floor(columns / width)));
  return shown
    .map(
      ([key, words]) =>
        `${INVERSE}${key}${PLAIN} ${words.slice(0, width - key.length - 1).padEnd(width - key.length - 1)}`,
    )
    .join('');
};
