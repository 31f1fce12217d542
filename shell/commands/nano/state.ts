// nano's state, and one key after another: keys are text, or do what the two lines at the bottom say.

import { compilePattern } from '../vi/pattern.ts';
import type { Position } from '../vi/state.ts';
import { leftOf, lineAt, NO_LINES, rightOf, slice, splice, within } from '../vi/text.ts';
import { nextWord, wordBefore } from '../vi/words.ts';

export type Prompt = {
  readonly kind: 'write' | 'search' | 'line' | 'insert-file' | 'save?' | 'replace' | 'replace-with';
  readonly text: string;
};

export type Request =
  | { readonly kind: 'write'; readonly path: string; readonly exit: boolean }
  | { readonly kind: 'insert'; readonly path: string }
  | { readonly kind: 'exit' };

export interface Nano {
  readonly lines: readonly string[];
  readonly cursor: Position;
  readonly saved: readonly string[];
  readonly file: string;
  readonly cut: readonly string[];
  /** The last key cut: the next cut is added. */
  readonly cutting: boolean;
  readonly mark: Position | undefined;
  readonly past: readonly { readonly lines: readonly string[]; readonly cursor: Position }[];
  readonly future: readonly { readonly lines: readonly string[]; readonly cursor: Position }[];
  /** Typing goes on in the same step of undo. */
  readonly typing: boolean;
  readonly prompt: Prompt | undefined;
  readonly searched: string;
  readonly exiting: boolean;
  readonly message: string;
  readonly readonly: boolean;
  readonly request: Request | undefined;
  readonly top: number;
  readonly height: number;
}

export const startNano = (lines: readonly string[], file: string): Nano => {
  const text = lines.length === 0 ? NO_LINES : lines;
  return {
    lines: text,
    cursor: { row: 0, col: 0 },
    saved: text,
    file,
    cut: [],
    cutting: false,
    mark: undefined,
    past: [],
    future: [],
    typing: false,
    prompt: undefined,
    searched: '',
    exiting: false,
    message: '',
    readonly: false,
    request: undefined,
    top: 0,
    height: 20,
  };
};

export const pressNano = (before: Nano, key: string): Nano => {
  const nano: Nano = { ...before, message: '', request: undefined };
  if (nano.prompt !== undefined) return pressPrompt(nano, nano.prompt, key);
  const step = STEPS[key];
  const after = step !== undefined ? step(nano) : isText(key) ? type(nano, key) : nano;
  return remember(before, { ...after, cutting: key === '\x0b' }, isText(key));
};

const isText = (key: string): boolean =>
  key === '\t' || (key >= ' ' && key !== '\x7f' && [...key].length === 1);

const remember = (before: Nano, after: Nano, typing: boolean): Nano => {
  if (after.lines === before.lines || after.past !== before.past) return { ...after, typing: false };
  if (typing && before.typing) return { ...after, typing };
  return {
    ...after,
    typing,
    past: [...before.past, { lines: before.lines, cursor: before.cursor }],
    future: [],
  };
};

type Step = (nano: Nano) => Nano;

const insert = (nano: Nano, put: readonly string[]): Nano => {
  const { row, col } = nano.cursor;
  const lines = splice(nano.lines, nano.cursor, nano.cursor, put);
  const last = put.at(-1) ?? '';
  const cursor =
    put.length === 1 ? { row, col: col + last.length } : { row: row + put.length - 1, col: last.length };
  return { ...nano, lines, cursor };
};

const type = (nano: Nano, text: string): Nano => (nano.readonly ? nano : insert(nano, [text]));

const go =
  (to: (nano: Nano) => Position): Step =>
  (nano) => ({ ...nano, cursor: within(nano.lines, to(nano), true) });

const rows = (step: (nano: Nano) => number): Step =>
  go((nano) => ({ row: nano.cursor.row + step(nano), col: nano.cursor.col }));

const left = go(({ lines, cursor: { row, col } }) => {
  if (col > 0) return { row, col: leftOf(lineAt(lines, row), col) };
  return row === 0 ? { row, col } : { row: row - 1, col: lineAt(lines, row - 1).length };
});

const right = go(({ lines, cursor: { row, col } }) => {
  if (col < lineAt(lines, row).length) return { row, col: rightOf(lineAt(lines, row), col) };
  return row + 1 < lines.length ? { row: row + 1, col: 0 } : { row, col };
});

const erase = (nano: Nano, start: Position, end: Position): Nano => ({
  ...nano,
  lines: splice(nano.lines, start, end, ['']),
  cursor: start,
});

