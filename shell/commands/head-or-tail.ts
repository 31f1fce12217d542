// What head and tail have in common: how much is asked for, the lines with names, the complaints.

import type { Options } from './options.ts';
import type { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';
import { parseSize } from './size-text.ts';

export const partOptions = {
  bytes: { short: 'c', argument: 'required' },
  lines: { short: 'n', argument: 'required' },
  quiet: { short: 'q', alias: ['silent'] },
  verbose: { short: 'v' },
  'zero-terminated': { short: 'z' },
} as const;

type PartOptions = Pick<Options<keyof typeof partOptions>, 'value' | 'last' | 'operands'>;

export interface Amount {
  readonly unit: 'lines' | 'bytes';
  readonly count: number;
  /** In front of the number: head leaves that many out with -, tail begins there with +. */
  readonly sign: '-' | '+' | '';
}

/** Ten lines, unless told otherwise; undefined after a complaint. */
export const readAmount = async (out: Output, parsed: PartOptions): Promise<Amount | undefined> => {
  const unit = parsed.last('bytes', 'lines') ?? 'lines';
  const text = parsed.value(unit) ?? '10';
  const sign = text.startsWith('-') ? '-' : text.startsWith('+') ? '+' : '';
  const count = parseSize(text.slice(sign.length), { b: 512 });
  if (count !== undefined) return { unit, count, sign };
  await out.warn(`invalid number of ${unit}: ${quoteAlways(out.process, text.replace(/^-/, ''))}`);
  return undefined;
};

/** Prints the line in front of an input that says its name, where such lines are wanted. */
export const inputTitles = (out: Output, parsed: PartOptions): ((name: string) => void) => {
  const { operands } = parsed;
  const wanted =
    (parsed.last('quiet', 'verbose') ?? (operands.length > 1 ? 'verbose' : 'quiet')) === 'verbose';
  let first = true;
  return (name) => {
    if (wanted) out.line(`${first ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==`);
    first = false;
  };
};

const inQuotes = (name: string): string => (name.startsWith("'") ? name : `'${name}'`);

export const inputComplaints = {
  opening: (name: string): string => `cannot open ${inQuotes(name)} for reading`,
  reading: (name: string): string => `error reading ${inQuotes(name)}`,
};
