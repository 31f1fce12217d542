// The state of vi: all that a key may depend on, and all that it may change. Nothing here is ever mutated.

import type { Position } from './position.ts';
import type { Register } from './register.ts';
import { NO_LINES } from './text.ts';

export type Mode = 'normal' | 'insert' | 'replace' | 'visual' | 'visual-line' | 'command' | 'confirm';

/** What an editor may not do by itself: the program does it and tells the outcome. */
export type Request =
  | {
      readonly kind: 'write';
      readonly path: string | undefined;
      readonly force: boolean;
      readonly append: boolean;
      /** Rows from, to (inclusive); undefined: all. */
      readonly rows: readonly [number, number] | undefined;
      readonly quit: boolean;
    }
  | { readonly kind: 'quit'; readonly status: number }
  | { readonly kind: 'edit'; readonly path: string | undefined }
  | { readonly kind: 'read'; readonly path: string; readonly row: number }
  | { readonly kind: 'read-command'; readonly command: string; readonly row: number }
  | { readonly kind: 'run'; readonly command: string }
  | {
      readonly kind: 'filter';
      readonly command: string;
      readonly rows: readonly [number, number];
      readonly replace: boolean;
    }
  | { readonly kind: 'suspend' | 'redraw' };

export interface Snapshot {
  readonly lines: readonly string[];
  readonly cursor: Position;
  /** The change that ended it, of those since the start, and when that was, in seconds. */
  readonly change?: { readonly number: number; readonly at: number };
}

export interface Pattern {
  readonly text: string;
  readonly forward: boolean;
}

/** An insertion under way: what to type again for a count. */
export interface Insertion {
  readonly count: number;
  readonly keys: readonly string[];
  /** The key that began it: `o` opens a line for every repetition. */
  readonly opener: string;
  readonly start: Position;
  /** Replace mode: the line as it was, for Backspace. */
  readonly replaced: string;
}

/** A substitution that asks before each place. */
export interface Confirmation {
  readonly from: Position;
  readonly to: number;
  readonly pattern: string;
  readonly replacement: string;
  readonly all: boolean;
  readonly ignoreCase: boolean | undefined;
  readonly match: { readonly start: Position; readonly end: number };
}

export interface Settings {
  readonly number: boolean;
  readonly ignorecase: boolean;
  readonly smartcase: boolean;
  readonly wrapscan: boolean;
  readonly autoindent: boolean;
  readonly expandtab: boolean;
  readonly readonly: boolean;
  readonly list: boolean;
  readonly ruler: boolean;
  readonly showmode: boolean;
  readonly tabstop: number;
  readonly shiftwidth: number;
}

export interface Vi {
  readonly lines: readonly string[];
  readonly cursor: Position;
  /** The display column that vertical motions aim at; Infinity after `$`. */
  readonly want: number;
  readonly mode: Mode;
  /** Keys of a command that is not complete yet. */
  readonly pending: readonly string[];
  /** Keys since the last moment of rest: what `.` will repeat. */
  readonly typed: readonly string[];
  /** The text at the last moment of rest: what `u` will bring back. */
  readonly rest: Snapshot;
  readonly lastChange: readonly string[];
  readonly past: readonly Snapshot[];
  readonly future: readonly Snapshot[];
  /** How many changes there were so far; the time, in seconds since 1970. */
  readonly changes: number;
  readonly now: number;
  readonly registers: Readonly<Record<string, Register>>;
  readonly marks: Readonly<Record<string, Position>>;
  readonly found: { readonly key: string; readonly character: string } | undefined;
  readonly pattern: Pattern | undefined;
  readonly substitution: { readonly pattern: string; readonly replacement: string; readonly flags: string };
  /** Where a selection began. */
  readonly anchor: Position;
  readonly insertion: Insertion | undefined;
  readonly confirmation: Confirmation | undefined;
  /** Text behind the colon, and the colon lines before. */
  readonly commandLine: string;
  readonly history: readonly string[];
  readonly historyAt: number;
  /** Keys of a macro being recorded, and its register. */
  readonly recording: { readonly register: string; readonly keys: readonly string[] } | undefined;
  readonly lastMacro: string;
  readonly message: { readonly text: string; readonly error: boolean };
  readonly settings: Settings;
  readonly file: string;
  /** The text as it is on the disk: modified means another one. */
  readonly saved: readonly string[];
  /** A command failed: the bell, and the end of macros and repetitions. */
  readonly failed: boolean;
  readonly request: Request | undefined;
  /** The first row shown; rows and columns of the text's window. */
  readonly top: number;
  readonly height: number;
  readonly width: number;
}

export const SETTINGS: Settings = {
  number: false,
  ignorecase: false,
  smartcase: false,
  wrapscan: true,
  autoindent: false,
  expandtab: false,
  readonly: false,
  list: false,
  ruler: true,
  showmode: true,
  tabstop: 8,
  shiftwidth: 8,
};

const START: Position = { row: 0, col: 0 };

export const startVi = (lines: readonly string[], file = ''): Vi => {
  const text = lines.length === 0 ? NO_LINES : lines;
  return {
    lines: text,
    cursor: START,
    want: 0,
    mode: 'normal',
    pending: [],
    typed: [],
    rest: { lines: text, cursor: START },
    lastChange: [],
    past: [],
    future: [],
    changes: 0,
    now: 0,
    registers: {},
    marks: {},
    found: undefined,
    pattern: undefined,
    substitution: { pattern: '', replacement: '', flags: '' },
    anchor: START,
    insertion: undefined,
    confirmation: undefined,
    commandLine: '',
    history: [],
    historyAt: 0,
    recording: undefined,
    lastMacro: '',
    message: { text: '', error: false },
    settings: SETTINGS,
    file,
    saved: text,
    failed: false,
    request: undefined,
    top: 0,
    height: 23,
    width: 80,
  };
};

export const isModified = (vi: Vi): boolean => vi.lines !== vi.saved;

/** A command that could not be done: the bell rings. */
export const failure = (vi: Vi, text = ''): Vi => ({
  ...vi,
  failed: true,
  message: text === '' ? vi.message : { text, error: true },
});

export const tell = (vi: Vi, text: string): Vi => ({ ...vi, message: { text, error: false } });

export const isVisual = (vi: Vi): boolean => vi.mode === 'visual' || vi.mode === 'visual-line';