const backspace: Step = (nano) => {
  const before = left(nano).cursor;
  return before.row === nano.cursor.row && before.col === nano.cursor.col
    ? nano
    : erase(nano, before, nano.cursor);
};

const deleteHere: Step = (nano) => {
  const next = right(nano).cursor;
  return next.row === nano.cursor.row && next.col === nano.cursor.col ? nano : erase(nano, nano.cursor, next);
};

/** The marked text, or this line; one cut after another gathers. */
const cut =
  (remove: boolean): Step =>
  (nano) => {
    const { mark, cursor, lines } = nano;
    const [start, end] =
      mark === undefined
        ? [
            { row: cursor.row, col: 0 },
            { row: cursor.row + 1, col: 0 },
          ]
        : ordered(mark, cursor);
    const last = end.row >= lines.length;
    const to = last ? { row: lines.length - 1, col: lineAt(lines, lines.length - 1).length } : end;
    const taken = last && mark === undefined ? [...slice(lines, start, to), ''] : slice(lines, start, to);
    const gathered =
      nano.cutting && nano.cut.length > 0
        ? [...nano.cut.slice(0, -1), (nano.cut.at(-1) ?? '') + (taken[0] ?? ''), ...taken.slice(1)]
        : taken;
    const kept = { ...nano, cut: gathered, mark: undefined };
    return remove ? erase(kept, start, to) : kept;
  };

const ordered = (a: Position, b: Position): readonly [Position, Position] =>
  a.row < b.row || (a.row === b.row && a.col <= b.col) ? [a, b] : [b, a];

const back: Step = (nano) => {
  const before = nano.past.at(-1);
  if (before === undefined) return { ...nano, message: 'Nothing to undo' };
  const future = [{ lines: nano.lines, cursor: nano.cursor }, ...nano.future];
  return { ...nano, ...before, past: nano.past.slice(0, -1), future };
};

const forward: Step = (nano) => {
  const [next, ...future] = nano.future;
  if (next === undefined) return { ...nano, message: 'Nothing to redo' };
  return { ...nano, ...next, past: [...nano.past, { lines: nano.lines, cursor: nano.cursor }], future };
};

const ask =
  (kind: Prompt['kind'], text: (nano: Nano) => string = () => ''): Step =>
  (nano) => ({ ...nano, prompt: { kind, text: text(nano) } });

const exit: Step = (nano) =>
  nano.lines === nano.saved
    ? { ...nano, request: { kind: 'exit' } }
    : { ...nano, prompt: { kind: 'save?', text: '' } };

const location: Step = (nano) => {
  const { row, col } = nano.cursor;
  const line = lineAt(nano.lines, row);
  const total = nano.lines.length;
  const percent = (part: number, whole: number): string =>
    `${Math.round((100 * part) / Math.max(1, whole))}%`;
  const characters = nano.lines.reduce((sum, text) => sum + text.length + 1, 0);
  const before = nano.lines.slice(0, row).reduce((sum, text) => sum + text.length + 1, 0) + col;
  const message = `line ${row + 1}/${total} (${percent(row + 1, total)}), col ${col + 1}/${line.length + 1} (${percent(col + 1, line.length + 1)}), char ${before}/${characters - 1} (${percent(before, characters - 1)})`;
  return { ...nano, message };
};

/** Looks for text, from behind the cursor around to it again; any case. */
export const searchText = (nano: Nano, text: string): Nano => {
  const regex = compilePattern(`\\V${text.replaceAll('\\', '\\\\')}`, { ignorecase: true, smartcase: false });
  const { lines, cursor } = nano;
  for (let step = 0; regex !== undefined && step <= lines.length; step++) {
    const row = (cursor.row + step) % lines.length;
    regex.lastIndex = step === 0 ? cursor.col + 1 : 0;
    const match = regex.exec(lineAt(lines, row));
    if (match === null) continue;
    const wrapped = row < cursor.row || step === lines.length;
    return {
      ...nano,
      searched: text,
      cursor: { row, col: match.index },
      message: wrapped ? 'Search Wrapped' : '',
    };
  }
  return { ...nano, searched: text, message: `"${text}" not found` };
};

const enter: Step = (nano) => (nano.readonly ? nano : insert(nano, ['', '']));

