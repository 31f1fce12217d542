// join's options, and what they say: fields, separators, and what is printed.

import type { Process } from '../fs/process.ts';
import type { NameOf, Options, OptionTable } from './options.ts';
import { quoteLocale } from './quoting.ts';
import { byteCodec } from './text-codec.ts';

export const joinOptions = {
  a: { argument: 'required' },
  e: { argument: 'required' },
  'ignore-case': { short: 'i' },
  j: { argument: 'required' },
  o: { argument: 'required' },
  t: { argument: 'required' },
  v: { argument: 'required' },
  '1': { argument: 'required' },
  '2': { argument: 'required' },
  'check-order': {},
  'nocheck-order': {},
  header: {},
  'zero-terminated': { short: 'z' },
} as const satisfies OptionTable;

export interface JoinStyle {
  /** Index of the join field of each file, from 0. */
  readonly keys: readonly [number, number];
  /** Undefined: runs of blanks. Empty: the whole line is one field. */
  readonly separator: string | undefined;
  readonly between: string;
  readonly ignoreCase: boolean;
  readonly empty: string;
  readonly pairs: boolean;
  /** Whether lines of file 1 and 2 without a partner are printed. */
  readonly unpairable: readonly [boolean, boolean];
  /** File (0: the join field) and index of each output field. */
  readonly format: readonly (readonly [0 | 1 | 2, number])[] | undefined;
  readonly auto: boolean;
  readonly header: boolean;
  readonly order: 'check-order' | 'nocheck-order' | undefined;
  readonly end: string;
}

/** The style, or what is wrong with the options. */
export const readJoinStyle = (
  process: Process,
  parsed: Options<NameOf<typeof joinOptions>>,
  moreFields: readonly string[],
): JoinStyle | string => {
  const quote = (text: string): string => quoteLocale(process, text);
  const keys: [number, number] = [-1, -1];
  for (const { name, value = '' } of parsed.list) {
    if (name !== 'j' && name !== '1' && name !== '2') continue;
    if (!/^\d+$/.test(value) || Number(value) === 0) return `invalid field number: ${quote(value)}`;
    for (const side of [0, 1] as const) {
      if (name !== 'j' && name !== `${side + 1}`) continue;
      if (keys[side] !== -1 && keys[side] !== Number(value) - 1)
        return `incompatible join fields ${keys[side] + 1}, ${Number(value)}`;
      keys[side] = Number(value) - 1;
    }
  }
  const unpairable: [boolean, boolean] = [false, false];
  for (const value of [...parsed.values('a'), ...parsed.values('v')]) {
    if (value !== '1' && value !== '2') return `invalid field number: ${quote(value)}`;
    unpairable[Number(value) - 1] = true;
  }
  const separator = readSeparator(parsed.value('t'));
  if (separator !== undefined && separator.length > 1)
    return `multi-character tab ${quote(parsed.value('t') ?? '')}`;
  if (new Set(parsed.values('t')).size > 1) return 'incompatible tabs';
  if (new Set(parsed.values('e')).size > 1) return 'conflicting empty-field replacement strings';
  const formats = [...parsed.values('o'), ...moreFields];
  const format: [0 | 1 | 2, number][] = [];
  const auto = formats.includes('auto');
  for (const text of formats.flatMap((list) => list.split(/[, \t]/))) {
    if (auto) break;
    const match = /^(?:0|([12])\.([1-9]\d*))$/.exec(text);
    if (!match) return badFormat(text, quote);
    format.push(text === '0' ? [0, 0] : [Number(match[1]) as 1 | 2, Number(match[2]) - 1]);
  }
  return {
    keys: [Math.max(keys[0], 0), Math.max(keys[1], 0)],
    separator,
    between: separator || ' ',
    ignoreCase: parsed.has('ignore-case'),
    empty: byteCodec.argument(parsed.value('e') ?? ''),
    pairs: !parsed.has('v'),
    unpairable,
    format: format.length > 0 ? format : undefined,
    auto,
    header: parsed.has('header'),
    order: parsed.last('check-order', 'nocheck-order'),
    end: parsed.has('zero-terminated') ? '\0' : '\n',
  };
};

const readSeparator = (value: string | undefined): string | undefined => {
  if (value === undefined || value === '') return value;
  return value === '\\0' ? '\0' : byteCodec.argument(value);
};

const badFormat = (text: string, quote: (text: string) => string): string => {
  if (/^[12]\./.test(text)) return `invalid field number: ${quote(text.slice(2))}`;
  if (/^[012]/.test(text)) return `invalid field specifier: ${quote(text)}`;
  return `invalid file number in field spec: ${quote(text)}`;
};
