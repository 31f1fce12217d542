// Commands of normal mode that are neither motions nor operators.

import { runEx } from './ex.ts';
import { beginInsert, openLine } from './insert.ts';
import { wantOf } from './motions.ts';
import { change, deleteRange, swapCase } from './operators.ts';
import type { Command } from './parse.ts';
import { joinRows, putRegister } from './put.ts';
import { readRegister, yankInto } from './registers.ts';
import { SCROLLS } from './scroll.ts';
import { failure, type Vi } from './state.ts';
import { firstNonBlank, lineAt, rightOf, splice, within } from './text.ts';
import { redo, undo } from './undo.ts';

type Action = (vi: Vi, command: Command) => Vi;

const settled = (vi: Vi): Vi => ({ ...vi, want: wantOf(vi, vi.cursor) });

/** Deletes or changes from the cursor over some characters of the line. */
const inLine =
  (
    range: (line: string, col: number, count: number) => readonly [number, number],
    edit = deleteRange,
    onEmpty = false,
  ): Action =>
  (vi, { count, register }) => {
    const { row, col } = vi.cursor;
    const line = lineAt(vi.lines, row);
    const [start, end] = range(line, col, count ?? 1);
    if (start === end && !onEmpty) return failure(vi);
    const chosen = { start: { row, col: start }, end: { row, col: end }, linewise: false };
    return settled(edit(vi, chosen, { register, times: 1 }));
  };

const ahead = (line: string, col: number, count: number): readonly [number, number] => {
  let end = col;
  for (let n = 0; n < count && end < line.length; n++) end = rightOf(line, end);
  return [col, end];
};

/** D, C: to the end of the line, and of the lines below with a count. */
const toEnd =
  (edit: typeof deleteRange): Action =>
  (vi, { count, register }) => {
    const row = Math.min(vi.cursor.row + (count ?? 1), vi.lines.length) - 1;
    const end = { row, col: lineAt(vi.lines, row).length };
    return settled(edit(vi, { start: vi.cursor, end, linewise: false }, { register, times: 1 }));
  };

const rowsFrom = ({ cursor, lines }: Vi, count: number | undefined) => ({
  start: { row: cursor.row, col: 0 },
  end: { row: Math.min(cursor.row + (count ?? 1), lines.length) - 1, col: 0 },
  linewise: true,
});

const put =
  (behind: boolean): Action =>
  (vi, { register, count }) => {
    const value = readRegister(vi, register);
    if (value === undefined) return failure(vi, `E353: Nothing in register ${register ?? '"'}`);
    return settled(putRegister(vi, value, behind, count ?? 1));
  };

const replaceCharacters: Action = (vi, { argument, count }) => {
  const { row, col } = vi.cursor;
  const line = lineAt(vi.lines, row);
  const [, end] = ahead(line, col, count ?? 1);
  if ([...line.slice(col)].length < (count ?? 1)) return failure(vi);
  if (argument === '\r') {
    const lines = splice(vi.lines, vi.cursor, { row, col: end }, ['', '']);
    return settled({ ...vi, lines, cursor: { row: row + 1, col: 0 } });
  }
  const lines = splice(vi.lines, vi.cursor, { row, col: end }, [argument.repeat(count ?? 1)]);
  return settled({ ...vi, lines, cursor: { row, col: col + argument.length * ((count ?? 1) - 1) } });
};

const tilde: Action = (vi, { count }) => {
  const { row, col } = vi.cursor;
  const line = lineAt(vi.lines, row);
  if (line === '') return failure(vi);
  const [, end] = ahead(line, col, count ?? 1);
  const lines = splice(vi.lines, vi.cursor, { row, col: end }, [swapCase(line.slice(col, end))]);
  return settled({ ...vi, lines, cursor: within(lines, { row, col: end }) });
};

/** Ctrl-A and Ctrl-X: the number at or after the cursor. */
const addTo =
  (sign: 1 | -1): Action =>
  (vi, { count }) => {
    const { row, col } = vi.cursor;
    const line = lineAt(vi.lines, row);
    const found = [...line.matchAll(/-?\d+/g)].find((match) => match.index + match[0].length > col);
    if (found === undefined) return failure(vi);
    const start = { row, col: found.index };
    const end = { row, col: found.index + found[0].length };
    const text = String(BigInt(found[0]) + BigInt(sign * (count ?? 1)));
    const lines = splice(vi.lines, start, end, [text]);
    return settled({ ...vi, lines, cursor: { row, col: start.col + text.length - 1 } });
  };

const visual =
  (mode: 'visual' | 'visual-line'): Action =>
  (vi) => ({ ...vi, mode, anchor: vi.cursor });

const commandLine = (vi: Vi, { count }: Command): Vi => ({
  ...vi,
  mode: 'command',
  commandLine: count === undefined ? '' : count === 1 ? '.' : `.,.+${count - 1}`,
});

