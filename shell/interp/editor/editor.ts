// The line editor as a pure reducer: (state, key) → state and what the shell shall do.

import { bindings } from './bindings.ts';
import type { Key } from './keys.ts';
import { emptyLine, findCharacter, insert, type Line, moveTo, typeText } from './line.ts';
import { argumentKey, argumentValue, oppositeOf } from './numeric-argument.ts';
import { type Search, searchKey } from './search.ts';

/** What a key asks of the shell. */
type Effect = 'submit' | 'end-of-file' | 'interrupt' | 'clear-screen' | 'complete' | 'bell';

export interface Editor {
  readonly line: Line;
  readonly history: readonly string[];
  /** Place in the history; its length is the line being typed. */
  readonly at: number;
  /** Lines of the history as changed in this session, and the one being typed. */
  readonly drafts: ReadonlyMap<number, string>;
  /** C-r or C-s in progress. */
  readonly search: Search | undefined;
  /** What was searched for last: C-r C-r looks for it again. */
  readonly sought: string;
  /** Whether lines of the history are offered behind the cursor. */
  readonly suggests: boolean;
  /** Which last argument M-. put in: how far back, which word of the command, and where it starts. */
  readonly lastArgument: { back: number; word: number; start: number } | undefined;
  /** A numeric argument as it was typed. */
  readonly argument: string | undefined;
  /** A key that waits for a second one: C-x, C-], C-M-]. */
  readonly prefix: string | undefined;
}

export interface Step {
  readonly editor: Editor;
  readonly effect?: Effect;
}

/** What stays from line to line. */
export interface Habits {
  readonly kills?: readonly string[];
  readonly sought?: string;
  readonly suggests?: boolean;
}

export const startEditing = (
  history: readonly string[],
  { kills = [], sought = '', suggests = false }: Habits = {},
): Editor => ({
  line: { ...emptyLine, kills },
  sought,
  suggests,
  history,
  at: history.length,
  drafts: new Map(),
  search: undefined,
  lastArgument: undefined,
  argument: undefined,
  prefix: undefined,
});

/** One key. */
export function press(editor: Editor, key: Key): Step {
  if (editor.search !== undefined) {
    const step = searchKey(editor, key);
    if (step !== undefined) return step;
    return press({ ...editor, search: undefined }, key);
  }
  const argued = editor.prefix === undefined ? argumentKey(editor, key) : undefined;
  if (argued !== undefined) return { editor: argued };
  const count = argumentValue(editor.argument);
  const ready = { ...editor, argument: undefined, prefix: undefined };
  if (editor.prefix !== undefined) return afterPrefix(ready, editor.prefix, key, count);
  if ('text' in key) return { editor: { ...typed(ready, key, count), lastArgument: undefined } };
  if (prefixes.has(key.name)) return { editor: { ...editor, prefix: key.name } };
  return pressNamed(ready, key.name, count);
}

function typed(editor: Editor, { text, pasted }: { text: string; pasted?: boolean }, count = 1): Editor {
  if (pasted || count !== 1) return withLine(editor, insert(editor.line, text.repeat(Math.max(0, count))));
  return withLine(editor, typeText(editor.line, text));
}

function pressNamed(editor: Editor, name: string, count: number | undefined): Step {
  const binding = bindings[name];
  if (binding === undefined) return { editor, effect: 'bell' };
  if (arguing.has(name)) return binding(editor, count);
  const step = repeated(editor, name, count ?? 1);
  return { ...step, editor: { ...step.editor, lastArgument: undefined } };
}

/** Works until nothing more changes; the other way for a count below zero. */
function repeated(editor: Editor, name: string, count: number): Step {
  const binding = bindings[count < 0 ? (oppositeOf(name) ?? '') : name];
  if (binding === undefined) return { editor, effect: 'bell' };
  let step = binding(editor);
  for (let times = 1; times < Math.abs(count) && step.effect === undefined; times++) {
    const next = binding(step.editor);
    if (next.effect !== undefined) break;
    step = next;
  }
  return count === 0 ? { editor } : step;
}

/** C-x leads to bindings of its own; C-] goes to the character that comes next. */
function afterPrefix(editor: Editor, prefix: string, key: Key, count = 1): Step {
  if (prefix === 'C-x')
    return pressNamed(editor, 'text' in key ? `C-x ${key.text}` : `C-x ${key.name}`, count);
  if (!('text' in key)) return { editor, effect: 'bell' };
  const times = prefix === 'C-]' ? count : -count;
  const cursor = findCharacter(editor.line, key.text, times);
  if (cursor === undefined) return { editor, effect: 'bell' };
  return { editor: withLine(editor, moveTo(editor.line, cursor)) };
}

const prefixes: ReadonlySet<string> = new Set(['C-x', 'C-]', 'C-M-]']);

/** What a numeric argument means to these is not how often. */
const arguing: ReadonlySet<string> = new Set(['M-.', 'M-_', 'C-M-y']);

/** The editor with another line; its place in the history stays. */
export const withLine = (editor: Editor, line: Line): Editor => ({ ...editor, line });

/** Another entry of the history, as last edited. */
export function recall(editor: Editor, at: number): Editor {
  const drafts = new Map(editor.drafts).set(editor.at, editor.line.text);
  const text = drafts.get(at) ?? editor.history[at] ?? '';
  return { ...editor, drafts, at, line: moveTo({ ...editor.line, text, undo: [] }, text.length) };
}
