// :s and its kin.

import { askNext } from './confirm.ts';
import type { ExRun } from './ex-command.ts';
import { compilePattern } from './pattern.ts';
import { expandReplacement } from './replacement.ts';
import { failure, type Vi } from './state.ts';
import { firstNonBlank, lineAt } from './text.ts';

interface Parts {
  readonly pattern: string;
  readonly replacement: string;
  readonly flags: string;
  readonly count: number | undefined;
}

export const substitute: ExRun = (vi, call) => {
  const parts = readParts(vi, call.argument);
  return carryOut(vi, call.from, call.to, parts);
};

/** `:&` and `:&&`: the last substitution again, with the flags it is given, or with its own. */
export const repeatSubstitute: ExRun = (vi, { from, to, argument, name }) => {
  const { pattern, replacement, flags } = vi.substitution;
  const own = name === '&&' || argument.startsWith('&') ? flags : '';
  const [, added = '', count] = /^([&gciIne]*)\s*(\d+)?/.exec(argument) ?? [];
  return carryOut(vi, from, to, {
    pattern,
    replacement,
    flags: own + added,
    count: count === undefined ? undefined : Number(count),
  });
};

/** `/pattern/replacement/flags count`; no delimiter: the last one again. */
const readParts = (vi: Vi, argument: string): Parts => {
  const delimiter = argument[0];
  if (delimiter === undefined || /[\w\s&"|]/.test(delimiter)) {
    const [, flags = '', count] = /^([&gciIne]*)\s*(\d+)?/.exec(argument) ?? [];
    return {
      ...vi.substitution,
      flags: flags.replace('&', vi.substitution.flags),
      count: count === undefined ? undefined : Number(count),
    };
  }
  const [pattern = '', replacement = '', rest = ''] = splitAt(argument.slice(1), delimiter);
  const [, flags = '', count] = /^([&gciIne]*)\s*(\d+)?/.exec(rest) ?? [];
  return {
    pattern: pattern === '' ? (vi.pattern?.text ?? '') : pattern,
    replacement,
    flags,
    count: count === undefined ? undefined : Number(count),
  };
};

const splitAt = (text: string, delimiter: string): string[] => {
  const parts = [''];
  const add = (piece: string): void => {
    parts[parts.length - 1] += piece;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character === '\\' && text[at + 1] === delimiter && !/\w/.test(delimiter)) add(text[++at] ?? '');
    else if (character === '\\') add(character + (text[++at] ?? ''));
    else if (character === delimiter && parts.length < 3) parts.push('');
    else add(character);
  }
  return parts;
};

const carryOut = (vi: Vi, from: number, to: number, parts: Parts): Vi => {
  const { pattern, replacement, flags, count } = parts;
  if (pattern === '') return failure(vi, 'E35: No previous regular expression');
  const [first, last] = count === undefined ? [from, to] : [to, Math.min(vi.lines.length, to + count) - 1];
  const known = {
    ...vi,
    substitution: { pattern, replacement, flags },
    pattern: { text: pattern, forward: true },
  };
  const ignoreCase = flags.includes('i') ? true : flags.includes('I') ? false : undefined;
  const regex = compilePattern(pattern, vi.settings, ignoreCase);
  if (regex === undefined) return failure(known, `E486: Pattern not found: ${pattern}`);
  const all = flags.includes('g');
  if (flags.includes('c')) {
    return askNext(
      known,
      { from: { row: first, col: 0 }, to: last, pattern, replacement, all, ignoreCase },
      0,
    );
  }
  return replaceRows(known, first, last, regex, { ...parts, all });
};

const replaceRows = (
  vi: Vi,
  first: number,
  last: number,
  regex: RegExp,
  how: Parts & { all: boolean },
): Vi => {
  const lines: string[] = [];
  let [hits, changed, cursorRow] = [0, 0, 0];
  for (let row = 0; row < vi.lines.length; row++) {
    const line = lineAt(vi.lines, row);
    const done = row < first || row > last ? undefined : replaceIn(line, regex, how.replacement, how.all);
    if (done === undefined || done.count === 0) {
      lines.push(line);
      continue;
    }
    hits += done.count;
    changed++;
    lines.push(...done.text.split('\n'));
    cursorRow = lines.length - 1;
  }
  if (hits === 0)
    return how.flags.includes('e') ? vi : failure(vi, `E486: Pattern not found: ${how.pattern}`);
  const text = `${hits} ${how.flags.includes('n') ? 'match' : 'substitution'}${hits === 1 ? '' : how.flags.includes('n') ? 'es' : 's'} on ${changed} line${changed === 1 ? '' : 's'}`;
  if (how.flags.includes('n')) return { ...vi, message: { text, error: false } };
  const message = hits > 2 ? { text, error: false } : vi.message;
  return { ...vi, lines, message, cursor: { row: cursorRow, col: firstNonBlank(lineAt(lines, cursorRow)) } };
};

const replaceIn = (
  line: string,
  regex: RegExp,
  replacement: string,
  all: boolean,
): { text: string; count: number } => {
  let count = 0;
  const text = line.replace(regex, (...found: unknown[]) => {
    if (count > 0 && !all) return found[0] as string;
    count++;
    const groups = found.slice(
      0,
      found.findIndex((part) => typeof part === 'number'),
    );
    return expandReplacement(replacement, groups as (string | undefined)[]);
  });
  return { text, count };
};
