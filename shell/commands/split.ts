// split: a file in pieces.

import type { Command } from './command.ts';
import { chunks, openInput, readAll } from './input.ts';
import { openEmpty } from './open-empty.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways, quoteIfNeeded, quoteLocale } from './quoting.ts';
import { parseSize } from './size-text.ts';
import { joinBytes } from './text.ts';
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

type Way = 'bytes' | 'lines' | 'line-bytes' | 'number';

interface Plan {
  readonly way: Way;
  /** Bytes, lines, or pieces. */
  readonly size: number;
  readonly kind: 'bytes' | 'l' | 'r';
  /** Only this piece, on standard output; 0: all. */
  readonly part: number;
}

const OUT_OF_RANGE = ': Numerical result out of range';

const readPlan = (way: Way, text: string, quote: (text: string) => string): Plan | string => {
  if (way === 'number') {
    const match = /^(?:([lr])\/)?(?:(\d+)\/)?(\d+)$/.exec(text);
    const [, kind, part, count] = match ?? [];
    const range = (number: string | undefined): string => (number === undefined ? '' : OUT_OF_RANGE);
    if (count === undefined || Number(count) === 0)
      return `invalid number of chunks: ${quote(text.replace(/^[lr]\//, ''))}${range(count)}`;
    if (part !== undefined && (Number(part) === 0 || Number(part) > Number(count)))
      return `invalid chunk number: ${quote(part)}${OUT_OF_RANGE}`;
    return {
      way,
      size: Number(count),
      kind: (kind ?? 'bytes') as 'bytes' | 'l' | 'r',
      part: Number(part ?? 0),
    };
  }
  const size = way === 'lines' && !/^\d+$/.test(text) ? undefined : parseSize(text, { b: 512 });
  const range = size === 0 ? OUT_OF_RANGE : '';
  if (size === undefined || size === 0)
    return `invalid number of ${way === 'lines' ? 'lines' : 'bytes'}: ${quote(text)}${range}`;
  return { way, size, kind: 'bytes', part: 0 };
};

interface Names {
  readonly prefix: string;
  readonly letters: string;
  readonly after: string;
  readonly length: number;
  /** Suffixes grow when they are used up. */
  readonly grow: boolean;
  readonly from: number;
}

const readNames = async (
  out: Output,
  parsed: Given,
  prefix: string,
  count: number,
): Promise<Names | undefined> => {
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

/** Makes the output files, one after the other. */
class Pieces {
  readonly out: Output;
  /** The file that is being written. */
  failing: string | undefined;
  readonly #names: Names;
  readonly #verbose: boolean;
  #count = 0;
  #fd: number | undefined;

  constructor(out: Output, names: Names, verbose: boolean) {
    this.out = out;
    this.#names = names;
    this.#verbose = verbose;
  }

  /** Begins the next piece. False when there are no names left. */
  async begin(): Promise<boolean> {
    this.end();
    const suffix = suffixOf(this.#names.from + this.#count++, this.#names);
    if (suffix === undefined) {
      await this.out.warn('output file suffixes exhausted');
      return false;
    }
    const name = `${this.#names.prefix}${suffix}${this.#names.after}`;
    if (this.#verbose) this.out.line(`creating file ${quoteAlways(this.out.process, name)}`);
    this.failing = name;
    this.#fd = openEmpty(this.out.process, name);
    return true;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#fd !== undefined && bytes.length > 0) await this.out.process.write(this.#fd, bytes);
  }

  end(): void {
    if (this.#fd !== undefined) this.out.process.close(this.#fd);
    this.#fd = undefined;
    this.failing = undefined;
  }
}

/** aa … yz, zaaa … zyzz, zzaaaa: the names stay in order as they grow. */
const suffixOf = (index: number, { letters, length, grow }: Names): string | undefined => {
  const base = letters.length;
  let rest = index;
  let width = length;
  let lead = '';
  while (grow && rest >= base ** width - base ** (width - 1)) {
    rest -= base ** width - base ** (width - 1);
    lead += letters.at(-1);
    width++;
  }
  if (rest >= base ** width) return undefined;
  let suffix = '';
  for (let digit = 0; digit < width; digit++) {
    suffix = letters[rest % base] + suffix;
    rest = Math.floor(rest / base);
  }
  return lead + suffix;
};

type Splitter = (pieces: Pieces, fd: number, plan: Plan, noEmpty: boolean) => Promise<void>;

const byLines: Splitter = async (pieces, fd, { size }) => {
  let left = 0;
  for await (const chunk of chunks(pieces.out.process, fd)) {
    for (let at = 0; at < chunk.length; ) {
      if (left === 0 && !(await pieces.begin())) return;
      if (left === 0) left = size;
      let end = at;
      while (left > 0 && end < chunk.length) {
        const newline = chunk.indexOf(10, end);
        end = newline === -1 ? chunk.length : newline + 1;
        if (newline !== -1) left--;
      }
      await pieces.write(chunk.subarray(at, end));
      at = end;
    }
  }
  pieces.end();
};

const byBytes: Splitter = async (pieces, fd, { size }) => {
  let left = 0;
  for await (const chunk of chunks(pieces.out.process, fd)) {
    for (let at = 0; at < chunk.length; ) {
      if (left === 0 && !(await pieces.begin())) return;
      if (left === 0) left = size;
      const piece = chunk.subarray(at, at + left);
      await pieces.write(piece);
      left -= piece.length;
      at += piece.length;
    }
  }
  pieces.end();
};

const byLineBytes: Splitter = async (pieces, fd, { size }) => {
  let bytes = await readAll(pieces.out.process, fd);
  while (bytes.length > 0) {
    if (!(await pieces.begin())) return;
    const newline = bytes.length <= size ? -1 : bytes.lastIndexOf(10, size - 1);
    const end = newline === -1 ? size : newline + 1;
    await pieces.write(bytes.subarray(0, end));
    bytes = bytes.subarray(end);
  }
  pieces.end();
};

const byNumber: Splitter = async (pieces, fd, plan, noEmpty) => {
  const bytes = await readAll(pieces.out.process, fd);
  const parts = plan.kind === 'r' ? linesInTurn(bytes, plan.size) : ranges(bytes, plan);
  for (const [at, part] of parts.entries()) {
    if (plan.part === at + 1) pieces.out.bytes(part);
    if (plan.part > 0 || (noEmpty && part.length === 0)) continue;
    if (!(await pieces.begin())) return;
    await pieces.write(part);
  }
  pieces.end();
};

const ranges = (bytes: Uint8Array, { size, kind }: Plan): Uint8Array[] => {
  const each = Math.floor(bytes.length / size);
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let at = 1; at <= size; at++) {
    let end = at === size ? bytes.length : at * each;
    if (kind === 'l' && at < size) {
      const newline = bytes.indexOf(10, Math.max(end - 1, 0));
      end = newline === -1 ? bytes.length : newline + 1;
      if (end < start || at * each <= start) end = start;
    }
    parts.push(bytes.subarray(start, end));
    start = Math.max(start, end);
  }
  return parts;
};

const linesInTurn = (bytes: Uint8Array, size: number): Uint8Array[] => {
  const parts: Uint8Array[][] = Array.from({ length: size }, () => []);
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const newline = bytes.indexOf(10, at);
    const end = newline === -1 ? bytes.length : newline + 1;
    parts[turn % size]?.push(bytes.subarray(at, end));
    at = end;
  }
  return parts.map((lines) => joinBytes(lines));
};

const WAYS: Readonly<Record<Way, Splitter>> = {
  bytes: byBytes,
  lines: byLines,
  'line-bytes': byLineBytes,
  number: byNumber,
};