const write =
  (quit: boolean): Action =>
  (vi) => ({
    ...vi,
    request:
      vi.lines === vi.saved && quit
        ? { kind: 'quit', status: 0 }
        : { kind: 'write', path: undefined, force: false, append: false, rows: undefined, quit },
  });

const status: Action = (vi) => {
  const percent = Math.floor((100 * (vi.cursor.row + 1)) / vi.lines.length);
  const modified = vi.lines === vi.saved ? '' : ' [Modified]';
  return {
    ...vi,
    message: {
      text: `"${vi.file || '[No Name]'}"${modified} ${vi.lines.length} line${vi.lines.length === 1 ? '' : 's'} --${percent}%--`,
      error: false,
    },
  };
};

const back: Action = (vi) => {
  const to = vi.marks["'"];
  return to === undefined
    ? failure(vi)
    : { ...vi, cursor: within(vi.lines, to), marks: { ...vi.marks, "'": vi.cursor } };
};

const reselect: Action = (vi) => {
  const [start, end] = [vi.marks['<'], vi.marks['>']];
  return start && end
    ? { ...vi, mode: 'visual', anchor: within(vi.lines, start), cursor: within(vi.lines, end) }
    : failure(vi);
};

export const ACTIONS: Readonly<Record<string, Action>> = {
  ...SCROLLS,
  x: inLine(ahead),
  X: inLine((_line, col, count) => [Math.max(0, col - count), col]),
  s: inLine(ahead, change, true),
  S: (vi, { count, register }) => change(vi, rowsFrom(vi, count), { register, times: 1 }),
  D: toEnd(deleteRange),
  C: toEnd(change),
  Y: (vi, { count, register }) => {
    const { start, end } = rowsFrom(vi, count);
    const lines = vi.lines.slice(start.row, end.row + 1);
    const told = lines.length > 2 ? { message: { text: `${lines.length} lines yanked`, error: false } } : {};
    return { ...yankInto(vi, register, { lines, linewise: true }), ...told };
  },
  p: put(true),
  P: put(false),
  J: (vi, { count }) => settled(joinRows(vi, count ?? 2, true)),
  gJ: (vi, { count }) => settled(joinRows(vi, count ?? 2, false)),
  r: replaceCharacters,
  '~': tilde,
  '\x01': addTo(1),
  '\x18': addTo(-1),
  i: (vi, { count }) => beginInsert(vi, 'i', count, vi.cursor),
  a: (vi, { count }) => {
    const line = lineAt(vi.lines, vi.cursor.row);
    const col = line === '' ? 0 : rightOf(line, vi.cursor.col);
    return beginInsert(vi, 'a', count, { row: vi.cursor.row, col });
  },
  I: (vi, { count }) => {
    const line = lineAt(vi.lines, vi.cursor.row);
    const col = line.trim() === '' ? line.length : firstNonBlank(line);
    return beginInsert(vi, 'I', count, { row: vi.cursor.row, col });
  },
  A: (vi, { count }) =>
    beginInsert(vi, 'A', count, { row: vi.cursor.row, col: lineAt(vi.lines, vi.cursor.row).length }),
  o: (vi, { count }) => openLine(vi, 'o', count),
  O: (vi, { count }) => openLine(vi, 'O', count),
  R: (vi, { count }) => ({ ...beginInsert(vi, 'R', count, vi.cursor), mode: 'replace' }),
  gi: (vi, { count }) => beginInsert(vi, 'i', count, within(vi.lines, vi.marks['^'] ?? vi.cursor, true)),
  u: undo,
  '\x12': redo,
  v: visual('visual'),
  V: visual('visual-line'),
  gv: reselect,
  ':': commandLine,
  m: (vi, { argument }) =>
    /[a-zA-Z'`<>[\]]/.test(argument)
      ? { ...vi, marks: { ...vi.marks, [argument === '`' ? "'" : argument]: vi.cursor } }
      : failure(vi),
  ZZ: write(true),
  ZQ: (vi) => ({ ...vi, request: { kind: 'quit', status: 0 } }),
  '\x07': status,
  '\x0c': (vi) => ({ ...vi, request: { kind: 'redraw' } }),
  '\x1a': (vi) => ({ ...vi, request: { kind: 'suspend' } }),
  '\x0f': back,
  '&': (vi) => runEx(vi, 's'),
  '\x1b': (vi) => vi,
  '\x03': (vi) => ({ ...vi, message: { text: 'Type  :qa  and press <Enter> to exit Vim', error: false } }),
  ga: (vi) => {
    const code = lineAt(vi.lines, vi.cursor.row).codePointAt(vi.cursor.col);
    if (code === undefined) return { ...vi, message: { text: 'NUL', error: false } };
    const hex = code.toString(16).padStart(2, '0');
    return {
      ...vi,
      message: {
        text: `<${String.fromCodePoint(code)}>  ${code},  Hex ${hex},  Oct ${code.toString(8).padStart(3, '0')}`,
        error: false,
      },
    };
  },
};
