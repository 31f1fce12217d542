// :g and :v: a command on every line that matches, or does not.

import type { ExRun } from './ex-command.ts';
import { compilePattern } from './pattern.ts';
import { failure, type Vi } from './state.ts';
import { lineAt } from './text.ts';

export const globalCommand: ExRun = (vi, { from, to, bang, argument, name }, again) => {
  const delimiter = argument[0] ?? '/';
  const { pattern: typed, rest } = readPattern(argument.slice(1), delimiter);
  const pattern = typed === '' ? (vi.pattern?.text ?? '') : typed;
  const regex = compilePattern(pattern, vi.settings);
  if (regex === undefined || pattern === '') return failure(vi, `E486: Pattern not found: ${pattern}`);
  const inverted = bang || name.startsWith('v');
  const chosen = new Set<number>();
  for (let row = from; row <= to; row++) {
    regex.lastIndex = 0;
    if (regex.test(lineAt(vi.lines, row)) !== inverted) chosen.add(row);
  }
  const known = { ...vi, pattern: { text: pattern, forward: true } };
  if (chosen.size === 0) return failure(known, `E486: Pattern not found: ${pattern}`);
  const command = rest === '' ? 'p' : rest;
  return eachLine(known, chosen, command, (now) => again(now, command));
};

/** Marks a line that still waits, wherever the command before moves it: no character of any text. */
const WAITING = '\u{10ffff}';

const eachLine = (vi: Vi, chosen: ReadonlySet<number>, command: string, run: (vi: Vi) => Vi): Vi => {
  let now: Vi = { ...vi, lines: vi.lines.map((line, row) => (chosen.has(row) ? line + WAITING : line)) };
  const printed: string[] = [];
  for (let row = nextWaiting(now, 0); row >= 0; row = nextWaiting(now, row)) {
    const lines = now.lines.with(row, lineAt(now.lines, row).replace(WAITING, ''));
    now = run({ ...now, lines, cursor: { row, col: 0 }, failed: false });
    if (/^(p|nu|#)/.test(command)) printed.push(now.message.text);
    if (now.request !== undefined) break;
  }
  const lines = now.lines.map((line) => line.replaceAll(WAITING, ''));
  const same = lines.length === vi.lines.length && lines.every((line, row) => line === vi.lines[row]);
  const text = printed.length > 0 ? printed.join('\n') : now.message.error ? '' : now.message.text;
  return { ...now, lines: same ? vi.lines : lines, failed: false, message: { text, error: false } };
};

/** The first line that waits: from where the last one was, else from the top. */
const nextWaiting = ({ lines }: Vi, from: number): number => {
  for (let row = from; row < lines.length; row++) if (lines[row]?.includes(WAITING)) return row;
  return lines.findIndex((line) => line.includes(WAITING));
};

const readPattern = (text: string, delimiter: string): { pattern: string; rest: string } => {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === delimiter)
      return {
        pattern: text.slice(0, at).replaceAll(`\\${delimiter}`, delimiter),
        rest: text.slice(at + 1).trim(),
      };
  }
  return { pattern: text, rest: '' };
};
