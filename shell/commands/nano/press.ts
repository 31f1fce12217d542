// One key after another: keys are text, or do what the two lines at the bottom say.

import type { Position } from '../vi/position.ts';
import { atDisplayColumn, displayColumn, lineAt, within } from '../vi/text.ts';
import { nextWord, wordBefore } from '../vi/words.ts';
import * as edit from './edit.ts';
import { justify, justifyWidth } from './justify.ts';
import { ask, askSearch, pressPrompt } from './prompts.ts';
import { searchText } from './search.ts';
import { type Nano, redo, tell, undo } from './state.ts';

const TAB = 8;

export const pressNano = (before: Nano, key: string, columns: number): Nano => {
  const patience = Math.max(0, before.patience - 1);
  const nano: Nano = {
    ...before,
    patience,
    message: patience > 0 ? before.message : '',
    view: 'near',
    request: undefined,
  };
  if (nano.prompt !== undefined) return aimed(pressPrompt(nano, nano.prompt, key));
  if (nano.readonly && CHANGING.has(key)) return tell(nano, 'Key is invalid in view mode');
  const vertical = VERTICAL[key];
  if (vertical !== undefined) return { ...vertical(nano), cutting: false, going: '' };
  const quiet = { ...nano, cutting: false };
  if (key === '\n') return aimed(justify({ ...quiet, going: '' }, justifyWidth(columns)));
  const step = STEPS[key];
  if (step === undefined) return isText(key) ? aimed(typed(quiet, key)) : nano;
  const after = step(CUTTING.has(key) ? nano : quiet);
  // What no change followed ends a step of undo.
  return aimed(after.past === nano.past ? { ...after, going: '' } : after);
};

const isText = (key: string): boolean =>
  key === '\t' || (key >= ' ' && key !== '\x7f' && [...key].length === 1);

const typed = (nano: Nano, key: string): Nano =>
  nano.readonly ? tell(nano, 'Key is invalid in view mode') : edit.typeText(nano, key);

/** Vertical moves begin from this column. */
const aimed = (nano: Nano): Nano => ({
  ...nano,
  want: displayColumn(lineAt(nano.lines, nano.cursor.row), nano.cursor.col, TAB),
});

const go =
  (to: (nano: Nano) => Position): edit.Step =>
  (nano) => ({ ...nano, cursor: within(nano.lines, to(nano), true) });

const toRow = (nano: Nano, row: number): Nano => ({
  ...nano,
  cursor: { row, col: atDisplayColumn(lineAt(nano.lines, row), nano.want, TAB, true) },
});

const line =
  (step: number): edit.Step =>
  (nano) =>
    toRow(nano, Math.max(0, Math.min(nano.lines.length - 1, nano.cursor.row + step)));

const first: edit.Step = go(() => ({ row: 0, col: 0 }));
const last: edit.Step = (nano) => ({
  ...go(({ lines }) => ({ row: lines.length - 1, col: lineAt(lines, lines.length - 1).length }))(nano),
  view: { row: nano.height - 1 },
});

/** All but two rows further, with the cursor where it is on the screen; the ends of the text stop it. */
const page =
  (direction: 1 | -1): edit.Step =>
  (nano) => {
    const row = nano.cursor.row + direction * Math.max(1, nano.height - 2);
    if (row < 0) return first(nano);
    if (row >= nano.lines.length) return last(nano);
    const top = Math.max(0, row - (nano.cursor.row - nano.top));
    return { ...toRow(nano, row), top };
  };

const exit: edit.Step = (nano) =>
  nano.lines === nano.saved ? { ...nano, request: { kind: 'exit' } } : ask('save?')(nano);

const write: edit.Step = (nano) =>
  nano.file === ''
    ? ask('write')(nano)
    : { ...nano, request: { kind: 'write', path: nano.file, exit: false, sure: 'all' } };

const percent = (part: number, whole: number): string =>
  String(whole === 0 ? 0 : Math.floor((100 * part) / whole));

const charactersOf = (lines: readonly string[]): number =>
  lines.reduce((sum, text) => sum + [...text].length + 1, -1);

const location: edit.Step = (nano) => {
  const { row, col } = nano.cursor;
  const text = lineAt(nano.lines, row);
  const total = nano.lines.length;
  const column = displayColumn(text, col, TAB) + 1;
  const width = displayColumn(text, text.length, TAB) + 1;
  const all = charactersOf(nano.lines);
  const upTo = charactersOf([...nano.lines.slice(0, row), text.slice(0, col)]);
  const digits = String(all).length;
  return tell(
    nano,
    `line ${String(row + 1).padStart(Math.max(2, String(total).length))}/${total} (${percent(row + 1, total).padStart(2)}%), ` +
      `col ${String(column).padStart(2)}/${String(width).padStart(2)} (${percent(column, width).padStart(3)}%), ` +
      `char ${String(upTo).padStart(digits)}/${all} (${percent(upTo, all).padStart(2)}%)`,
  );
};

const again =
  (backwards: boolean): edit.Step =>
  (nano) =>
    searchText(nano, nano.searched, backwards);

const VERTICAL: Readonly<Record<string, edit.Step>> = {
  '<Up>': line(-1),
  '\x10': line(-1),
  '<Down>': line(1),
  '\x0e': line(1),
  '<PageUp>': page(-1),
  '\x19': page(-1),
  '<PageDown>': page(1),
  '\x16': page(1),
};

const STEPS: Readonly<Record<string, edit.Step>> = {
  '<Left>': go(edit.before),
  '\x02': go(edit.before),
  '<Right>': go(edit.behind),
  '\x06': go(edit.behind),
  '<Home>': go(({ cursor }) => ({ row: cursor.row, col: 0 })),
  '\x01': go(({ cursor }) => ({ row: cursor.row, col: 0 })),
  '<End>': go(({ cursor }) => ({ row: cursor.row, col: Number.POSITIVE_INFINITY })),
  '\x05': go(({ cursor }) => ({ row: cursor.row, col: Number.POSITIVE_INFINITY })),
  '<C-Right>': go(({ lines, cursor }) => nextWord(lines, cursor, false)),
  '<C-Left>': go(({ lines, cursor }) => wordBefore(lines, cursor, false)),
  'M-\\': first,
  'M-/': last,
  '\x7f': edit.backspace,
  '\x08': edit.backspace,
  '<Delete>': edit.deleteHere,
  '\x04': edit.deleteHere,
  '\r': edit.breakLine,
  '\x0b': edit.cutText,
  '\x15': edit.pasteText,
  '\x0f': ask('write', ({ file }) => file),
  '<F3>': ask('write', ({ file }) => file),
  '\x13': write,
  '\x18': exit,
  '<F2>': exit,
  '\x17': askSearch(false),
  '\x11': askSearch(true),
  '\x1c': ask('replace'),
  '\x1f': ask('line'),
  '\x12': ask('insert-file'),
  '\x03': location,
  '\x1b': (nano) => nano,
  '\x1e': edit.setMark,
  'M-a': edit.setMark,
  'M-u': undo,
  'M-e': redo,
  'M-6': edit.copyText,
  'M-w': again(false),
  'M-q': again(true),
};

const CUTTING = new Set(['\x0b', 'M-6']);
const CHANGING = new Set([
  ...['\x7f', '\x08', '<Delete>', '\x04', '\r', '\n', '\x0b', '\x15', '\x0f', '<F3>', '\x13', '\x1c', '\x12'],
  ...['M-u', 'M-e', 'M-6'],
]);
