// The table of colon commands, the ones typed most first: an abbreviation means the first that fits.

import { pressKeys } from './again.ts';
import type { ExCommand, ExRun } from './ex-command.ts';
import { FILE_COMMANDS } from './ex-files.ts';
import { globalCommand } from './global.ts';
import { OPERATIONS } from './operators.ts';
import { joinRows, putRegister } from './put.ts';
import { registerText } from './register.ts';
import { readRegister } from './registers.ts';
import { setOptions } from './settings.ts';
import { failure, tell, type Vi } from './state.ts';
import { repeatSubstitute, substitute } from './substitute.ts';
import { firstNonBlank, lineAt, spliceRows, within } from './text.ts';
import { redo, undo } from './undo.ts';

/** `:d x 3`: a register, a count from the last line on. */
const readRegisterAndCount = (
  argument: string,
): { register: string | undefined; count: number | undefined } => {
  const [, register, count] = /^([a-zA-Z"_*+-])?\s*(\d+)?/.exec(argument) ?? [];
  return { register, count: count === undefined ? undefined : Number(count) };
};

const operator =
  (name: string): ExRun =>
  (vi, { from, to, argument }) => {
    const { register, count } = readRegisterAndCount(argument);
    const [first, last] = count === undefined ? [from, to] : [to, Math.min(to + count, vi.lines.length) - 1];
    const range = { start: { row: first, col: 0 }, end: { row: last, col: 0 }, linewise: true };
    const times = name === '>' || name === '<' ? argument.replace(/[^<>]/g, '').length + 1 : 1;
    const done = OPERATIONS[name]?.(vi, range, { register, times }) ?? vi;
    return name === 'y' ? { ...done, cursor: vi.cursor } : done;
  };

/** The row behind which :m and :t put lines. */
const target = (vi: Vi, argument: string): number | undefined => {
  if (/^[.+-]/.test(argument))
    return (
      vi.cursor.row +
      (argument === '.' ? 0 : Number(/^[+-]$/.test(argument) ? `${argument}1` : argument.replace(/^\./, '')))
    );
  if (argument === '$') return vi.lines.length - 1;
  if (argument.startsWith("'")) return vi.marks[argument[1] ?? '']?.row;
  return /^\d+$/.test(argument) ? Number(argument) - 1 : undefined;
};

const copy: ExRun = (vi, { from, to, argument }) => {
  const behind = target(vi, argument);
  if (behind === undefined || behind >= vi.lines.length) return failure(vi, 'E14: Invalid address');
  const rows = vi.lines.slice(from, to + 1);
  const lines = spliceRows(vi.lines, behind + 1, behind, rows);
  const row = behind + rows.length;
  return { ...vi, lines, cursor: { row, col: firstNonBlank(lineAt(lines, row)) } };
};

const moveRows: ExRun = (vi, { from, to, argument }) => {
  const behind = target(vi, argument);
  if (behind === undefined || behind >= vi.lines.length) return failure(vi, 'E14: Invalid address');
  if (behind >= from && behind < to) return failure(vi, 'E134: Cannot move a range of lines into itself');
  const rows = vi.lines.slice(from, to + 1);
  const without = [...vi.lines.slice(0, from), ...vi.lines.slice(to + 1)];
  const at = behind >= to ? behind - rows.length + 1 : behind + 1;
  const lines = spliceRows(without, at, at - 1, rows);
  const row = at + rows.length - 1;
  return { ...vi, lines, cursor: { row, col: firstNonBlank(lineAt(lines, row)) } };
};

const put: ExRun = (vi, { to, given, bang, argument }) => {
  const value = readRegister(vi, argument === '' ? undefined : argument[0]);
  if (value === undefined) return failure(vi, `E353: Nothing in register ${argument[0] ?? '"'}`);
  const row = given ? to : vi.cursor.row;
  const behind = !bang && row >= 0;
  return putRegister(
    { ...vi, cursor: { row: Math.max(0, row), col: 0 } },
    { ...value, linewise: true },
    behind,
    1,
  );
};

const join: ExRun = (vi, { from, to, bang }) => {
  const joined = joinRows({ ...vi, cursor: { row: from, col: 0 } }, to > from ? to - from + 1 : 2, !bang);
  const { row } = joined.cursor;
  return { ...joined, cursor: { row, col: firstNonBlank(lineAt(joined.lines, row)) } };
};

const registers: ExRun = (vi) => {
  const shown = Object.keys(vi.registers)
    .sort()
    .map((name) => {
      const value = vi.registers[name];
      const text = value === undefined ? '' : registerText(value).replaceAll('\n', '^J').slice(0, 60);
      return `  ${value?.linewise ? 'l' : 'c'}  "${name}   ${text}`;
    });
  return tell(vi, ['Type Name Content', ...shown].join('\n'));
};

const marks: ExRun = (vi) => {
  const shown = Object.entries(vi.marks).map(
    ([name, { row, col }]) =>
      ` ${name} ${String(row + 1).padStart(6)} ${String(col).padStart(4)} ${lineAt(vi.lines, row)}`,
  );
  return tell(vi, ['mark line  col file/text', ...shown].join('\n'));
};

const print: ExRun = (vi, { from, to, name }) => {
  const numbered = /^(nu|#)/.test(name) || vi.settings.number;
  const lines = vi.lines
    .slice(from, to + 1)
    .map((line, at) => (numbered ? `${String(from + at + 1).padStart(3)} ${line}` : line));
  return tell({ ...vi, cursor: { row: to, col: firstNonBlank(lineAt(vi.lines, to)) } }, lines.join('\n'));
};

const normal: ExRun = (vi, { from, to, given, argument }) => {
  const rows = given ? Array.from({ length: to - from + 1 }, (_, at) => from + at) : [vi.cursor.row];
  let now = vi;
  for (const row of rows) {
    const cursor = given ? within(now.lines, { row, col: 0 }) : now.cursor;
    now = pressKeys({ ...now, cursor }, argument);
  }
  return now;
};

const command = (name: string, least: string, run: ExRun, more: Partial<ExCommand> = {}): ExCommand => ({
  name,
  least,
  run,
  ...more,
});

const nothing: ExRun = (vi) => vi;

export const EX_COMMANDS: readonly ExCommand[] = [
  ...FILE_COMMANDS,
  command('substitute', 's', substitute),
  command('&&', '&&', repeatSubstitute),
  command('&', '&', repeatSubstitute),
  command('~', '~', repeatSubstitute),
  command('global', 'g', globalCommand, { all: true, takesBar: true }),
  command('vglobal', 'v', globalCommand, { all: true, takesBar: true }),
  command('delete', 'd', operator('d')),
  command('yank', 'y', operator('y')),
  command('>', '>', operator('>')),
  command('<', '<', operator('<')),
  command('join', 'j', join),
  command('copy', 'co', copy),
  command('t', 't', copy),
  command('move', 'm', moveRows),
  command('put', 'pu', put),
  command('print', 'p', print),
  command('number', 'nu', print),
  command('#', '#', print),
  command('normal', 'norm', normal, { takesBar: true }),
  command('set', 'se', (vi, { argument }) => setOptions(vi, argument)),
  command('undo', 'u', (vi) => undo(vi, { count: undefined })),
  command('redo', 'red', (vi) => redo(vi, { count: undefined })),
  command('registers', 'reg', registers),
  command('display', 'di', registers),
  command('marks', 'marks', marks),
  command('mark', 'ma', (vi, { to, argument }) => ({
    ...vi,
    marks: { ...vi.marks, [argument]: { row: to, col: 0 } },
  })),
  command('k', 'k', (vi, { to, argument }) => ({
    ...vi,
    marks: { ...vi.marks, [argument]: { row: to, col: 0 } },
  })),
  command('=', '=', (vi, { to, given }) => tell(vi, String(given ? to + 1 : vi.lines.length))),
  command('nohlsearch', 'noh', nothing),
  command('syntax', 'sy', nothing),
  command('filetype', 'filet', nothing),
];
