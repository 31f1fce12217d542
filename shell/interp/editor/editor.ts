// The state of the line editor: the line, its place in the history, and what is under way. Nothing here is ever mutated.

import { type Edit, emptyLine, type Line, moveTo } from './line.ts';

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

export type Direction = 'back' | 'forth';

/** C-r or C-s: an incremental search through the history. */
export interface Search {
  readonly query: string;
  readonly direction: Direction;
  readonly failed: boolean;
  /** The line before the search, for C-g, and its place in the history. */
  readonly original: Line;
  readonly originalAt: number;
  /** The place in the history that was found last. */
  readonly found: number;
  /** The line that is looked through, and where in it. After a failure that is where it failed. */
  readonly reading: number;
  readonly place: number;
  /** What was found last: the same line once more is passed over. */
  readonly previous: string | undefined;
}

export type Way = -1 | 1;

/** M-p or M-n: the text that is looked for. */
export interface Seeking {
  readonly text: string;
  readonly way: Way;
}

/** PageUp and PageDown: how the lines begin that are looked for, and where the last one was. */
export interface PrefixSought {
  readonly prefix: string;
  readonly at: number;
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
