// What vi shows: the text in its window, and the line below it.

import type { Frame } from '../full-screen.ts';
import { searchStart } from './parse.ts';
import { followCursor, heightOf } from './scroll.ts';
import { isVisual, type Vi } from './state.ts';
import { cellWidth, displayColumn, lineAt, NO_LINES, rightOf } from './text.ts';
import { selection } from './visual.ts';

const INVERSE = '\x1b[7m';
const PLAIN = '\x1b[27m';

/** How a status line looks, which differs between vim and busybox. */
export type StatusLine = (vi: Vi, columns: number) => string;

const gutterOf = ({ settings, lines }: Vi): number =>
  settings.number ? Math.max(3, String(lines.length).length) + 1 : 0;

/** The state with a window of this size, moved so that the cursor is in it. */
export const fitWindow = (vi: Vi, columns: number, rows: number): Vi => {
  const sized = { ...vi, height: Math.max(1, rows - 1), width: columns };
  const width = columns - gutterOf(vi);
  return followCursor(sized, (row) => heightOf(widthOf(vi, row), width));
};

const widthOf = ({ lines, settings }: Vi, row: number): number => {
  const line = lineAt(lines, row);
  return displayColumn(line, line.length, settings.tabstop);
};

export const frameOf = (vi: Vi, columns: number, rows: number, status: StatusLine): Frame => {
  const gutter = gutterOf(vi);
  const width = Math.max(1, columns - gutter);
  const shown: string[] = [];
  let cursor = { row: 0, col: 0 };
  for (let row = vi.top; row < vi.lines.length && shown.length < vi.height; row++) {
    const pieces = drawLine(vi, row, width);
    const fits = shown.length + pieces.length <= vi.height;
    if (row === vi.cursor.row) cursor = cursorIn(vi, shown.length, gutter, width);
    if (!fits && row !== vi.top) {
      while (shown.length < vi.height) shown.push('@');
      break;
    }
    for (const [at, piece] of pieces.entries()) shown.push(gutterText(row, at === 0, gutter) + piece);
  }
  while (shown.length < vi.height) shown.push('\x1b[1m\x1b[34m~\x1b[m');
  const bottom = status(vi, columns);
  const prompt = promptColumn(vi);
  const end = prompt === undefined ? cursor : { row: rows - 1, col: Math.min(prompt, columns - 1) };
  return overlay({ rows: [...shown.slice(0, vi.height), bottom], cursor: end }, vi, rows);
};

/** Messages of several lines cover the text's end and ask for a key. */
const overlay = (frame: Frame, { message }: Vi, rows: number): Frame => {
  if (!message.text.includes('\n')) return frame;
  const text = message.text.split('\n').slice(-(rows - 1));
  const kept = frame.rows.slice(0, Math.max(0, rows - 1 - text.length));
  const last = 'Press ENTER or type command to continue';
  return { rows: [...kept, ...text, `\x1b[32m${last}\x1b[m`], cursor: { row: rows - 1, col: last.length } };
};

const gutterText = (row: number, first: boolean, gutter: number): string => {
  if (gutter === 0) return '';
  return `\x1b[33m${first ? `${String(row + 1).padStart(gutter - 1)} ` : ' '.repeat(gutter)}\x1b[m`;
};

/** Past the end of a tab the cursor stands on its last column, as in vim outside of insert mode. */
const cursorIn = (vi: Vi, at: number, gutter: number, width: number): { row: number; col: number } => {
  const { row, col } = vi.cursor;
  const line = lineAt(vi.lines, row);
  const start = displayColumn(line, col, vi.settings.tabstop);
  const onTab = line[col] === '\t' && vi.mode !== 'insert' && vi.mode !== 'replace' && !vi.settings.list;
  const column = onTab ? start + cellWidth(line, col, start, vi.settings.tabstop) - 1 : start;
  return { row: Math.min(at + Math.floor(column / width), vi.height - 1), col: gutter + (column % width) };
};

const promptColumn = (vi: Vi): number | undefined => {
  if (vi.mode === 'command') return 1 + vi.commandLine.length;
  if (vi.mode === 'confirm') return undefined;
  const start = searchStart(vi.pending, isVisual(vi));
  return start < 0 ? undefined : vi.pending.length - start;
};

/** The rows of the screen that a line takes. */
const drawLine = (vi: Vi, row: number, width: number): string[] => {
  const line = lineAt(vi.lines, row);
  const [from, to] = marked(vi, row);
  const { tabstop, list } = vi.settings;
  const rows = [''];
  let column = 0;
  for (let at = 0; at < line.length; at = rightOf(line, at)) {
    const cells = cellWidth(line, at, column, tabstop);
    const text = cellText(line, at, cells, list);
    const inverse = at >= from && at < to;
    for (const piece of cells > 1 && text.length === cells ? text : [text]) {
      if (column > 0 && column % width === 0 && cells > 0) rows.push('');
      rows[rows.length - 1] += inverse ? INVERSE + piece + PLAIN : piece;
      column += text.length === cells ? piece.length : cells;
    }
  }
  if (list) rows[rows.length - 1] += '$';
  if (to > line.length && from <= line.length && column < width)
    rows[rows.length - 1] += `${INVERSE} ${PLAIN}`;
  return rows.map((text) => text.replaceAll(PLAIN + INVERSE, ''));
};

