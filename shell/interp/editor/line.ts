// The line being edited: a pure state, and the movements and changes that emacs keys make on it.

import { graphemeStart, graphemesOf } from './graphemes.ts';

export interface Line {
  readonly text: string;
  /** Offset into text, at the boundary of a grapheme. */
  readonly cursor: number;
  /** What was killed last, for C-y. */
  readonly killed: string;
  /** The last key killed: the next kill adds to it. */
  readonly killing: boolean;
  /** Earlier states, for C-_. */
  readonly undo: readonly { text: string; cursor: number }[];
}

export const emptyLine: Line = { text: '', cursor: 0, killed: '', killing: false, undo: [] };

/** The boundary before `at`. */
export function before(text: string, at: number): number {
  if (at <= 0) return 0;
  const code = text.charCodeAt(at - 1);
  if (code < 0x80 && (at < 2 || text.charCodeAt(at - 2) < 0x80)) return at - 1;
  return graphemeStart(text, at - 1);
}

/** The boundary after `at`. */
export function after(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const [first = ' '] = graphemesOf(text.slice(at));
  return at + first.length;
}

const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);

/** Start of the word before `at`; words are letters and digits. */
export function wordStart(text: string, at: number): number {
  let i = at;
  while (i > 0 && !isWord(text[i - 1])) i--;
  while (i > 0 && isWord(text[i - 1])) i--;
  return i;
}

export function wordEnd(text: string, at: number): number {
  let i = at;
  while (i < text.length && !isWord(text[i])) i++;
  while (i < text.length && isWord(text[i])) i++;
  return i;
}

/** Start of the blank-separated word before `at` (C-w). */
export function blankWordStart(text: string, at: number): number {
  let i = at;
  while (i > 0 && /\s/.test(text[i - 1] as string)) i--;
  while (i > 0 && !/\s/.test(text[i - 1] as string)) i--;
  return i;
}

export const moveTo = (line: Line, cursor: number): Line => ({
  ...line,
  cursor: Math.max(0, Math.min(cursor, line.text.length)),
  killing: false,
});

const MOST_UNDO = 200;

/** Replaces a range; the cursor lands behind what was put in. */
export function replace(line: Line, start: number, end: number, text: string): Line {
  const undo = [...line.undo.slice(-MOST_UNDO), { text: line.text, cursor: line.cursor }];
  return {
    ...line,
    text: line.text.slice(0, start) + text + line.text.slice(end),
    cursor: start + text.length,
    killing: false,
    undo,
  };
}

export const insert = (line: Line, text: string): Line => replace(line, line.cursor, line.cursor, text);

/** Takes a range away and keeps it for C-y; kills in a row join. */
export function kill(line: Line, start: number, end: number): Line {
  if (start === end) return line;
  const taken = line.text.slice(start, end);
  const joined = !line.killing ? taken : end <= line.cursor ? taken + line.killed : line.killed + taken;
  return { ...replace(line, start, end, ''), killed: joined, killing: true };
}

export function undo(line: Line): Line {
  const last = line.undo.at(-1);
  return last === undefined ? line : { ...line, ...last, killing: false, undo: line.undo.slice(0, -1) };
}

/** C-t: the characters around the cursor change places. */
export function transpose(line: Line): Line {
  const { text } = line;
  const at = line.cursor === text.length ? before(text, line.cursor) : line.cursor;
  const start = before(text, at);
  const end = after(text, at);
  if (start === at || at === end) return line;
  return replace(line, start, end, text.slice(at, end) + text.slice(start, at));
}

/** M-u, M-l, M-c on the word from the cursor on. */
export function changeCase(line: Line, change: (word: string) => string): Line {
  const end = wordEnd(line.text, line.cursor);
  return replace(line, line.cursor, end, change(line.text.slice(line.cursor, end)));
}
