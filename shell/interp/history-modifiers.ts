// What follows an event: which of its words (`:1-2`, `$`, `*`) and what is done to them (`:h`, `:s/a/b/`, `:p`).
import { historyWords } from './history-words.ts';
import { singleQuote } from './quote.ts';

/** Why a line could not be expanded, as bash words it. */
export class HistoryProblem extends Error {}

/** Behind an event: the text it gives, where reading goes on, and whether it is only to be printed. */
export interface Selected {
  readonly text: string;
  readonly next: number;
  readonly printOnly: boolean;
}

/** What `:s` did last: `:&` does it again. */
export interface Substitution {
  old: string;
  new: string;
}

const DESIGNATOR = /(?::(?=[\d^$*%-])|(?=[\^$*%-]))(?:([\^$*%]|\d+|(?=-))(?:-(\d+|\$|\^)?|(\*))?)/y;

/** Reads the designator and the modifiers at `at`. */
export function select(source: string, at: number, event: string, memory: Substitution): Selected {
  DESIGNATOR.lastIndex = at;
  const found = DESIGNATOR.exec(source);
  const start = at + (found?.[0].length ?? 0);
  const chosen = found === null ? event : chooseWords(found, event);
  return modify(source, start, chosen, memory);
}

function chooseWords(found: RegExpExecArray, event: string): string {
  const words = historyWords(event);
  const [all, first = '', second, star] = found;
  const bad = (): never => {
    throw new HistoryProblem(`${all.startsWith(':') ? all : `:${all}`}: bad word specifier`);
  };
  const last = words.length - 1;
  if (first === '*' || first === '%') return words.slice(1).join(' ');
  const place = (name: string): number => (name === '^' ? 1 : name === '$' ? last : Number(name));
  const from = place(first);
  const isRange = all.replace(/^:/, '').startsWith('-') || /.-/.test(all.replace(/^:/, ''));
  const to = star !== undefined ? last : !isRange ? from : second === undefined ? last - 1 : place(second);
  // A range without its end leaves the last word out, and may be empty.
  const isOpen = star !== undefined || (isRange && second === undefined);
  if (from > last + (star === undefined ? 0 : 1) || to > last || (from > to && !isOpen)) bad();
  return words.slice(from, to + 1).join(' ');
}

type Change = (text: string) => string;

const PLAIN: Readonly<Record<string, Change>> = {
  h: (text) => text.replace(/\/[^/]*$/, ''),
  t: (text) => text.replace(/^.*\//s, ''),
  r: (text) => text.replace(/\.[^./]*$/, ''),
  e: (text) => /\.[^./]*$/.exec(text)?.[0] ?? text,
  q: singleQuote,
  x: (text) => text.split(/\s+/).map(singleQuote).join(' '),
};

function modify(source: string, start: number, chosen: string, memory: Substitution): Selected {
  let text = chosen;
  let next = start;
  let printOnly = false;
  while (source[next] === ':' && next + 1 < source.length) {
    const scope = /^[gaG]*/.exec(source.slice(next + 1))?.[0] ?? '';
    const at = next + 1 + scope.length;
    const letter = source[at] ?? '';
    if (letter === 'p') printOnly = true;
    else if (letter === 's' || letter === '&') {
      const end = letter === 's' ? readSubstitution(source, at + 1, memory) : at + 1;
      const whole = source.slice(next, end);
      text = substitute(text, memory, scope, whole);
      next = end;
      continue;
    } else if (PLAIN[letter] !== undefined) text = PLAIN[letter](text);
    else throw new HistoryProblem(`${letter}: unrecognized history modifier`);
    next = at + 1;
  }
  return { text, next, printOnly };
}

/** Reads `/old/new/`, the last sign may be left out; gives where it ends. */
function readSubstitution(source: string, at: number, memory: Substitution): number {
  const sign = source[at];
  if (sign === undefined) return at;
  const parts: string[] = [];
  let i = at + 1;
  while (parts.length < 2) {
    let part = '';
    for (; i < source.length && source[i] !== sign && source[i] !== '\n'; i++) {
      if (source[i] === '\\' && source[i + 1] === sign) i++;
      part += source[i];
    }
    if (source[i] === sign) i++;
    parts.push(part);
  }
  const [old = '', fresh = ''] = parts;
  if (old !== '') memory.old = old;
  memory.new = fresh.replace(/\\&|&/g, (found) => (found === '&' ? memory.old : '&'));
  return i;
}

function substitute(text: string, memory: Substitution, scope: string, whole: string): string {
  if (memory.old === '') throw new HistoryProblem(`${whole}: no previous substitution`);
  if (!text.includes(memory.old)) throw new HistoryProblem(`${whole}: substitution failed`);
  if (/[ga]/.test(scope)) return text.replaceAll(memory.old, () => memory.new);
  if (!scope.includes('G')) return text.replace(memory.old, () => memory.new);
  return historyWords(text)
    .map((word) => word.replace(memory.old, () => memory.new))
    .join(' ');
}
