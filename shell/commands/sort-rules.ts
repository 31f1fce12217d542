// What sort is to do: its options, read once.

import { attempt } from './attempt.ts';
import { choose } from './choice.ts';
import { closeInput, openInput } from './input.ts';
import type { Output } from './output.ts';
import { quoteAlways, quoteIfNeeded, quoteLocale } from './quoting.ts';
import { parseSize } from './size-text.ts';
import { clashOf, compareWith, KeyError, type KeyOrder, orderOf, readKey, type SortKey } from './sort-key.ts';
import { readOldKey } from './sort-old-keys.ts';
import type { SortOptions, sortOptions } from './sort-options.ts';
import { byteCodec } from './text-codec.ts';

export interface SortRules {
  /** Whole lines, byte by byte. */
  readonly plain: boolean;
  readonly compare: (a: string, b: string) => number;
  /** Compares by the keys alone. */
  readonly same: (a: string, b: string) => number;
  readonly unique: boolean;
  readonly end: string;
  readonly check: 'loud' | 'quiet' | undefined;
}

const WORDS = {
  g: ['general-numeric'],
  h: ['human-numeric'],
  M: ['month'],
  n: ['numeric'],
  R: ['random'],
  V: ['version'],
} as const;

const CHECK = { quiet: ['quiet', 'silent'], loud: ['diagnose-first'] } as const;

const LETTERS: readonly (readonly [keyof typeof sortOptions, string])[] = [
  ['ignore-leading-blanks', 'b'],
  ['dictionary-order', 'd'],
  ['ignore-case', 'f'],
  ['general-numeric-sort', 'g'],
  ['ignore-nonprinting', 'i'],
  ['month-sort', 'M'],
  ['human-numeric-sort', 'h'],
  ['numeric-sort', 'n'],
  ['random-sort', 'R'],
  ['reverse', 'r'],
  ['version-sort', 'V'],
];

/** The rules; undefined after a complaint. */
export const readRules = async (out: Output, parsed: SortOptions): Promise<SortRules | undefined> => {
  const { process } = out;
  const separator = parsed.value('field-separator');
  const tab =
    separator === undefined ? undefined : separator === '\\0' ? '\0' : byteCodec.argument(separator);
  if (tab === '') return complain(out, 'empty tab');
  if (tab !== undefined && tab.length > 1)
    return complain(out, `multi-character tab ${quoteLocale(process, separator ?? '')}`);
  if (new Set(parsed.values('field-separator')).size > 1) return complain(out, 'incompatible tabs');
  const word = parsed.value('sort');
  const letter = word === undefined ? '' : await choose(out, '--sort', word, WORDS);
  const checking = await checkOf(out, parsed);
  if (letter === undefined || checking === null || !(await numbersFit(out, parsed))) return undefined;
  const order =
    LETTERS.filter(([name]) => parsed.has(name))
      .map(([, letter]) => letter)
      .join('') + letter;
  const keys: SortKey[] = [];
  try {
    for (const text of parsed.values('key')) keys.push(/^[+]/.test(text) ? readOldKey(text) : readKey(text));
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    const lead = error.message === '' ? '' : `${error.message}: `;
    await out.warn(`${lead}${error.problem} ${quoteLocale(process, error.subject)}`);
    return undefined;
  }
  const orders = keys.length === 0 ? [order] : keys.map((key) => orderOf(key, order));
  const clash = orders.map(clashOf).find((one) => one !== undefined);
  const clashing = clash ?? clashOfCheck(parsed, checking);
  if (clashing !== undefined) return complain(out, `options '-${clashing}' are incompatible`);
  if (new Set(parsed.values('output')).size > 1) return complain(out, 'multiple output files specified');
  const salt = await saltOf(out, parsed, order);
  if (salt === undefined) return undefined;
  const same = compareWith(keys, order as KeyOrder, tab, salt);
  const unique = parsed.has('unique');
  const reverse = parsed.has('reverse') ? -1 : 1;
  const last =
    unique || parsed.has('stable')
      ? () => 0
      : (a: string, b: string) => (a < b ? -reverse : a > b ? reverse : 0);
  return {
    same,
    compare: (a, b) => same(a, b) || last(a, b),
    // Characters are bytes here, and their order is the engine's own.
    plain: keys.length === 0 && order === '' && reverse === 1,
    unique,
    end: parsed.has('zero-terminated') ? '\0' : '\n',
    check: checking,
  };
};

const complain = async (out: Output, message: string): Promise<undefined> => {
  await out.warn(message);
  return undefined;
};

/** How the order is to be checked; null after a complaint. */
const checkOf = async (out: Output, parsed: SortOptions): Promise<SortRules['check'] | null> => {
  const kinds = new Set<'loud' | 'quiet'>();
  for (const { name, value } of parsed.list) {
    if (name === 'C') kinds.add('quiet');
    if (name === 'c' || (name === 'check' && value === undefined)) kinds.add('loud');
    if (name !== 'check' || value === undefined) continue;
    const kind = await choose(out, '--check', value, CHECK);
    if (kind === undefined) return null;
    kinds.add(kind);
  }
  if (kinds.size < 2) return [...kinds][0];
  await out.warn("options '-cC' are incompatible");
  return null;
};

const clashOfCheck = (parsed: SortOptions, checking: SortRules['check']): string | undefined =>
  checking !== undefined && parsed.has('output') ? `${checking === 'quiet' ? 'C' : 'c'}o` : undefined;

/** Sizes and counts that change nothing here are read all the same. */
const numbersFit = async (out: Output, parsed: SortOptions): Promise<boolean> => {
  const [buffer, parallel, batch] = [
    parsed.value('buffer-size'),
    parsed.value('parallel'),
    parsed.value('batch-size'),
  ];
  const { process } = out;
  const refuse = async (problem: string): Promise<boolean> => {
    await out.warn(problem);
    return false;
  };
  if (buffer !== undefined && !/^\d+%$/.test(buffer) && parseSize(buffer, { b: 1 }) === undefined) {
    const what = /^\d/.test(buffer) ? 'invalid suffix in -S argument' : 'invalid -S argument';
    return refuse(`${what} ${quoteAlways(process, buffer)}`);
  }
  if (parallel !== undefined && !/^\d+$/.test(parallel))
    return refuse(`invalid --parallel argument ${quoteAlways(process, parallel)}`);
  if (parallel !== undefined && Number(parallel) === 0) return refuse('number in parallel must be nonzero');
  if (batch === undefined) return true;
  if (!/^\d+$/.test(batch)) return refuse(`invalid --batch-size argument ${quoteAlways(process, batch)}`);
  if (Number(batch) >= 2) return true;
  await out.warn(`invalid --batch-size argument ${quoteLocale(process, batch)}`);
  return refuse(`minimum --batch-size argument is ${quoteLocale(process, '2')}`);
};

/** What -R shuffles by: chance, or the first bytes of --random-source. */
const saltOf = async (out: Output, parsed: SortOptions, order: string): Promise<string | undefined> => {
  if (!order.includes('R')) return '';
  const { process } = out;
  const source = parsed.value('random-source');
  if (source === undefined) return Buffer.from(process.kernel.random.bytes(8)).toString('hex');
  const opened = attempt(() => openInput(process, source));
  if (opened.error !== undefined) {
    await out.complain(`open failed: ${quoteIfNeeded(process, source)}`, opened.error);
    return undefined;
  }
  const bytes = await process.read(opened.value, 16);
  closeInput(process, opened.value);
  return Buffer.from(bytes).toString('hex');
};
