// The operands of csplit that say where to cut.

import type { Output } from './output.ts';
import { compileRegex, RegexError, type RegexMatcher } from './posix-regex.ts';
import { quoteLocale } from './quoting.ts';

export interface Cut {
  /** As it was typed. */
  readonly text: string;
  /** A line's number, or a pattern for it. */
  readonly at: number | RegexMatcher;
  readonly offset: number;
  /** What lies before the line is left out. */
  readonly skip: boolean;
  /** How often it is done again. */
  readonly again: number;
}

/** The cuts; a text is what is wrong with them. Undefined after a complaint. */
export const readCuts = async (
  out: Output,
  operands: readonly string[],
): Promise<Cut[] | string | undefined> => {
  const { process } = out;
  const quote = (text: string): string => quoteLocale(process, text);
  const cuts: Cut[] = [];
  let before = 0;
  for (const text of operands) {
    const last = cuts.at(-1);
    if (text.startsWith('{') && last !== undefined && last.again === 0) {
      const again = repetition(text, quote);
      if (typeof again === 'string') return again;
      cuts[cuts.length - 1] = { ...last, again };
      continue;
    }
    const cut = text.startsWith('/') || text.startsWith('%') ? patternCut(text, quote) : lineCut(text, quote);
    if (typeof cut === 'string') return cut;
    if (typeof cut.at === 'number') {
      if (cut.at < before)
        return `line number ${quote(text)} is smaller than preceding line number, ${before}`;
      if (cut.at === before)
        await out.errorText(
          `${out.name}: warning: line number ${quote(text)} is the same as preceding line number\n`,
        );
      before = cut.at;
    }
    cuts.push(cut);
  }
  return cuts;
};

type Quote = (text: string) => string;

const repetition = (text: string, quote: Quote): number | string => {
  if (!text.endsWith('}')) return `${quote(text)}: '}' is required in repeat count`;
  const count = text.slice(1, -1);
  if (count === '*') return Number.POSITIVE_INFINITY;
  if (/^\d+$/.test(count)) return Number(count);
  return `${quote(text.slice(0, -1))}}: integer required between '{' and '}'`;
};

const lineCut = (text: string, quote: Quote): Cut | string => {
  if (!/^\d+$/.test(text)) return `${quote(text)}: invalid pattern`;
  if (Number(text) === 0) return `${text}: line number must be greater than zero`;
  return { text, at: Number(text), offset: 0, skip: false, again: 0 };
};

const patternCut = (text: string, quote: Quote): Cut | string => {
  const [delimiter = ''] = text;
  const end = text.lastIndexOf(delimiter);
  if (end === 0) return `${text}: closing delimiter '${delimiter}' missing`;
  const offset = text.slice(end + 1);
  if (!/^(?:[-+]?\d+)?$/.test(offset)) return `${quote(text)}: integer expected after delimiter`;
  try {
    const at = compileRegex(text.slice(1, end), { extended: false });
    return { text, at, offset: Number(offset), skip: delimiter === '%', again: 0 };
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    return `${quote(text)}: invalid regular expression: ${error.message}`;
  }
};
