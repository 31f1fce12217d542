// seq: print a sequence of numbers.

import type { Command } from './command.ts';
import { parseOptions, scanOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { type Layout, plainLayout, readFormat } from './seq-format.ts';
import { inUnits, readSeqNumber, type SeqNumber } from './seq-number.ts';
import { extraOperand, missingOperand, usageError } from './usage-error.ts';

const options = {
  format: { short: 'f', argument: 'required' },
  separator: { short: 's', argument: 'required' },
  'equal-width': { short: 'w' },
} as const;

export const seq: Command = {
  name: 'seq',
  help: `Usage: seq [OPTION]... LAST
  or:  seq [OPTION]... FIRST LAST
  or:  seq [OPTION]... FIRST INCREMENT LAST
Print the numbers from FIRST to LAST, INCREMENT apart.

  -f, --format=FORMAT      print each number by FORMAT, as printf does (%f, %g, %e, %a)
  -s, --separator=STRING   put STRING between the numbers (a newline by default)
  -w, --equal-width        make all equally wide with leading zeros
      --help        display this help and exit
      --version     output version information and exit

FIRST and INCREMENT are 1 when they are not given; INCREMENT may be negative, not 0.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, seq, beforeNumbers(argv), options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const { operands } = parsed;
    if (operands.length === 0) return missingOperand(out, seq, []);
    if (operands.length > 3) return extraOperand(out, seq, operands[3] as string);
    const format = parsed.value('format');
    const given = format === undefined ? undefined : readFormat(process, format);
    if (typeof given === 'string') {
      await out.warn(given);
      return 1;
    }
    if (given !== undefined && parsed.has('equal-width'))
      return usageError(out, seq, 'format string may not be specified when printing equal width strings');
    const range = await readRange(out, operands);
    if (typeof range === 'number') return range;
    const layout = given ?? plainLayout(range.first, range.step, range.last, parsed.has('equal-width'));
    await print(out, range, layout, parsed.value('separator') ?? '\n');
    return out.end();
  },
};

/** A negative number is an operand, not an option. */
const beforeNumbers = (argv: readonly string[]): string[] => {
  let at = 1;
  for (; at < argv.length; at++) {
    const word = argv[at] as string;
    if (/^-[.\d]/.test(word)) return [...argv.slice(0, at), '--', ...argv.slice(at)];
    if (!word.startsWith('-') || word === '-' || word === '--') break;
    // An option that takes the next word: it has no value in its own.
    const table = { ...options, help: {}, version: {} };
    if (scanOptions([word], table).problem?.includes('requires an argument')) at++;
  }
  return [...argv];
};

interface Range {
  readonly first: SeqNumber;
  readonly step: SeqNumber;
  readonly last: SeqNumber;
}

const ONE: SeqNumber = { value: { units: 1n, scale: 0 }, negative: false, precision: 0, width: 1 };

/** FIRST, INCREMENT and LAST; a number is the exit status of a complaint. */
const readRange = async (out: Output, operands: readonly string[]): Promise<Range | number> => {
  const numbers: SeqNumber[] = [];
  for (const [at, operand] of operands.entries()) {
    const number = readSeqNumber(operand);
    const shown = quoteLocale(out.process, operand);
    if (number === undefined) return usageError(out, seq, `invalid floating point argument: ${shown}`);
    if (number === 'nan') {
      const kind = quoteLocale(out.process, 'not-a-number');
      return usageError(out, seq, `invalid ${kind} argument: ${shown}`);
    }
    const zero = typeof number.value === 'object' && number.value.units === 0n;
    if (at === 1 && operands.length === 3 && zero)
      return usageError(out, seq, `invalid Zero increment value: ${shown}`);
    numbers.push(number);
  }
  const last = numbers.at(-1) as SeqNumber;
  return {
    first: numbers.length > 1 ? (numbers[0] as SeqNumber) : ONE,
    step: numbers[2] ? (numbers[1] as SeqNumber) : ONE,
    last,
  };
};

const print = async (
  out: Output,
  { first, step, last }: Range,
  { before, after, show }: Layout,
  separator: string,
): Promise<void> => {
  const numbers = [first, step, last].map(({ value }) => value);
  const scale = Math.max(...numbers.map((value) => (typeof value === 'object' ? value.scale : 0)));
  const [start, by, end] = numbers.map((value) =>
    typeof value === 'object' ? inUnits(value, scale) : value,
  );
  const down = by === '-inf' || (typeof by === 'bigint' && by < 0n);
  const beyond = (value: Place): boolean =>
    down ? isLess(value, end as Place) : isLess(end as Place, value);
  let place = start as Place;
  if (beyond(place)) return;
  const shown = (value: Place, negative?: boolean): string =>
    typeof value === 'bigint' ? show(value, scale, negative) : value;
  // Of all zeros only the first can be a negative one.
  let text = shown(place, first.negative);
  for (;;) {
    out.text(`${before}${text}${after}`);
    const written = out.caughtUp();
    if (written) {
      await written;
      await out.process.breathe();
    }
    place = added(place, by as Place);
    const next = shown(place);
    if (beyond(place)) {
      // A number past the end that is printed as the end is, and not as the one before it, was meant to be it.
      const meant = typeof end === 'bigint' && next !== text && readsAs(next, end, scale);
      if (meant) out.text(`${separator}${before}${next}${after}`);
      break;
    }
    text = next;
    out.text(separator);
  }
  out.text('\n');
};

type Place = bigint | 'inf' | '-inf';

const isLess = (one: Place, other: Place): boolean => {
  if (typeof one === 'bigint' && typeof other === 'bigint') return one < other;
  return one !== other && (one === '-inf' || other === 'inf');
};

const added = (place: Place, step: Place): Place => {
  if (typeof place !== 'bigint') return place;
  return typeof step === 'bigint' ? place + step : step;
};

const readsAs = (text: string, value: bigint, scale: number): boolean => {
  const read = readSeqNumber(text);
  if (typeof read !== 'object' || typeof read.value !== 'object') return false;
  const finest = Math.max(scale, read.value.scale);
  return inUnits(read.value, finest) === inUnits({ units: value, scale }, finest);
};
