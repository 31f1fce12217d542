// cmp: compare two files byte by byte.

import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { openInput } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { isUtf8, quoteIfNeeded } from './quoting.ts';
import { parseSize } from './size-text.ts';
import { usageError } from './usage-error.ts';

const options = {
  'print-bytes': { short: 'b' },
  'ignore-initial': { short: 'i', argument: 'required' },
  verbose: { short: 'l' },
  bytes: { short: 'n', argument: 'required' },
  quiet: { short: 's', alias: ['silent'] },
  version: { short: 'v' },
} as const;

export const cmp: Command = {
  name: 'cmp',
  usageStatus: 2,
  signsHint: true,
  help: `Usage: cmp [OPTION]... FILE1 [FILE2 [SKIP1 [SKIP2]]]
Compare two files byte by byte.

SKIP1 and SKIP2 are the numbers of bytes to skip at the start of each.

  -b, --print-bytes          print the bytes that differ
  -i, --ignore-initial=SKIP[:SKIP2]  skip bytes at the start
  -l, --verbose              print the number and value of every byte that differs
  -n, --bytes=LIMIT          compare LIMIT bytes at the most
  -s, --quiet, --silent      print nothing
      --help        display this help and exit
  -v, --version     output version information and exit

The exit status is 0 when the files are the same, 1 when they differ, 2 after an error.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    out.failureStatus = 2;
    const parsed = await parseOptions(out, cmp, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const [first, second = '-', skip1, skip2, extra] = parsed.operands;
    if (parsed.has('verbose') && parsed.has('quiet'))
      return usageError(out, cmp, 'options -l and -s are incompatible');
    if (first === undefined) return usageError(out, cmp, `missing operand after '${out.name}'`);
    const initial = (parsed.value('ignore-initial') ?? '0').split(':');
    const skips: number[] = [];
    for (const text of [skip1 ?? initial[0] ?? '0', skip2 ?? initial[1] ?? initial[0] ?? '0']) {
      const size = /^0[xX][\da-fA-F]+$|^0[0-7]+$/.test(text)
        ? Number(text.replace(/^0(?=\d)/, '0o'))
        : parseSize(text);
      if (size === undefined) return usageError(out, cmp, `invalid --ignore-initial value '${text}'`);
      skips.push(size);
    }
    if (extra !== undefined) return usageError(out, cmp, `extra operand '${extra}'`);
    const limit = parsed.has('bytes') ? parseSize(parsed.value('bytes') ?? '') : Number.POSITIVE_INFINITY;
    if (limit === undefined) {
      return usageError(out, cmp, `invalid --bytes value '${parsed.value('bytes')}'`);
    }
    const readers: ByteReader[] = [];
    for (const [at, name] of [first, second].entries()) {
      const { value, error } = attempt(() => openInput(process, name));
      if (error !== undefined) {
        if (!parsed.has('quiet')) await out.complain(quoteIfNeeded(process, name), error);
        return 2;
      }
      readers.push(new ByteReader(process, value, skips[at] ?? 0));
    }
    const style = {
      bytes: parsed.has('print-bytes'),
      all: parsed.has('verbose'),
      quiet: parsed.has('quiet'),
      limit,
      names: [first, second] as const,
    };
    try {
      return await compare(out, readers[0] as ByteReader, readers[1] as ByteReader, style);
    } catch (error) {
      const name = readers[0]?.failed === true ? first : second;
      await out.complain(quoteIfNeeded(process, name), error);
      return 2;
    }
  },
};

/** The bytes of a descriptor, a chunk at a time. */
class ByteReader {
  failed = false;
  readonly #process: Process;
  readonly #fd: number;
  #skip: number;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(process: Process, fd: number, skip: number) {
    this.#process = process;
    this.#fd = fd;
    this.#skip = skip;
  }

  /** What is left of the chunk; empty at the end. */
  async rest(): Promise<Uint8Array> {
    while (this.#at >= this.#chunk.length) {
      this.failed = true;
      this.#chunk = await this.#process.read(this.#fd, 65536);
      this.failed = false;
      this.#at = 0;
      if (this.#chunk.length === 0) return this.#chunk;
      const skipped = Math.min(this.#skip, this.#chunk.length);
      this.#skip -= skipped;
      this.#at = skipped;
    }
    return this.#chunk.subarray(this.#at);
  }

  take(count: number): void {
    this.#at += count;
  }
}

interface CmpStyle {
  readonly bytes: boolean;
  readonly all: boolean;
  readonly quiet: boolean;
  readonly limit: number;
  readonly names: readonly [string, string];
}

const compare = async (out: Output, a: ByteReader, b: ByteReader, style: CmpStyle): Promise<number> => {
  const [name1, name2] = style.names;
  let position = 0;
  let line = 1;
  let differ = false;
  let lastByte = 10;
  while (position < style.limit) {
    const [x, y] = [await a.rest(), await b.rest()];
    const length = Math.min(x.length, y.length, style.limit - position);
    if (length === 0) {
      if (x.length === y.length) break;
      const short = x.length === 0 ? name1 : name2;
      if (!style.quiet) await out.errorText(endOf(out, short, position, line, lastByte, style));
      await out.flush();
      return 1;
    }
    for (let at = 0; at < length; at++) {
      const [p, q] = [x[at] as number, y[at] as number];
      if (p !== q) {
        differ = true;
        if (style.quiet) return 1;
        const where = position + at + 1;
        if (!style.all) {
          out.line(
            `${name1} ${name2} differ: ${style.bytes || isUtf8(out.process) ? 'byte' : 'char'} ${where}, line ${line}${style.bytes ? ` is ${shown(p)} ${shown(q)}` : ''}`,
          );
          await out.flush();
          return 1;
        }
        out.line(
          `${where} ${octal(p)}${style.bytes ? ` ${visible(p).padEnd(4)}` : ''} ${octal(q)}${style.bytes ? ` ${visible(q)}` : ''}`,
        );
      }
      if (p === 10) line++;
      lastByte = p;
    }
    position += length;
    a.take(length);
    b.take(length);
    await out.caughtUp();
  }
  await out.flush();
  return differ ? 1 : 0;
};

const endOf = (
  out: Output,
  name: string,
  position: number,
  line: number,
  lastByte: number,
  style: CmpStyle,
): string => {
  if (position === 0) return `${out.name}: EOF on ${name} which is empty\n`;
  const where = style.all ? '' : lastByte === 10 ? `, line ${line - 1}` : `, in line ${line}`;
  return `${out.name}: EOF on ${name} after byte ${position}${where}\n`;
};

const octal = (byte: number): string => byte.toString(8).padStart(3);

const shown = (byte: number): string => `${octal(byte)} ${visible(byte)}`;

/** As cat -v shows it. */
const visible = (byte: number): string => {
  if (byte >= 128) return `M-${visible(byte - 128)}`;
  if (byte === 127) return '^?';
  return byte < 32 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte);
};
