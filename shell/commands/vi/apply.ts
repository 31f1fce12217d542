// Complete commands of normal and visual mode, carried out.

import { ACTIONS } from './actions.ts';
import type { Moved } from './motion.ts';
import { JUMPS, MOTIONS, wantOf } from './motions.ts';
import { OBJECTS, type Range } from './objects.ts';
import { OPERATIONS } from './operators.ts';
import type { Command } from './parse.ts';
import { inOrder, isBefore, type Position } from './position.ts';
import { failure, isVisual, type Vi } from './state.ts';
import { firstNonBlank, lineAt, rightOf, within } from './text.ts';
import { applyVisual } from './visual.ts';
import { kindOf, wordEnd } from './words.ts';

export const applyCommand = (vi: Vi, command: Command): Vi => {
  if (command.operator !== undefined) return operate(vi, command);
  const motion = MOTIONS[command.name];
  if (isVisual(vi)) {
    const done = applyVisual(vi, command);
    if (done !== undefined) return done;
  }
  if (motion !== undefined) return go(vi, command);
  return ACTIONS[command.name]?.(vi, command) ?? failure(vi);
};

const ask = (vi: Vi, command: Command, past: boolean): Moved =>
  MOTIONS[command.name]?.move({
    vi,
    count: command.count ?? 1,
    given: command.count !== undefined,
    argument: command.argument,
    past,
  }) ?? {};

/** Moves the cursor. */
const go = (vi: Vi, command: Command): Vi => {
  const moved = ask(vi, command, isVisual(vi));
  const after = moved.vi ?? vi;
  if (moved.to === undefined) return failure(after);
  const to = within(vi.lines, moved.to, isVisual(vi));
  const marks = JUMPS.has(command.name) ? { ...after.marks, "'": vi.cursor } : after.marks;
  return { ...after, marks, cursor: to, want: moved.want ?? wantOf(vi, to) };
};

const operate = (vi: Vi, command: Command): Vi => {
  const operator = command.operator as string;
  const found = rangeOf(vi, command);
  const after = found.vi ?? vi;
  if (found.range === undefined) return failure(after);
  if (operator === '!') return filterPrompt(after, found.range);
  const result = OPERATIONS[operator]?.(after, found.range, { register: command.register, times: 1 }) ?? vi;
  return { ...result, want: wantOf(result, result.cursor) };
};

/** `!` asks on the command line. */
const filterPrompt = (vi: Vi, { start, end }: Range): Vi => ({
  ...vi,
  mode: 'command',
  commandLine: end.row === start.row ? '.!' : `.,.+${end.row - start.row}!`,
  cursor: start,
});

interface Found {
  readonly range?: Range;
  readonly vi?: Vi;
}

const wholeRows = (from: number, to: number): Range => ({
  start: { row: from, col: 0 },
  end: { row: to, col: 0 },
  linewise: true,
});

const rangeOf = (vi: Vi, command: Command): Found => {
  const { row } = vi.cursor;
  const count = command.count ?? 1;
  if (command.name === 'line') {
    return row + count > vi.lines.length && count > 1 && row === vi.lines.length - 1
      ? {}
      : { range: wholeRows(row, Math.min(row + count, vi.lines.length) - 1) };
  }
  const object = /^[ia](.)$/s.exec(command.name);
  if (object) {
    const range = OBJECTS[object[1] as string]?.(vi, command.name[0] === 'a', count);
    return range === undefined ? {} : { range };
  }
  const special = wordChange(vi, command);
  return special ?? motionRange(vi, command);
};

/** cw on a word changes to its end only, not the blanks behind it. */
const wordChange = (vi: Vi, { operator, name, count }: Command): Found | undefined => {
  if (operator !== 'c' || (name !== 'w' && name !== 'W')) return undefined;
  const big = name === 'W';
  const line = lineAt(vi.lines, vi.cursor.row);
  if (line === '' || kindOf(line[vi.cursor.col], big) === 'blank') return undefined;
  let end = vi.cursor;
  for (let n = 0; n < (count ?? 1); n++) end = wordEnd(vi.lines, end, big, n === 0);
  return { range: { start: vi.cursor, end: after(vi, end), linewise: false } };
};

const after = ({ lines }: Vi, { row, col }: Position): Position => {
  const line = lineAt(lines, row);
  return { row, col: col < line.length ? rightOf(line, col) : line.length };
};

const motionRange = (vi: Vi, command: Command): Found => {
  const moved = ask(vi, command, true);
  const kind = moved.kind ?? MOTIONS[command.name]?.kind;
  const state = { ...(moved.vi === undefined ? {} : { vi: moved.vi }) };
  if (moved.to === undefined) return state;
  const to = within(vi.lines, moved.to, true);
  const [start, end] = inOrder(vi.cursor, to);
  if (kind === 'linewise') return { ...state, range: wholeRows(start.row, end.row) };
  if (kind === 'inclusive') return { ...state, range: { start, end: after(vi, end), linewise: false } };
  return { ...state, range: exclusive(vi, command, start, end) };
};

/** An exclusive range that ends before a line's first character ends with the line before (":help exclusive"). */
const exclusive = (vi: Vi, { name }: Command, start: Position, end: Position): Range => {
  const isWord = name === 'w' || name === 'W';
  const endLine = lineAt(vi.lines, end.row);
  const firstOfLine = isWord ? end.col <= firstNonBlank(endLine) : end.col === 0;
  if (
    !isBefore(start, end) ||
    end.row === start.row ||
    !firstOfLine ||
    (isWord && end.col > 0 && endLine.slice(0, end.col).trim() !== '')
  ) {
    return { start, end, linewise: false };
  }
  const row = end.row - 1;
  const back = { row, col: lineAt(vi.lines, row).length };
  const head = lineAt(vi.lines, start.row).slice(0, start.col).trim() === '';
  if (!isWord && head) return wholeRows(start.row, row);
  return { start, end: back, linewise: false };
};
