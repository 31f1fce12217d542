// shuf: lines, arguments or numbers in a random order.

import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteIfNeeded, quoteLocale } from './quoting.ts';
import { byteCodec } from './text-codec.ts';
import { extraOperand, usageError } from './usage-error.ts';

const options = {
  echo: { short: 'e' },
  'input-range': { short: 'i', argument: 'required' },
  'head-count': { short: 'n', argument: 'required' },
  output: { short: 'o', argument: 'required' },
  'random-source': { argument: 'required' },
  repeat: { short: 'r' },
  'zero-terminated': { short: 'z' },
} as const;

type Given = Options<keyof typeof options>;

export const shuf: Command = {
  name: 'shuf',
  help: `Usage: shuf [OPTION]... [FILE]
  or:  shuf -e [OPTION]... [ARG]...
  or:  shuf -i LO-HI [OPTION]...
Print the lines of FILE in a random order.

Without a FILE, or where FILE is -, standard input is read.

  -e, --echo                the ARGs are the lines
  -i, --input-range=LO-HI   the numbers from LO to HI are the lines
  -n, --head-count=COUNT    COUNT lines at the most
  -o, --output=FILE         write to FILE
      --random-source=FILE  (accepted)
  -r, --repeat              lines may come again
  -z, --zero-terminated     lines end with a zero byte
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, shuf, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.has('echo') && parsed.has('input-range'))
      return usageError(out, shuf, 'cannot combine -e and -i options');
    const most = parsed.value('head-count');
    if (most !== undefined && !/^\d+$/.test(most)) {
      await out.warn(`invalid line count: ${quoteLocale(process, most)}`);
      return 1;
    }
    const extra = parsed.has('echo') ? undefined : parsed.operands[parsed.has('input-range') ? 0 : 1];
    if (extra !== undefined) return extraOperand(out, shuf, extra);
    const lines = await readLines(out, parsed);
    if (lines === undefined) return 1;
    return print(out, parsed, lines, Number(most ?? Number.POSITIVE_INFINITY));
  },
};

const readLines = async (out: Output, parsed: Given): Promise<string[] | undefined> => {
  const { process } = out;
  if (parsed.has('echo')) return parsed.operands.map((word) => byteCodec.argument(word));
  const range = parsed.value('input-range');
  if (range !== undefined) {
    const [, low, high] = /^(\d+)-(\d+)$/.exec(range) ?? [];
    const count = Number(high) - Number(low) + 1;
    if (low === undefined || count < 0) {
      await out.warn(`invalid input range: ${quoteLocale(process, range)}`);
      return undefined;
    }
    return Array.from({ length: count }, (_, at) => String(Number(low) + at));
  }
  const [name = '-'] = parsed.operands;
  try {
    const fd = openInput(process, name);
    const text = byteCodec.decode(await readAll(process, fd));
    closeInput(process, fd);
    const end = parsed.has('zero-terminated') ? '\0' : '\n';
    const lines = text.split(end);
    if (lines.at(-1) === '') lines.pop();
    return lines;
  } catch (error) {
    await out.complain(quoteIfNeeded(process, name), error);
    return undefined;
  }
};

const print = async (out: Output, parsed: Given, lines: readonly string[], most: number): Promise<number> => {
  const { process } = out;
  const output = parsed.value('output');
  if (output !== undefined) {
    const { value, error } = attempt(() => process.open(output, O.WRONLY | O.CREAT | O.TRUNC));
    if (error !== undefined) {
      await out.complain(quoteIfNeeded(process, output), error);
      return 1;
    }
    process.dup2(value, 1);
  }
  if (parsed.has('repeat') && lines.length === 0 && most > 0) {
    await out.warn('no lines to repeat');
    return 1;
  }
  const end = parsed.has('zero-terminated') ? '\0' : '\n';
  for (const line of parsed.has('repeat') ? repeated(process, lines, most) : shuffled(process, lines, most)) {
    out.bytes(byteCodec.encode(line + end));
    const pause = out.caughtUp() ?? process.breathe();
    if (pause) await pause;
  }
  return out.end();
};

const below = ({ kernel }: Process, limit: number): number =>
  Math.floor((kernel.random.next() / 2 ** 32) * limit);

function* repeated(process: Process, lines: readonly string[], most: number): Generator<string> {
  for (let count = 0; count < most; count++) yield lines[below(process, lines.length)] as string;
}

/** Fisher and Yates, as far as it is asked for. */
function* shuffled(process: Process, lines: readonly string[], most: number): Generator<string> {
  const rest = [...lines];
  for (let at = 0; at < Math.min(most, rest.length); at++) {
    const other = at + below(process, rest.length - at);
    const line = rest[other] as string;
    rest[other] = rest[at] as string;
    yield line;
  }
}
