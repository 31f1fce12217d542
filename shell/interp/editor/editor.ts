// The line editor as a pure reducer: (state, key) → state and what the shell shall do.

import { bindings } from './bindings.ts';
import type { Key } from './keys.ts';
import { emptyLine, insert, type Line, moveTo, typeText } from './line.ts';
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
  /** Which last argument M-. put in: how far back, and where it starts. */
  readonly lastArgument: { back: number; start: number } | undefined;
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
});

/** One key. */
export function press(editor: Editor, key: Key): Step {
  if (editor.search !== undefined) {
    const step = searchKey(editor, key);
    if (step !== undefined) return step;
    return press({ ...editor, search: undefined }, key);
  }
  if ('text' in key) {
    const line = key.pasted ? insert(editor.line, key.text) : typeText(editor.line, key.text);
    return { editor: { ...editor, line, lastArgument: undefined } };
  }
  const binding = bindings[key.name];
  if (binding === undefined) return { editor, effect: 'bell' };
  const step = binding(editor);
  return key.name === 'M-.' || key.name === 'M-_'
    ? step
    : { ...step, editor: { ...step.editor, lastArgument: undefined } };
}

/** The editor with another line; its place in the history stays. */
export const withLine = (editor: Editor, line: Line): Editor => ({ ...editor, line });

/** Another entry of the history, as last edited. */
export function recall(editor: Editor, at: number): Editor {
  const drafts = new Map(editor.drafts).set(editor.at, editor.line.text);
  const text = drafts.get(at) ?? editor.history[at] ?? '';
  return { ...editor, drafts, at, line: moveTo({ ...editor.line, text, undo: [] }, text.length) };
}
