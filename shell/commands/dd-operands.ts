// dd's operands: NAME=VALUE, and the rules they add up to.

import type { Command } from './command.ts';
import type { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { parseSize } from './size-text.ts';
import { usageError } from './usage-error.ts';

const SIZES = { c: 1, w: 2, b: 512, K: 1024, kB: 1000, xM: 1024 ** 2 };
const CONVERSIONS = [
  'notrunc',
  'excl',
  'nocreat',
  'sync',
  'noerror',
  'fsync',
  'fdatasync',
  'sparse',
  'lcase',
  'ucase',
  'swab',
];

export interface DdRules {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly inputSize: number;
  readonly outputSize: number;
  /** Blocks to copy, or bytes with iflag=count_bytes; undefined means all. */
  readonly count: number | undefined;
  readonly bytes: number | undefined;
  readonly skip: number;
  readonly seek: number;
  readonly conv: ReadonlySet<string>;
  readonly fullBlocks: boolean;
  readonly append: boolean;
  readonly status: 'default' | 'none' | 'noxfer';
}

/** The rules; a number is the exit status of a complaint. */
export const readOperands = async (
  out: Output,
  dd: Command,
  words: readonly string[],
): Promise<DdRules | number> => {
  const { process } = out;
  const given = new Map<string, string>();
  for (const word of words) {
    const equals = word.indexOf('=');
    const name = word.slice(0, equals);
    const known = /^(if|of|bs|ibs|obs|cbs|count|skip|seek|iseek|oseek|conv|iflag|oflag|status)$/.test(name);
    if (equals === -1 || !known)
      return usageError(out, dd, `unrecognized operand ${quoteLocale(process, word)}`);
    given.set(name, word.slice(equals + 1));
  }
  const flags = (name: string): Set<string> =>
    new Set((given.get(name) ?? '').split(',').filter((flag) => flag !== ''));
  const wrong = [...flags('conv')].find((word) => !CONVERSIONS.includes(word));
  if (wrong !== undefined) return usageError(out, dd, `invalid conversion: ${quoteLocale(process, wrong)}`);
  const numbers: Record<string, number> = {};
  for (const name of ['bs', 'ibs', 'obs', 'count', 'skip', 'seek', 'iseek', 'oseek']) {
    const text = given.get(name);
    if (text === undefined) continue;
    const product = text.split('x').map((factor) => parseSize(factor, SIZES));
    const value = product.reduce<number | undefined>(
      (all, factor) => (all === undefined || factor === undefined ? undefined : all * factor),
      1,
    );
    if (value === undefined || (value === 0 && name.endsWith('bs'))) {
      await out.warn(`invalid number: ${quoteLocale(process, text)}`);
      return 1;
    }
    numbers[name] = value;
  }
  const inputSize = numbers.bs ?? numbers.ibs ?? 512;
  const outputSize = numbers.bs ?? numbers.obs ?? 512;
  const [input, output] = [flags('iflag'), flags('oflag')];
  const skip = numbers.skip ?? numbers.iseek ?? 0;
  const seek = numbers.seek ?? numbers.oseek ?? 0;
  const bytes = input.has('count_bytes') && numbers.count !== undefined;
  return {
    from: given.get('if'),
    to: given.get('of'),
    inputSize,
    outputSize,
    count: bytes ? undefined : numbers.count,
    bytes: bytes ? numbers.count : undefined,
    skip: input.has('skip_bytes') ? skip : skip * inputSize,
    seek: output.has('seek_bytes') ? seek : seek * outputSize,
    conv: flags('conv'),
    fullBlocks: input.has('fullblock'),
    append: output.has('append'),
    status: (given.get('status') as DdRules['status']) ?? 'default',
  };
};
