// The line editor as a pure reducer: (state, key) → state and what the shell shall do.

import { bindings, continuing, searching } from './bindings.ts';
import type { Key } from './keys.ts';
import {
  after,
  type Edit,
  emptyLine,
  findCharacter,
  insert,
  type Line,
  moveTo,
  replace,
  typeText,
} from './line.ts';
import { argumentKey, argumentValue } from './numeric-argument.ts';
import { type PrefixSought, type Seeking, seekKey } from './prefix-search.ts';
import { endSearch, type Search, searchKey } from './search.ts';

/** What a key asks of the shell. */
export type Effect =
  | 'submit'
  | 'submit-next'
  | 'end-of-file'
  | 'interrupt'
  | 'clear-screen'
  | 'edit'
  | 'bell'
  | Asked;

/** What the shell has to look up before it can be put into the line or shown. */
export type Asked =
  | 'complete'
  | 'list'
  | 'insert-all'
  | `complete-${'path' | 'command' | 'variable' | 'user'}`
  | `list-${'paths' | 'commands' | 'variables' | 'users' | 'glob'}`
  | 'insert-glob'
  | `expand-${'history' | 'line' | 'tilde'}`;

/** A line of the history as it was left, with what can be undone in it. */
export interface Draft {
  readonly text: string;
  readonly undo: readonly Edit[];
}

export interface Editor {
  readonly line: Line;
  readonly history: readonly string[];
  /** Place in the history; its length is the line being typed. */
  readonly at: number;
  /** Lines of the history as changed in this session, and the one being typed. */
  readonly drafts: ReadonlyMap<number, Draft>;
  /** C-r or C-s in progress. */
  readonly search: Search | undefined;
  /** What was searched for last: C-r C-r looks for it again. */
  readonly sought: string;
  /** Whether lines of the history are offered behind the cursor. */
  readonly suggests: boolean;
  /** M-p or M-n: what to look for is being typed. */
  readonly seeking: Seeking | undefined;
  /** What PageUp and PageDown go on looking for. */
  readonly prefixSought: PrefixSought | undefined;
  /** What is typed takes the place of what stands there. */
  readonly overwrites: boolean;
  /** The last M-.: how far back and which way, which word of the command, and whether it is in the line. */
  readonly lastArgument: { back: number; way: number; word: number | 'last'; put: boolean } | undefined;
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
  readonly yankAt?: number;
  readonly sought?: string;
  /** C-o: the place in the history that comes next. */
  readonly next?: number | undefined;
  readonly suggests?: boolean;
}

export function startEditing(
  history: readonly string[],
  { kills = [], yankAt = 0, sought = '', suggests = false, next }: Habits = {},
): Editor {
  const editor: Editor = {
    line: { ...emptyLine, kills, yankAt },
    sought,
    suggests,
    history,
    at: history.length,
    drafts: new Map(),
    search: undefined,
    seeking: undefined,
    prefixSought: undefined,
    overwrites: false,
    lastArgument: undefined,
    argument: undefined,
    prefix: undefined,
  };
  return next !== undefined && next < history.length ? recall(editor, next) : editor;
}

/** One key. */
export function press(editor: Editor, key: Key): Step {
  if (editor.seeking !== undefined) return seekKey(editor, key);
  if (editor.search !== undefined) return searchKey(editor, key) ?? press(endSearch(editor), key);
  const argued = editor.prefix === undefined ? argumentKey(editor, key) : undefined;
  if (argued !== undefined) return { editor: argued };
  const count = argumentValue(editor.argument);
  const ready = { ...editor, argument: undefined, prefix: undefined };
  if (editor.prefix !== undefined) return afterPrefix(ready, editor.prefix, key, count);
  if ('text' in key) return { editor: forgetful(typed(ready, key, count)) };
  if (prefixes.has(key.name)) return { editor: { ...editor, prefix: key.name } };
  return pressNamed(ready, key.name, count);
}

function typed(editor: Editor, { text, pasted }: { text: string; pasted?: boolean }, count = 1): Editor {
  const { line, overwrites } = editor;
  if (pasted) return withLine(editor, { ...insert(line, text), mark: line.cursor });
  const put = text.repeat(Math.max(0, count));
  if (overwrites) {
    let end = line.cursor;
    for (let i = 0; i < count; i++) end = after(line.text, end);
    return withLine(editor, replace(line, line.cursor, end, put, { closed: true }));
  }
  return withLine(editor, count === 1 ? typeText(line, put) : insert(line, put));
}

const forgetful = (editor: Editor): Editor =>
  editor.lastArgument === undefined && editor.prefixSought === undefined
    ? editor
    : { ...editor, lastArgument: undefined, prefixSought: undefined };

function pressNamed(editor: Editor, name: string, count: number | undefined): Step {
  const binding = bindings[name] ?? bindings[lowered(name)];
  if (binding === undefined) return { editor: forgetful(editor), effect: 'bell' };
  const { lastArgument, prefixSought } = editor;
  const ready = {
    ...editor,
    lastArgument: continuing.has(name) ? lastArgument : undefined,
    prefixSought: searching.has(name) ? prefixSought : undefined,
  };
  return binding(ready, count);
}

/** M-B does what M-b does. */
const lowered = (name: string): string =>
  name.replace(/^(M-|C-x )([A-Z])$/, (_, lead, key) => lead + key.toLowerCase());

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

/** The editor with another line; its place in the history stays. */
export const withLine = (editor: Editor, line: Line): Editor => ({ ...editor, line });

/** An entry of the history as it was left, or the line being typed. */
export const textAt = ({ drafts, history }: Editor, at: number): string =>
  drafts.get(at)?.text ?? history[at] ?? '';

/** Another entry of the history, as last edited. */
export function recall(editor: Editor, at: number): Editor {
  const { line, history } = editor;
  const drafts = new Map(editor.drafts).set(editor.at, { text: line.text, undo: line.undo });
  const { text, undo } = drafts.get(at) ?? { text: history[at] ?? '', undo: [] };
  return { ...editor, drafts, at, line: moveTo({ ...line, text, mark: 0, undo }, text.length) };
}
