// comm: compare two sorted files line by line.

import type { Command } from './command.ts';
import { openInput } from './input.ts';
import { LineReader } from './line-reader.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteIfNeeded } from './quoting.ts';
import { byteCodec } from './text-codec.ts';
import { extraOperand, missingOperand } from './usage-error.ts';

const options = {
  '1': {},
  '2': {},
  '3': {},
  'check-order': {},
  'nocheck-order': {},
  'output-delimiter': { argument: 'required' },
  total: {},
  'zero-terminated': { short: 'z' },
} as const;

export const comm: Command = {
  name: 'comm',
  help: `Usage: comm [OPTION]... FILE1 FILE2
Compare the sorted files FILE1 and FILE2 line by line.

One of them may be -, standard input. The output has three columns: lines only in FILE1,
lines only in FILE2, and lines in both.

  -1                      leave out the first column
  -2                      leave out the second column
  -3                      leave out the third column
      --check-order       fail as soon as a file is found not to be sorted
      --nocheck-order     do not look whether the files are sorted
      --output-delimiter=STRING  put STRING between the columns
      --total             print how many lines each column has
  -z, --zero-terminated   lines end with a zero byte
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, comm, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const { operands } = parsed;
    if (operands.length < 2) return missingOperand(out, comm, operands);
    if (operands[2] !== undefined) return extraOperand(out, comm, operands[2]);
    const end = parsed.has('zero-terminated') ? '\0' : '\n';
    const order = parsed.last('check-order', 'nocheck-order');
    const between = byteCodec.argument(parsed.value('output-delimiter') ?? '\t') || '\0';
    const shown = (['1', '2', '3'] as const).map((column) => !parsed.has(column));
    const counts = [0, 0, 0];
    const sides: Side[] = [];
    const put = (column: number, line: string): void => {
      counts[column] = (counts[column] ?? 0) + 1;
      if (!shown[column]) return;
      const indent = between.repeat(shown.slice(0, column).filter(Boolean).length);
      out.bytes(byteCodec.encode(`${indent}${line}${end}`));
    };
    for (const name of operands) {
      try {
        const side = new Side(new LineReader(process, openInput(process, name), end));
        await side.advance();
        sides.push(side);
      } catch (error) {
        await out.complain(quoteIfNeeded(process, name), error);
        return 1;
      }
    }
    const [a, b] = sides as [Side, Side];
    let unpaired = false;
    while (a.line !== undefined || b.line !== undefined) {
      const difference = compare(a.line, b.line);
      if (difference === 0) put(2, b.line ?? '');
      else {
        unpaired = true;
        put(difference < 0 ? 0 : 1, (difference < 0 ? a.line : b.line) ?? '');
      }
      if (difference >= 0) await b.advance();
      if (difference <= 0) await a.advance();
      for (const [at, side] of sides.entries()) {
        const moved = at === 0 ? difference <= 0 : difference >= 0;
        const looks = order === 'check-order' || (order === undefined && unpaired);
        if (!moved || !looks || side.warned || !side.disorder) continue;
        side.warned = true;
        await out.warn(`file ${at + 1} is not in sorted order`);
        if (order === 'check-order') return 1;
      }
      await out.caughtUp();
    }
    if (parsed.has('total')) out.bytes(byteCodec.encode(`${[...counts, 'total'].join(between)}${end}`));
    if (sides.some(({ warned }) => warned)) await out.warn('input is not in sorted order');
    return out.end();
  },
};

/** One file: its line, and whether the last two lines that were read came in the wrong order. */
class Side {
  line: string | undefined;
  warned = false;
  disorder = false;
  readonly #reader: LineReader;

  constructor(reader: LineReader) {
    this.#reader = reader;
  }

  async advance(): Promise<void> {
    const before = this.line;
    this.line = await this.#reader.next();
    // At the end GNU looks at the last pair once more: a line may have become unpairable since.
    if (this.line !== undefined) this.disorder = before !== undefined && before > this.line;
  }
}

/** The end of a file comes after every line. */
const compare = (a: string | undefined, b: string | undefined): number => {
  if (a === b) return 0;
  if (a === undefined) return 1;
  return b === undefined || a < b ? -1 : 1;
};
