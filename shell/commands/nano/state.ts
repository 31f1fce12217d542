// nano's state: a text, what may be asked about it, and what can be undone.

import type { Position } from '../vi/position.ts';
import { NO_LINES, within } from '../vi/text.ts';

type Lines = readonly string[];

/** What is asked below the text. `path` is the name that a question is about. */
export interface Prompt {
  readonly kind:
    | 'write'
    | 'different?'
    | 'overwrite?'
    | 'search'
    | 'line'
    | 'insert-file'
    | 'save?'
    | 'replace'
    | 'replace-with'
    | 'replace?';
  readonly text: string;
  readonly path?: string;
}

export type Request =
  /** `sure`: the question about another name, or all questions are answered. */
  | { readonly kind: 'write'; readonly path: string; readonly exit: boolean; readonly sure?: 'name' | 'all' }
  | { readonly kind: 'insert'; readonly path: string }
  | { readonly kind: 'exit' };

/** The other side of a change: going there brings the text and one of the cursors back. */
interface Change {
  readonly lines: Lines;
  readonly before: Position;
  readonly after: Position;
  readonly what: string;
}

export interface SearchFlags {
  readonly exact: boolean;
  readonly regexp: boolean;
  readonly backwards: boolean;
}

/** A replacement that asks at each place, from `origin` around to it again. */
export interface Replacing {
  readonly text: string;
  readonly origin: Position;
  readonly wrapped: boolean;
  readonly count: number;
  readonly length: number;
}

export interface Nano {
  readonly lines: Lines;
  readonly cursor: Position;
  /** The display column that vertical moves aim at. */
  readonly want: number;
  readonly saved: Lines;
  readonly file: string;
  readonly cut: Lines;
  /** The last key cut: the next cut is added. */
  readonly cutting: boolean;
  readonly mark: Position | undefined;
  readonly past: readonly Change[];
  readonly future: readonly Change[];
  /** What the last key did, when more of it goes into the same step of undo. */
  readonly going: string;
  readonly prompt: Prompt | undefined;
  readonly searched: string;
  readonly flags: SearchFlags;
  readonly replacing: Replacing | undefined;
  readonly exiting: boolean;
  readonly message: string;
  /** Keys that the message stays for. */
  readonly patience: number;
  readonly readonly: boolean;
  readonly request: Request | undefined;
  readonly top: number;
  /** Once the cursor has left the window: it comes to the middle, or keeps its row. */
  readonly view: 'near' | 'centre' | { readonly row: number };
  readonly height: number;
}

export const startNano = (lines: Lines, file: string): Nano => {
  const text = lines.length === 0 ? NO_LINES : lines;
  return {
    lines: text,
    cursor: { row: 0, col: 0 },
    want: 0,
    saved: text,
    file,
    cut: [],
    cutting: false,
    mark: undefined,
    past: [],
    future: [],
    going: '',
    prompt: undefined,
    searched: '',
    flags: { exact: false, regexp: false, backwards: false },
    replacing: undefined,
    exiting: false,
    message: '',
    patience: 0,
    readonly: false,
    request: undefined,
    top: 0,
    view: 'near',
    height: 20,
  };
};

const PATIENCE_KEYS = 20;

export const tell = (nano: Nano, message: string): Nano => ({ ...nano, message, patience: PATIENCE_KEYS });

/** The text and the cursor after a change; `more`: it joins the last change where that was of the same kind. */
export const changed = (nano: Nano, what: string, lines: Lines, cursor: Position, more = ''): Nano => {
  const after = within(lines, cursor, true);
  const last = nano.past.at(-1);
  const joins = more !== '' && nano.going === more && last !== undefined;
  const change = joins ? { ...last, after } : { lines: nano.lines, before: nano.cursor, after, what };
  const past = [...(joins ? nano.past.slice(0, -1) : nano.past), change];
  return { ...nano, lines, cursor: after, past, future: [], going: more };
};

export const undo = (nano: Nano): Nano => {
  const change = nano.past.at(-1);
  if (change === undefined) return tell(nano, 'Nothing to undo');
  const future = [{ ...change, lines: nano.lines }, ...nano.future];
  const now = { ...nano, lines: change.lines, cursor: change.before, past: nano.past.slice(0, -1), future };
  return tell({ ...now, mark: undefined, view: 'centre' }, `Undid ${change.what}`);
};

export const redo = (nano: Nano): Nano => {
  const [change, ...future] = nano.future;
  if (change === undefined) return tell(nano, 'Nothing to redo');
  const past = [...nano.past, { ...change, lines: nano.lines }];
  const now = { ...nano, lines: change.lines, cursor: change.after, past, future };
  return tell({ ...now, mark: undefined, view: 'centre' }, `Redid ${change.what}`);
};
