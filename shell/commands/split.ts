// split: a file in pieces.

import type { Command } from './command.ts';
import { openInput } from './input.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways, quoteIfNeeded, quoteLocale } from './quoting.ts';
import { type PieceNames, Pieces } from './split-pieces.ts';
import { readPlan, type Way } from './split-plan.ts';
import { WAYS } from './split-ways.ts';
import { extraOperand, usageError } from './usage-error.ts';

const options = {
  'suffix-length': { short: 'a', argument: 'required' },
  'additional-suffix': { argument: 'required' },
  bytes: { short: 'b', argument: 'required' },
  'line-bytes': { short: 'C', argument: 'required' },
  d: {},
  'numeric-suffixes': { argument: 'optional' },
  x: {},
  'hex-suffixes': { argument: 'optional' },
  'elide-empty-files': { short: 'e' },
  lines: { short: 'l', argument: 'required' },
  number: { short: 'n', argument: 'required' },
  verbose: {},
} as const;

type Given = Options<keyof typeof options>;

export const split: Command = {
  name: 'split',
  help: `Usage: split [OPTION]... [FILE [PREFIX]]
Write pieces of FILE to PREFIXaa, PREFIXab, and so on.

A piece has 1000 lines, and PREFIX is x. Without a FILE, or where FILE is -, standard input is read.

  -a, --suffix-length=N   suffixes have N letters, not 2
      --additional-suffix=SUFFIX  what comes after the suffix
  -b, --bytes=SIZE        pieces have SIZE bytes
  -C, --line-bytes=SIZE   pieces have whole lines, SIZE bytes at the most
  -d                      suffixes are numbers, from 0
      --numeric-suffixes[=FROM]  the same, from FROM
  -x                      suffixes are hexadecimal numbers, from 0
      --hex-suffixes[=FROM]  the same, from FROM
  -e, --elide-empty-files  no empty pieces (-n)
  -l, --lines=NUMBER      pieces have NUMBER lines
  -n, --number=CHUNKS     so many pieces: N, or l/N (of whole lines), r/N (lines in turn);
                            K/N, l/K/N and r/K/N print the Kth piece
      --verbose           tell about each piece before it is made
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const words = argv.map((word) => word.replace(/^-(\d+)$/, '-l$1'));
    const parsed = await parseOptions(out, split, words, options);
    if ('exit' in parsed) return parsed.exit;
    const ways = parsed.list.filter(({ name }) => name in WAYS);
    if (ways.length > 1) return usageError(out, split, 'cannot split in more than one way');
    const [input = '-', prefix = 'x', extra] = parsed.operands;
    const way = ways[0] ?? { name: 'lines', value: '1000' };
    const plan = readPlan(way.name as Way, way.value ?? '', (text) => quoteLocale(process, text));
    if (typeof plan === 'string') {
      await out.warn(plan);
      return 1;
    }
    if (extra !== undefined) return extraOperand(out, split, extra);
    const names = await readNames(
      out,
      parsed,
      prefix,
      plan.way === 'number' && plan.part === 0 ? plan.size : 0,
    );
    if (names === undefined) return 1;
    let fd: number;
    try {
      fd = openInput(process, input);
    } catch (error) {
      await out.complain(`cannot open ${quoteAlways(process, input)} for reading`, error);
      return 1;
    }
    const pieces = new Pieces(out, names, parsed.has('verbose'));
    try {
      await WAYS[plan.way](pieces, fd, plan, parsed.has('elide-empty-files'));
    } catch (error) {
      await out.complain(quoteIfNeeded(process, pieces.failing ?? input), error);
      return 1;
    }
    return out.end();
  },
};

const readNames = async (
  out: Output,
  parsed: Given,
  prefix: string,
  count: number,
): Promise<PieceNames | undefined> => {
  const { process } = out;
  const kind = parsed.last('d', 'numeric-suffixes', 'x', 'hex-suffixes');
  const hex = kind === 'x' || kind === 'hex-suffixes';
  const letters = kind === undefined ? 'abcdefghijklmnopqrstuvwxyz' : hex ? '0123456789abcdef' : '0123456789';
  const from = kind === undefined ? '' : (parsed.value(kind) ?? '');
  if (!(hex ? /^[\da-f]*$/ : /^\d*$/).test(from)) {
    const what = hex ? 'hexadecimal' : 'numerical';
    await usageError(out, split, `${quoteLocale(process, from)}: invalid start value for ${what} suffix`);
    return undefined;
  }
  const given = parsed.value('suffix-length');
  if (given !== undefined && !/^\d+$/.test(given)) {
    await out.warn(`invalid suffix length: ${quoteLocale(process, given)}`);
    return undefined;
  }
  const after = parsed.value('additional-suffix') ?? '';
  if (after.includes('/')) {
    await usageError(
      out,
      split,
      `invalid suffix ${quoteLocale(process, after)}, contains directory separator`,
    );
    return undefined;
  }
  const needed = String(Math.max(count - 1, 0).toString(letters.length)).length;
  const length = Number(given ?? 0);
  if (length > 0 && count > 0 && length < needed) {
    await out.warn(`the suffix length needs to be at least ${needed}`);
    return undefined;
  }
  const first = from === '' ? 0 : Number.parseInt(from, hex ? 16 : 10);
  return {
    prefix,
    letters,
    after,
    length: length || Math.max(2, needed, from.length),
    grow: length === 0 && from === '' && count === 0,
    from: first,
  };
};
