// History expansion: !!, !$, !n, !-n, !prefix, !?part?, ^old^new^, with word designators and modifiers.
import { HistoryProblem, type Selected, type Substitution, select } from './history-modifiers.ts';

export type Expansion =
  | { readonly text: string; readonly changed: boolean; readonly printOnly: boolean }
  | { readonly problem: string };

interface Reading {
  readonly source: string;
  readonly history: readonly string[];
  readonly memory: Substitution;
  at: number;
  out: string;
  printOnly: boolean;
  /** Between double quotes. */
  quoted: boolean;
}

/** One line, which may stand inside a quotation that an earlier line has opened. */
export function expandHistory(
  line: string,
  history: readonly string[],
  memory: Substitution,
  opened: '' | '"' | "'" = '',
): Expansion {
  const quick = /^\^/.test(line) && opened === '';
  const source = quick ? `!!:s${line}` : line;
  const reading: Reading = {
    source,
    history,
    memory,
    at: 0,
    out: '',
    printOnly: false,
    quoted: opened === '"',
  };
  if (opened === "'") copySingleQuoted(reading, 0);
  try {
    while (reading.at < source.length) step(reading);
  } catch (error) {
    if (!(error instanceof HistoryProblem)) throw error;
    return { problem: error.message };
  }
  return { text: reading.out, changed: reading.out !== line, printOnly: reading.printOnly };
}

function copy(reading: Reading, length: number): void {
  reading.out += reading.source.slice(reading.at, reading.at + length);
  reading.at += length;
}

function copySingleQuoted(reading: Reading, from: number): void {
  const end = reading.source.indexOf("'", from);
  copy(reading, (end === -1 ? reading.source.length : end + 1) - reading.at);
}

function step(reading: Reading): void {
  const char = reading.source[reading.at];
  if (char === '\\') copy(reading, 2);
  else if (char === "'" && !reading.quoted) copySingleQuoted(reading, reading.at + 1);
  else if (char === '!' && isExpansion(reading)) expand(reading);
  else {
    if (char === '"') reading.quoted = !reading.quoted;
    copy(reading, 1);
  }
}

/** `!` alone, `!=`, `!(`, `$!`, `${!x}` and `[!a]` are the shell's. */
function isExpansion({ source, at, quoted }: Reading): boolean {
  const next = source[at + 1];
  if (next === undefined || /[ \t\n\r=(]/.test(next) || (quoted && next === '"')) return false;
  if (source[at - 1] === '$' || source.slice(at - 2, at) === '${') return false;
  return !(source[at - 1] === '[' && source.includes(']', at));
}

function expand(reading: Reading): void {
  const { source, at, memory } = reading;
  const { event, end } = readEvent(reading);
  const selected: Selected = select(source, end, event, memory);
  reading.out += selected.text;
  reading.printOnly ||= selected.printOnly;
  reading.at = Math.max(selected.next, at + 1);
}

/** The event that `!` names, and where its name ends. */
function readEvent({ source, at, history, out, quoted }: Reading): { event: string; end: number } {
  const rest = source.slice(at + 1);
  const named = (length: number, event: string | undefined): { event: string; end: number } => {
    if (event !== undefined) return { event, end: at + 1 + length };
    throw new HistoryProblem(`!${rest.slice(0, length)}: event not found`);
  };
  if (rest.startsWith('!')) return named(1, history.at(-1));
  if (rest.startsWith('#')) return named(1, out);
  if (/^[:$^*%]|^-(?!\d)/.test(rest)) return named(0, history.at(-1));
  const number = /^-?\d+/.exec(rest)?.[0];
  if (number !== undefined) {
    const index = Number(number);
    return named(number.length, index === 0 ? undefined : history.at(index < 0 ? index : index - 1));
  }
  const part = /^\?([^?\n]*)\??/.exec(rest);
  if (part !== null)
    return named(
      part[0].length,
      history.findLast((line) => line.includes(part[1] as string)),
    );
  const name = (quoted ? /^[^\s:;&|()<>^$*%"-]+/ : /^[^\s:;&|()<>^$*%-]+/).exec(rest)?.[0] ?? '';
  return named(name.length, name === '' ? undefined : history.findLast((line) => line.startsWith(name)));
}
