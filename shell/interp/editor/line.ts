// The line being edited: a pure state, and the movements and changes that emacs keys make on it.

import { graphemeStart, graphemesOf } from './graphemes.ts';

export interface Line {
  readonly text: string;
  /** Offset into text, at the boundary of a grapheme. */
  readonly cursor: number;
  /** What was killed, newest first: the ring of C-y and M-y. */
  readonly kills: readonly string[];
  /** The last key killed: the next kill adds to it. */
  readonly killing: boolean;
  /** The last key yanked: from where on, and which of the kills. */
  readonly yanked: { start: number; kill: number } | undefined;
  /** How many characters typed in a row C-_ takes back at once. */
  readonly typed: number;
  /** Earlier states, for C-_. */
  readonly undo: readonly { text: string; cursor: number }[];
}

export const emptyLine: Line = {
  text: '',
  cursor: 0,
  kills: [],
  killing: false,
  yanked: undefined,
  typed: 0,
  undo: [],
};

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

/** The place of a character, so many times on from the cursor; back for a negative number. */
export function findCharacter({ text, cursor }: Line, char: string, times: number): number | undefined {
  let at = cursor;
  for (let found = 0; found < Math.abs(times); found++) {
    at = times > 0 ? text.indexOf(char, at + 1) : at === 0 ? -1 : text.lastIndexOf(char, at - 1);
    if (at === -1) return undefined;
  }
  return at;
}

/** What holds only until the next key. */
const unmarked = { killing: false, yanked: undefined, typed: 0 } as const;

export const moveTo = (line: Line, cursor: number): Line => ({
  ...line,
  cursor: Math.max(0, Math.min(cursor, line.text.length)),
  ...unmarked,
});

const MOST_UNDO = 200;
const MOST_KILLS = 60;
/** readline takes back at most so many typed characters at once. */
const MOST_TYPED = 20;

/** Replaces a range; the cursor lands behind what was put in. */
export function replace(line: Line, start: number, end: number, text: string): Line {
  const undo = [...line.undo.slice(-MOST_UNDO), { text: line.text, cursor: line.cursor }];
  return {
    ...line,
    text: line.text.slice(0, start) + text + line.text.slice(end),
    cursor: start + text.length,
    ...unmarked,
    undo,
  };
}

export const insert = (line: Line, text: string): Line => replace(line, line.cursor, line.cursor, text);

/** A typed character: those typed in a row are one step of undo. */
export function typeText(line: Line, text: string): Line {
  const typed = insert(line, text);
  const goesOn = line.typed > 0 && line.typed < MOST_TYPED;
  return { ...typed, undo: goesOn ? line.undo : typed.undo, typed: goesOn ? line.typed + 1 : 1 };
}

/** Takes a range away and keeps it for C-y; kills in a row join. */
export function kill(line: Line, start: number, end: number): Line {
  if (start === end) return line;
  const taken = line.text.slice(start, end);
  const [last = '', ...older] = line.kills;
  const joined = end <= line.cursor ? taken + last : last + taken;
  const kills = line.killing ? [joined, ...older] : [taken, ...line.kills.slice(0, MOST_KILLS - 1)];
  return { ...replace(line, start, end, ''), kills, killing: true };
}

/** C-y: the last kill comes back. */
export function yank(line: Line): Line {
  const [text] = line.kills;
  if (text === undefined) return line;
  return { ...insert(line, text), yanked: { start: line.cursor, kill: 0 } };
}

/** M-y right after a yank: the kill before instead of it. */
export function yankPop(line: Line): Line {
  const { yanked, kills } = line;
  if (yanked === undefined) return line;
  const next = (yanked.kill + 1) % kills.length;
  const put = replace(line, yanked.start, line.cursor, kills[next] as string);
  return { ...put, yanked: { start: yanked.start, kill: next } };
}

export function undo(line: Line): Line {
  const last = line.undo.at(-1);
  return last === undefined ? line : { ...line, ...last, ...unmarked, undo: line.undo.slice(0, -1) };
}

/** M-r: the line as it was before all changes. */
export function revert(line: Line): Line {
  const [first] = line.undo;
  return first === undefined ? line : { ...line, ...first, ...unmarked, undo: [] };
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

/** M-t: the word before the cursor and the one at or behind it change places. */
export function transposeWords(line: Line): Line {
  const { text } = line;
  const secondEnd = wordEnd(text, line.cursor);
  const second = wordStart(text, secondEnd);
  const first = wordStart(text, second);
  const firstEnd = wordEnd(text, first);
  if (first === second || second < firstEnd) return line;
  const swapped = text.slice(second, secondEnd) + text.slice(firstEnd, second) + text.slice(first, firstEnd);
  return replace(line, first, secondEnd, swapped);
}

/** M-\: no blanks around the cursor. */
export function closeUp(line: Line): Line {
  const { text, cursor } = line;
  const start = text.slice(0, cursor).trimEnd().length;
  const end = text.length - text.slice(cursor).trimStart().length;
  return start === end ? line : replace(line, start, end, '');
}

/** M-u, M-l, M-c on the word from the cursor on. */
export function changeCase(line: Line, change: (word: string) => string): Line {
  const end = wordEnd(line.text, line.cursor);
  return replace(line, line.cursor, end, change(line.text.slice(line.cursor, end)));
}