const STEPS: Readonly<Record<string, Step>> = {
  '<Left>': left,
  '\x02': left,
  '<Right>': right,
  '\x06': right,
  '<Up>': rows(() => -1),
  '\x10': rows(() => -1),
  '<Down>': rows(() => 1),
  '\x0e': rows(() => 1),
  '<Home>': go(({ cursor }) => ({ row: cursor.row, col: 0 })),
  '\x01': go(({ cursor }) => ({ row: cursor.row, col: 0 })),
  '<End>': go(({ cursor }) => ({ row: cursor.row, col: Number.POSITIVE_INFINITY })),
  '\x05': go(({ cursor }) => ({ row: cursor.row, col: Number.POSITIVE_INFINITY })),
  '<PageUp>': rows(({ height }) => 2 - height),
  '\x19': rows(({ height }) => 2 - height),
  '<PageDown>': rows(({ height }) => height - 2),
  '\x16': rows(({ height }) => height - 2),
  '<C-Right>': go(({ lines, cursor }) => nextWord(lines, cursor, false)),
  '<C-Left>': go(({ lines, cursor }) => wordBefore(lines, cursor, false)),
  '\x7f': backspace,
  '\x08': backspace,
  '<Delete>': deleteHere,
  '\x04': deleteHere,
  '\r': enter,
  '\n': enter,
  '\x0b': cut(true),
  '\x15': (nano) => (nano.cut.length === 0 ? nano : insert(nano, nano.cut)),
  '\x0f': ask('write', ({ file }) => file),
  '<F3>': ask('write', ({ file }) => file),
  '\x13': (nano) => ({ ...nano, request: { kind: 'write', path: nano.file, exit: false } }),
  '\x18': exit,
  '<F2>': exit,
  '\x17': ask('search'),
  '\x1c': ask('replace'),
  '\x1f': ask('line'),
  '\x12': ask('insert-file'),
  '\x03': location,
  '\x1b': (nano) => nano,
  '\x1e': (nano) => ({
    ...nano,
    mark: nano.mark === undefined ? nano.cursor : undefined,
    message: nano.mark === undefined ? 'Mark Set' : 'Mark Unset',
  }),
  'M-u': back,
  'M-e': forward,
  'M-6': cut(false),
  'M-a': (nano) => ({ ...nano, mark: nano.mark === undefined ? nano.cursor : undefined }),
  'M-w': (nano) => searchText(nano, nano.searched),
};

const pressPrompt = (nano: Nano, prompt: Prompt, key: string): Nano => {
  const open: Nano = { ...nano, prompt: undefined };
  if (key === '\x03' || key === '\x1b') return { ...open, exiting: false, message: 'Cancelled' };
  if (prompt.kind === 'save?') return answerSave(nano, key);
  if (key === '\r' || key === '\n') return ANSWERS[prompt.kind](open, prompt.text);
  if (key === '\x7f' || key === '\x08')
    return { ...nano, prompt: { ...prompt, text: [...prompt.text].slice(0, -1).join('') } };
  return isText(key) ? { ...nano, prompt: { ...prompt, text: prompt.text + key } } : nano;
};

const answerSave = (nano: Nano, key: string): Nano => {
  if (/^y$/i.test(key)) return { ...nano, exiting: true, prompt: { kind: 'write', text: nano.file } };
  return /^n$/i.test(key) ? { ...nano, prompt: undefined, request: { kind: 'exit' } } : nano;
};

const ANSWERS: Readonly<Record<Exclude<Prompt['kind'], 'save?'>, (nano: Nano, text: string) => Nano>> = {
  write: (nano, path) =>
    path === ''
      ? { ...nano, message: 'Cancelled' }
      : { ...nano, exiting: false, request: { kind: 'write', path, exit: nano.exiting } },
  search: (nano, text) => searchText(nano, text || nano.searched),
  line: (nano, text) => {
    const [row, col = '1'] = text.split(',');
    return go(() => ({ row: Number(row) - 1 || 0, col: Number(col) - 1 || 0 }))(nano);
  },
  'insert-file': (nano, path) => ({ ...nano, request: { kind: 'insert', path } }),
  replace: (nano, text) =>
    text === ''
      ? { ...nano, message: 'Cancelled' }
      : { ...nano, searched: text, prompt: { kind: 'replace-with', text: '' } },
  'replace-with': (nano, text) => {
    let count = 0;
    const lines = nano.lines.map((line) => {
      const parts = line.split(nano.searched);
      count += parts.length - 1;
      return parts.join(text);
    });
    const message =
      count === 0 ? `"${nano.searched}" not found` : `Replaced ${count} occurrence${count === 1 ? '' : 's'}`;
    return count === 0
      ? { ...nano, message }
      : remember(nano, { ...nano, lines, cursor: within(lines, nano.cursor, true), message }, false);
  },
};

/** A file's lines put in at the cursor. */
export const insertLines = (nano: Nano, lines: readonly string[]): Nano => {
  const put = insert(nano, [...lines, '']);
  return remember(
    nano,
    { ...put, message: `Read ${lines.length} line${lines.length === 1 ? '' : 's'}` },
    false,
  );
};
