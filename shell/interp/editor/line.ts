// The line being edited: a pure state, and the movements and changes that emacs keys make on it.

import { graphemeStart, graphemesOf } from './graphemes.ts';

/** One change: what it put in, and what it took away. */
export interface Edit {
  readonly start: number;
  readonly removed: string;
  readonly put: string;
  /** Undone together with the one before it. */
  readonly joined?: boolean;
  /** What is typed behind it is a step of its own. */
  readonly closed?: boolean;
}

export interface Line {
  readonly text: string;
  /** Offset into text, at the boundary of a grapheme. */
  readonly cursor: number;
  /** The other end of the region: C-@ sets it, C-x C-x goes there. */
  readonly mark: number;
  /** What was killed, newest first: the ring of C-y and M-y. */
  readonly kills: readonly string[];
  /** Which of them C-y puts in: M-y goes on from there. */
  readonly yankAt: number;
  /** The last key killed: the next kill adds to it. */
  readonly killing: boolean;
  /** The last key yanked. */
  readonly yanked: boolean;
  /** Changes, for C-_. */
  readonly undo: readonly Edit[];
}

export const emptyLine: Line = {
  text: '',
  cursor: 0,
  mark: 0,
  kills: [],
  yankAt: 0,
  killing: false,
  yanked: false,
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
  while (i > 0 && /[ \t]/.test(text[i - 1] as string)) i--;
  while (i > 0 && !/[ \t]/.test(text[i - 1] as string)) i--;
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
const unmarked = { killing: false, yanked: false } as const;

export const moveTo = (line: Line, cursor: number): Line => ({
  ...line,
  cursor: Math.max(0, Math.min(cursor, line.text.length)),
  ...unmarked,
});

const MOST_UNDO = 1000;
/** readline keeps so many. */
const MOST_KILLS = 10;
/** readline takes back at most so many bytes of typed characters at once. */
const MOST_TYPED = 20;

type Together = Pick<Edit, 'joined' | 'closed'>;

/** Replaces a range; the cursor lands behind what was put in. */
export function replace(line: Line, start: number, end: number, put: string, together: Together = {}): Line {
  const edit: Edit = { start, removed: line.text.slice(start, end), put, ...together };
  const text = line.text.slice(0, start) + put + line.text.slice(end);
  return {
    ...line,
    text,
    cursor: start + put.length,
    mark: Math.min(line.mark, text.length),
    ...unmarked,
    undo: [...line.undo.slice(-MOST_UNDO), edit],
  };
}

export const insert = (line: Line, text: string): Line => replace(line, line.cursor, line.cursor, text);

/** A typed character: those that stand in a row are one step of undo. */
export function typeText(line: Line, text: string): Line {
  const typed = insert(line, text);
  const last = line.undo.at(-1);
  if (last === undefined || last.removed !== '' || last.joined || last.closed || !/^[\x00-\x7f]$/.test(text))
    return typed;
  if (last.start + last.put.length !== line.cursor || bytes(last.put) >= MOST_TYPED) return typed;
  return { ...typed, undo: [...line.undo.slice(0, -1), { ...last, put: last.put + text }] };
}

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** Takes a range away and keeps it for C-y; kills in a row join. */
export function kill(line: Line, start: number, end: number): Line {
  if (start === end) return { ...line, mark: start, ...unmarked, killing: true };
  const taken = line.text.slice(start, end);
  const [last = '', ...older] = line.kills;
  const joined = end <= line.cursor ? taken + last : last + taken;
  const kills = line.killing ? [joined, ...older] : [taken, ...line.kills.slice(0, MOST_KILLS - 1)];
  return { ...replace(line, start, end, ''), mark: start, kills, yankAt: 0, killing: true };
}

/** C-y: the last kill comes back. */
export function yank(line: Line): Line {
  const text = line.kills[line.yankAt];
  return text === undefined ? line : { ...insert(line, text), mark: line.cursor, yanked: true };
}

/** M-y right after a yank: the kill before instead of it. */
export function yankPop(line: Line): Line {
  const { kills, yankAt, cursor, text } = line;
  const start = cursor - (kills[yankAt]?.length ?? 0);
  if (!line.yanked || text.slice(start, cursor) !== kills[yankAt]) return line;
  return yank({ ...replace(line, start, cursor, ''), yankAt: (yankAt + 1) % kills.length });
}

/** C-_: the last change, and those that belong to it, are taken back. */
export function undo(line: Line): Line {
  const last = line.undo.at(-1);
  if (last === undefined) return line;
  const { start, removed, put, joined } = last;
  const text = line.text.slice(0, start) + removed + line.text.slice(start + put.length);
  const before = { ...line, text, cursor: start + removed.length, ...unmarked, undo: line.undo.slice(0, -1) };
  return joined ? undo(before) : before;
}

/** M-r: the line as it was before all changes. */
export function revert(line: Line): Line {
  let now = line;
  while (now.undo.length > 0) now = undo(now);
  return now;
}

/** C-t: the character before the cursor goes behind the one at it, or so many on. */
export function transpose(line: Line, count = 1): Line {
  const { text } = line;
  if (line.cursor === 0 || text.length < 2) return line;
  const isEnd = line.cursor === text.length;
  const at = isEnd ? before(text, line.cursor) : line.cursor;
  const start = before(text, at);
  const char = text.slice(start, at);
  let to = start;
  const rest = text.slice(0, start) + text.slice(at);
  const times = isEnd ? 1 : count;
  for (let i = 0; i < Math.abs(times); i++) to = times > 0 ? after(rest, to) : before(rest, to);
  return replace(replace(line, start, at, ''), to, to, char, { joined: true });
}

type Boundaries = readonly [start: typeof wordStart, end: typeof wordEnd];

/** M-t: the word before the cursor and the one at or behind it, or so many on, change places. */
export function transposeWords(line: Line, count = 1, [start, end]: Boundaries = [wordStart, wordEnd]): Line {
  const { text } = line;
  const far = count < 0 ? start : end;
  const back = count < 0 ? end : start;
  const second = { end: times(far, text, line.cursor, count), start: 0 };
  second.start = start(text, second.end);
  const first = times(back, text, second.start, count);
  const firstEnd = end(text, first);
  if (count === 0 || first === second.start || second.start < firstEnd) return line;
  const swapped =
    text.slice(second.start, second.end) + text.slice(firstEnd, second.start) + text.slice(first, firstEnd);
  return replace(line, first, second.end, swapped);
}

function times(move: typeof wordStart, text: string, from: number, count: number): number {
  let at = from;
  for (let i = 0; i < Math.min(Math.abs(count), text.length); i++) at = move(text, at);
  return at;
}

/** So many words on; back for a negative number. */
export const byWords = (text: string, at: number, count: number): number =>
  times(count < 0 ? wordStart : wordEnd, text, at, count);

/** M-\: no blanks around the cursor. */
export function closeUp(line: Line): Line {
  const { text, cursor } = line;
  const start = cursor - (/[ \t]*$/.exec(text.slice(0, cursor))?.[0].length ?? 0);
  const end = cursor + (/^[ \t]*/.exec(text.slice(cursor))?.[0].length ?? 0);
  return start === end ? line : replace(line, start, end, '');
}

/** M-u, M-l, M-c on the words from the cursor on, or before it. */
export function changeCase(line: Line, change: (words: string) => string, count = 1): Line {
  const { text, cursor } = line;
  const other = byWords(text, cursor, count);
  const [start, end] = [Math.min(cursor, other), Math.max(cursor, other)];
  return start === end ? line : replace(line, start, end, change(text.slice(start, end)));
}
