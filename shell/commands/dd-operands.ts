// dd's operands: NAME=VALUE, and the rules they add up to.

import { O } from '../fs/open-flags.ts';
import type { Command } from './command.ts';
import { parseDdNumber } from './dd-number.ts';
import { flavorOf } from './flavor.ts';
import type { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { usageError } from './usage-error.ts';

const CONVERSIONS = [
  ['ascii', 'ebcdic', 'ibm'],
  ['block', 'unblock'],
  ['lcase', 'ucase'],
  ['excl', 'nocreat'],
  ['sparse', 'swab', 'sync', 'notrunc', 'noerror', 'fdatasync', 'fsync'],
];
const APPLET_CONVERSIONS = ['notrunc', 'sync', 'noerror', 'fsync', 'swab'];

/** What a flag means to open(2); some mean something to dd alone, or nothing here. */
const FLAGS: Readonly<Record<string, number>> = {
  append: O.APPEND,
  direct: 0,
  directory: O.DIRECTORY,
  dsync: 0,
  noatime: O.NOATIME,
  nocache: 0,
  noctty: O.NOCTTY,
  nofollow: O.NOFOLLOW,
  nonblock: O.NONBLOCK,
  sync: 0,
  fullblock: 0,
  count_bytes: 0,
  skip_bytes: 0,
  seek_bytes: 0,
};
const APPLET_FLAGS = {
  iflag: ['skip_bytes', 'count_bytes', 'fullblock', 'direct'],
  oflag: ['seek_bytes', 'append', 'direct'],
} as const;

const LEVELS = ['none', 'noxfer', 'progress'] as const;
type Level = (typeof LEVELS)[number];

/** Whole blocks, and bytes beyond them. */
export interface Amount {
  readonly blocks: number;
  readonly bytes: number;
}

export interface DdRules {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly inputSize: number;
  readonly outputSize: number;
  /** Bytes of a record (cbs=); 0 means that there are none. */
  readonly recordSize: number;
  /** Input blocks to copy; undefined means all. */
  readonly count: Amount | undefined;
  readonly skip: Amount;
  readonly seek: Amount;
  readonly conv: ReadonlySet<string>;
  /** Input is gathered into output blocks; otherwise each block is written as it was read. */
  readonly gathers: boolean;
  readonly fullBlocks: boolean;
  /** Flags for open(2). */
  readonly inputFlags: number;
  readonly outputFlags: number;
  readonly status: Level | undefined;
}

type Number_ = 'bs' | 'ibs' | 'obs' | 'cbs' | 'count' | 'skip' | 'seek';

const NUMBERS: Readonly<Record<string, Number_>> = {
  bs: 'bs',
  ibs: 'ibs',
  obs: 'obs',
  cbs: 'cbs',
  count: 'count',
  skip: 'skip',
  iseek: 'skip',
  seek: 'seek',
  oseek: 'seek',
};

interface Given {
  readonly names: Map<string, string>;
  readonly numbers: Map<Number_, number>;
  /** Those whose number counts bytes. */
  readonly inBytes: Set<Number_>;
  readonly conv: Set<string>;
  readonly iflag: Set<string>;
  readonly oflag: Set<string>;
  status: Level | undefined;
}

/** The rules; a number is the exit status of a complaint. */
export const readOperands = async (
  out: Output,
  dd: Command,
  words: readonly string[],
): Promise<DdRules | number> => {
  const given: Given = {
    names: new Map(),
    numbers: new Map(),
    inBytes: new Set(),
    conv: new Set(),
    iflag: new Set(),
    oflag: new Set(),
    status: undefined,
  };
  for (const word of words) {
    const failed = await readWord(out, dd, word, given);
    if (failed !== undefined) return failed;
  }
  if (given.oflag.has('fullblock'))
    return usageError(out, dd, `invalid output flag: ${quoteLocale(out.process, 'fullblock')}`);
  const clash = clashOf(given);
  if (clash === undefined) return rulesOf(given);
  await out.warn(clash);
  return 1;
};

const readWord = async (
  out: Output,
  dd: Command,
  word: string,
  given: Given,
): Promise<number | undefined> => {
  const equals = word.indexOf('=');
  const name = word.slice(0, Math.max(equals, 0));
  const value = word.slice(equals + 1);
  if (name === 'if' || name === 'of') given.names.set(name, value);
  else if (NUMBERS[name] !== undefined) return readNumber(out, NUMBERS[name], value, given);
  else if (name === 'conv' || name === 'iflag' || name === 'oflag' || name === 'status')
    return readSymbols(out, dd, name, value, given);
  else return usageError(out, dd, `unrecognized operand ${quoteLocale(out.process, word)}`);
  return undefined;
};

const readNumber = async (
  out: Output,
  name: Number_,
  text: string,
  given: Given,
): Promise<number | undefined> => {
  const { process } = out;
  const number = parseDdNumber(text);
  const known = typeof number === 'object' ? number : undefined;
  if (known?.zeroFactor)
    await out.errorText(
      `${out.name}: warning: ${quoteLocale(process, '0x')} is a zero multiplier; use ${quoteLocale(process, '00x')} if that is intended\n`,
    );
  const tooSmall = known?.value === 0 && name.endsWith('bs');
  const asBytes = known?.bytes === true && /^(count|skip|seek)$/.test(name);
  const unknownToApplet = known?.bytes === true && flavorOf(process) === 'busybox';
  if (known === undefined || tooSmall || unknownToApplet) {
    const reason = number === 'overflow' ? ': Value too large for defined data type' : '';
    await out.warn(`invalid number: ${quoteLocale(process, text)}${reason}`);
    return 1;
  }
  given.numbers.set(name, known.value);
  if (asBytes) given.inBytes.add(name);
  else given.inBytes.delete(name);
  return undefined;
};

const COMPLAINTS = {
  conv: 'invalid conversion',
  iflag: 'invalid input flag',
  oflag: 'invalid output flag',
  status: 'invalid status level',
} as const;

const readSymbols = async (
  out: Output,
  dd: Command,
  name: keyof typeof COMPLAINTS,
  value: string,
  given: Given,
): Promise<number | undefined> => {
  const applet = flavorOf(out.process) === 'busybox';
  const known: readonly string[] = {
    conv: applet ? APPLET_CONVERSIONS : CONVERSIONS.flat(),
    iflag: applet ? APPLET_FLAGS.iflag : Object.keys(FLAGS),
    oflag: applet ? APPLET_FLAGS.oflag : Object.keys(FLAGS),
    status: LEVELS,
  }[name];
  for (const symbol of value.split(',')) {
    if (!known.includes(symbol)) {
      const problem = `${COMPLAINTS[name]}: ${quoteLocale(out.process, symbol)}`;
      if (!applet) return usageError(out, dd, problem);
      await out.warn(problem);
      return 1;
    }
    if (name === 'status') given.status = symbol as Level;
    else given[name].add(symbol);
  }
  return undefined;
};

const clashOf = ({ conv, iflag, oflag }: Given): string | undefined => {
  const [charsets = [], ...pairs] = CONVERSIONS.slice(0, -1);
  if (charsets.filter((word) => conv.has(word)).length > 1)
    return 'cannot combine any two of {ascii,ebcdic,ibm}';
  const pair = pairs.find((words) => words.every((word) => conv.has(word)));
  if (pair !== undefined) return `cannot combine ${pair.join(' and ')}`;
  const bypass = [iflag, oflag].some((flags) => flags.has('direct') && flags.has('nocache'));
  return bypass ? 'cannot combine direct and nocache' : undefined;
};

const rulesOf = ({ names, numbers, inBytes, conv, iflag, oflag, status }: Given): DdRules => {
  const inputSize = numbers.get('bs') ?? numbers.get('ibs') ?? 512;
  const outputSize = numbers.get('bs') ?? numbers.get('obs') ?? 512;
  const recordSize = numbers.get('cbs') ?? 0;
  if (conv.has('ascii')) conv.add('unblock');
  if (conv.has('ebcdic') || conv.has('ibm')) conv.add('block');
  const translates = [...conv].some((word) => /case$|^swab$|block$|^noerror$/.test(word));
  if (recordSize === 0) for (const word of ['block', 'unblock']) conv.delete(word);
  const amount = (name: 'count' | 'skip' | 'seek', size: number, flagged: boolean): Amount | undefined => {
    const value = numbers.get(name);
    if (value === undefined) return undefined;
    if (!flagged && !inBytes.has(name)) return { blocks: value, bytes: 0 };
    return { blocks: Math.floor(value / size), bytes: value % size };
  };
  const none = { blocks: 0, bytes: 0 };
  const opening = (flags: ReadonlySet<string>): number =>
    [...flags].reduce((all, flag) => all | (FLAGS[flag] ?? 0), 0);
  return {
    from: names.get('if'),
    to: names.get('of'),
    inputSize,
    outputSize,
    recordSize,
    count: amount('count', inputSize, iflag.has('count_bytes')),
    skip: amount('skip', inputSize, iflag.has('skip_bytes')) ?? none,
    seek: amount('seek', outputSize, oflag.has('seek_bytes')) ?? none,
    conv,
    gathers: !numbers.has('bs') || translates,
    fullBlocks: iflag.has('fullblock'),
    inputFlags: opening(iflag),
    outputFlags: opening(oflag),
    status,
  };
};