const cellText = (line: string, at: number, cells: number, list: boolean): string => {
  const code = line.codePointAt(at) ?? 0;
  if (code === 9) return list ? '^I'.padEnd(cells) : ' '.repeat(cells);
  if (code < 32 || code === 127) return `^${String.fromCharCode(code ^ 64)}`;
  if (code >= 0xdc80 && code <= 0xdcff) return `<${(code - 0xdc00).toString(16)}>`;
  return String.fromCodePoint(code);
};

/** The columns of a row that are drawn inverse: [from, to). */
const marked = (vi: Vi, row: number): readonly [number, number] => {
  if (vi.mode === 'confirm' && vi.confirmation?.match.start.row === row) {
    return [vi.confirmation.match.start.col, vi.confirmation.match.end];
  }
  if (!isVisual(vi)) return [0, 0];
  const { start, end, linewise } = selection(vi);
  if (row < start.row || row > end.row) return [0, 0];
  const whole = lineAt(vi.lines, row).length + 1;
  if (linewise) return [0, whole];
  const from = row === start.row ? start.col : 0;
  return [from, row === end.row ? end.col : whole];
};

const MODES: Readonly<Record<string, string>> = {
  insert: '-- INSERT --',
  replace: '-- REPLACE --',
  visual: '-- VISUAL --',
  'visual-line': '-- VISUAL LINE --',
};

const RULER = 18;
const PENDING = 10;

export const vimStatus: StatusLine = (vi, columns) => {
  if (vi.mode === 'command') return `:${vi.commandLine}`.slice(-columns + 1);
  if (vi.mode === 'confirm')
    return `replace with ${vi.confirmation?.replacement} (y/n/a/q/l/^E/^Y)?`.slice(0, columns);
  const start = searchStart(vi.pending, isVisual(vi));
  if (start >= 0)
    return vi.pending
      .slice(start)
      .join('')
      .slice(-columns + 1);
  const { text, style } = leftStatus(vi);
  const room = columns - RULER - PENDING - 1;
  const clipped = text.slice(0, columns - 1);
  const drawn = style === '' ? clipped : `${style}${clipped}\x1b[m`;
  if (!vi.settings.ruler || columns < 40 || clipped.length > room + PENDING) return drawn;
  const typed = clipped.length > room ? '' : visibleKeys(vi.pending).slice(-PENDING);
  const middle = `${' '.repeat(Math.max(0, columns - RULER - PENDING - clipped.length))}${typed.padEnd(PENDING)}`;
  return (
    drawn + (clipped.length > room ? ' '.repeat(columns - RULER - clipped.length) : middle) + rulerText(vi)
  );
};

const leftStatus = (vi: Vi): { text: string; style: string } => {
  const mode = vi.settings.showmode ? (MODES[vi.mode] ?? '') : '';
  const recording = vi.recording === undefined ? '' : `recording @${vi.recording.register}`;
  if (vi.message.text !== '' && !vi.message.text.includes('\n')) {
    return { text: vi.message.text, style: vi.message.error ? '\x1b[1m\x1b[37m\x1b[41m' : '' };
  }
  return { text: mode + recording, style: mode + recording === '' ? '' : '\x1b[1m' };
};

const visibleKeys = (keys: readonly string[]): string =>
  keys.map((key) => (key < ' ' ? `^${String.fromCharCode(key.charCodeAt(0) ^ 64)}` : key)).join('');

/** `LINE,COLUMN   PERCENT`: bytes, and display columns where they differ. */
const rulerText = (vi: Vi): string => {
  const { lines, cursor, top, height, settings } = vi;
  const line = lineAt(lines, cursor.row);
  const byte = Buffer.byteLength(line.slice(0, cursor.col)) + 1;
  const start = displayColumn(line, cursor.col, settings.tabstop);
  const inserting = vi.mode === 'insert' || vi.mode === 'replace';
  const column =
    line[cursor.col] === '\t' && !inserting
      ? start + cellWidth(line, cursor.col, start, settings.tabstop)
      : start + 1;
  const row = lines === NO_LINES ? 0 : cursor.row + 1;
  const col =
    line === ''
      ? lines === NO_LINES && inserting
        ? '1'
        : '0-1'
      : byte === column
        ? String(byte)
        : `${byte}-${column}`;
  const below = lines.length - top - height;
  const where =
    top === 0
      ? below <= 0
        ? 'All'
        : 'Top'
      : below <= 0
        ? 'Bot'
        : `${Math.floor((100 * top) / (top + below))}%`;
  return `${row},${col}`.padEnd(14) + where;
};

/** busybox tells the file's name and the line all the time. */
export const busyboxStatus: StatusLine = (vi, columns) => {
  if (vi.mode === 'command') return `:${vi.commandLine}`.slice(-columns + 1);
  const start = searchStart(vi.pending, isVisual(vi));
  if (start >= 0)
    return vi.pending
      .slice(start)
      .join('')
      .slice(-columns + 1);
  const { text, error } = vi.message;
  if (text !== '' && !text.includes('\n'))
    return error ? `${INVERSE}${text.slice(0, columns - 1)}${PLAIN}` : text.slice(0, columns - 1);
  const letter = { insert: 'I', replace: 'R' }[vi.mode as string] ?? '-';
  const total = vi.lines.length;
  const flags = (vi.settings.readonly ? ' [Readonly]' : '') + (vi.lines === vi.saved ? '' : ' [Modified]');
  const percent = Math.floor((100 * (vi.cursor.row + 1)) / total);
  return `${letter} ${vi.file || 'No file'}${flags} ${vi.cursor.row + 1}/${total} ${percent}%`.slice(
    0,
    columns - 1,
  );
};
