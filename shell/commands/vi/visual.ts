// Visual mode: a selection that motions and objects stretch and operators take.

import { wantOf } from './motions.ts';
import { OBJECTS, type Range } from './objects.ts';
import { OPERATIONS, VISUAL_OPERATORS } from './operators.ts';
import type { Command } from './parse.ts';
import { inOrder } from './position.ts';
import { joinRows, putRegister } from './put.ts';
import { readRegister } from './registers.ts';
import { failure, type Vi } from './state.ts';
import { leftOf, lineAt, rightOf, splice, within } from './text.ts';

/** What is selected. */
export const selection = ({ lines, anchor, cursor, mode }: Vi): Range => {
  const [start, last] = inOrder(anchor, cursor);
  if (mode === 'visual-line')
    return { start: { row: start.row, col: 0 }, end: { row: last.row, col: 0 }, linewise: true };
  const line = lineAt(lines, last.row);
  // Past the end of a line: its newline is selected too.
  if (last.col >= line.length && last.row + 1 < lines.length)
    return { start, end: { row: last.row + 1, col: 0 }, linewise: false };
  return {
    start,
    end: { row: last.row, col: last.col < line.length ? rightOf(line, last.col) : line.length },
    linewise: false,
  };
};

const leave = (vi: Vi): Vi => {
  const [start, end] = inOrder(vi.anchor, vi.cursor);
  return {
    ...vi,
    mode: 'normal',
    cursor: within(vi.lines, vi.cursor),
    marks: { ...vi.marks, '<': start, '>': end },
  };
};

type Step = (vi: Vi, command: Command) => Vi;

const toMode =
  (mode: 'visual' | 'visual-line'): Step =>
  (vi) =>
    vi.mode === mode ? leave(vi) : { ...vi, mode };

const operate =
  (operator: string, linewise = false): Step =>
  (vi, { register, count }) => {
    const chosen = selection(linewise ? { ...vi, mode: 'visual-line' } : vi);
    const left = {
      ...leave(vi),
      cursor: chosen.linewise ? { row: chosen.start.row, col: vi.cursor.col } : chosen.start,
    };
    const done = OPERATIONS[operator]?.(left, chosen, { register, times: count ?? 1 }) ?? left;
    return { ...done, want: wantOf(done, done.cursor) };
  };

const replaceAll: Step = (vi, { argument }) => {
  const { start, end, linewise } = selection(vi);
  const [from, to] = linewise
    ? [
        { row: start.row, col: 0 },
        { row: end.row, col: lineAt(vi.lines, end.row).length },
      ]
    : [start, end];
  const lines = vi.lines.map((line, row) => {
    if (row < from.row || row > to.row) return line;
    const [first, last] = [row === from.row ? from.col : 0, row === to.row ? to.col : line.length];
    return line.slice(0, first) + line.slice(first, last).replace(/./gsu, () => argument) + line.slice(last);
  });
  return { ...leave(vi), lines, cursor: within(lines, from) };
};

/** p over a selection: the two change places. */
const put: Step = (vi, { register, count }) => {
  const value = readRegister(vi, register);
  if (value === undefined) return failure(leave(vi));
  const chosen = selection(vi);
  const cut = operate('d')(vi, {
    register: undefined,
    count: undefined,
    operator: undefined,
    name: 'd',
    argument: '',
  });
  if (chosen.linewise) {
    const atEnd = chosen.end.row >= vi.lines.length - 1 && chosen.start.row > 0;
    return putRegister(
      { ...cut, cursor: { ...cut.cursor, col: 0 } },
      { ...value, linewise: true },
      atEnd,
      count ?? 1,
    );
  }
  if (value.linewise) {
    const lines = splice(cut.lines, chosen.start, chosen.start, ['', ...value.lines, '']);
    return { ...cut, lines, cursor: { row: chosen.start.row + 1, col: 0 } };
  }
  const atEnd = chosen.start.col > 0 && chosen.start.col >= lineAt(cut.lines, chosen.start.row).length;
  return putRegister(cut, value, atEnd, count ?? 1);
};

const insertAt =
  (end: boolean): Step =>
  (vi) => {
    const chosen = selection(vi);
    const cursor = end ? chosen.end : chosen.start;
    return { ...leave(vi), mode: 'insert', cursor };
  };

const STEPS: Readonly<Record<string, Step>> = {
  '\x1b': leave,
  '\x03': leave,
  v: toMode('visual'),
  V: toMode('visual-line'),
  o: (vi) => ({ ...vi, cursor: vi.anchor, anchor: vi.cursor }),
  O: (vi) => ({ ...vi, cursor: vi.anchor, anchor: vi.cursor }),
  r: replaceAll,
  p: put,
  P: put,
  J: (vi, { count }) => {
    const { start, end } = selection({ ...vi, mode: 'visual-line' });
    return joinRows({ ...leave(vi), cursor: start }, Math.max(2, end.row - start.row + 1, count ?? 0), true);
  },
  X: operate('d', true),
  D: operate('d', true),
  Y: operate('y', true),
  S: operate('c', true),
  R: operate('c', true),
  C: operate('c', true),
  I: insertAt(false),
  A: insertAt(true),
  ':': (vi) => ({ ...leave(vi), mode: 'command', commandLine: "'<,'>" }),
  '!': (vi) => ({ ...leave(vi), mode: 'command', commandLine: "'<,'>!" }),
};

const stretch = (vi: Vi, { name, count }: Command): Vi | undefined => {
  const object = /^[ia](.)$/s.exec(name);
  if (object === null) return undefined;
  const range = OBJECTS[object[1] as string]?.(vi, name[0] === 'a', count ?? 1);
  if (range === undefined) return failure(vi);
  const last = range.linewise
    ? range.end
    : { row: range.end.row, col: leftOf(lineAt(vi.lines, range.end.row), range.end.col) };
  return { ...vi, mode: range.linewise ? 'visual-line' : vi.mode, anchor: range.start, cursor: last };
};

/** Undefined for what means the same as in normal mode. */
export const applyVisual = (vi: Vi, command: Command): Vi | undefined => {
  const operator = VISUAL_OPERATORS[command.name];
  if (operator !== undefined) return operate(operator)(vi, command);
  return STEPS[command.name]?.(vi, command) ?? stretch(vi, command);
};
