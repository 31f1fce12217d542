// seq: print a sequence of numbers.

import type { Command } from './command.ts';
import { type Options, parseOptions, scanOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { extraOperand, missingOperand, usageError } from './usage-error.ts';

const options = {
  format: { short: 'f', argument: 'required' },
  separator: { short: 's', argument: 'required' },
  'equal-width': { short: 'w' },
} as const;

/** A decimal number as a whole number of its last digit's unit: 1.25 is 125 with scale 2. */
interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export const seq: Command = {
  name: 'seq',
  help: `Usage: seq [OPTION]... LAST
  or:  seq [OPTION]... FIRST LAST
  or:  seq [OPTION]... FIRST INCREMENT LAST
Print the numbers from FIRST to LAST, INCREMENT apart.

  -f, --format=FORMAT      print each number by FORMAT, as printf does (%f, %g, %e)
  -s, --separator=STRING   put STRING between the numbers (a newline by default)
  -w, --equal-width        make all equally wide with leading zeros
      --help        display this help and exit
      --version     output version information and exit

FIRST and INCREMENT are 1 when they are not given; INCREMENT may be negative, not 0.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, seq, beforeNumbers(argv), options);
    if ('exit' in parsed) return parsed.exit;
    const { operands } = parsed;
    if (operands.length === 0) return missingOperand(out, seq, []);
    if (operands.length > 3) return extraOperand(out, seq, operands[3] as string);
    const numbers: Decimal[] = [];
    for (const operand of operands) {
      const number = readDecimal(operand);
      if (number === undefined) {
        return usageError(out, seq, `invalid floating point argument: ${quoteLocale(process, operand)}`);
      }
      numbers.push(number);
    }
    const scale = Math.max(
      ...numbers.slice(0, Math.max(1, numbers.length - (numbers.length > 1 ? 1 : 0))).map((one) => one.scale),
    );
    const deepest = Math.max(...numbers.map((one) => one.scale));
    const at = (decimal: Decimal): bigint => decimal.units * 10n ** BigInt(deepest - decimal.scale);
    const one = { units: 1n, scale: 0 };
    const first = at(numbers.length > 1 ? (numbers[0] as Decimal) : one);
    const step = at(numbers.length > 2 ? (numbers[1] as Decimal) : one);
    const last = at(numbers.at(-1) as Decimal);
    if (step === 0n) {
      return usageError(
        out,
        seq,
        `invalid Zero increment value: ${quoteLocale(process, operands[1] as string)}`,
      );
    }
    const shownScale = numbers.length > 1 ? scale : 0;
    const text = await formatter(out, parsed, { first, last, step, scale: deepest, shown: shownScale });
    if (text === undefined) return 1;
    const separator = parsed.value('separator') ?? '\n';
    let any = false;
    for (let value = first; step > 0n ? value <= last : value >= last; value += step) {
      out.text(`${any ? separator : ''}${text(value)}`);
      any = true;
      const written = out.caughtUp();
      if (!written) continue;
      await written;
      const pause = process.breathe();
      if (pause) await pause;
    }
    if (any) out.text('\n');
    return out.end();
  },
};

/** A negative number is an operand, not an option. */
const beforeNumbers = (argv: readonly string[]): string[] => {
  const { operands } = scanOptions(
    argv.slice(1),
    { ...options, help: {}, version: {} },
    { stopAtOperand: true },
  );
  const first = argv.findIndex(
    (word, index) => index > 0 && /^-[.\d]/.test(word) && !takesValue(argv[index - 1]),
  );
  const start = first > 0 ? Math.min(first, argv.length - operands.length) : -1;
  return start > 0 && argv[start - 1] !== '--'
    ? [...argv.slice(0, first), '--', ...argv.slice(first)]
    : [...argv];
};

const takesValue = (word: string | undefined): boolean =>
  /^(-[w]*[fs]|--format|--separator)$/.test(word ?? '');

const readDecimal = (text: string): Decimal | undefined => {
  const match = /^\s*([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(text);
  if (!match || ((match[2] ?? '') === '' && (match[3] ?? '') === '')) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const scale = fraction.length - Number(exponent);
  const units = BigInt(`${whole}${fraction}` || '0') * (sign === '-' ? -1n : 1n);
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
};

interface Range {
  readonly first: bigint;
  readonly last: bigint;
  readonly step: bigint;
  /** The numbers' unit is 10^-scale. */
  readonly scale: number;
  /** Digits after the point that are printed. */
  readonly shown: number;
}

const decimalText = (value: bigint, scale: number, shown: number): string => {
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale, digits.length - scale + shown);
  return `${value < 0n ? '-' : ''}${whole}${shown > 0 ? `.${fraction}` : ''}`;
};

const formatter = async (
  out: Output,
  parsed: Options<keyof typeof options>,
  range: Range,
): Promise<((value: bigint) => string) | undefined> => {
  const plain = (value: bigint): string => decimalText(value, range.scale, range.shown);
  const format = parsed.value('format');
  if (format !== undefined) return printfLike(out, format, range);
  if (!parsed.has('equal-width')) return plain;
  const reached = range.last - ((range.last - range.first) % range.step);
  const width = Math.max(plain(range.first).length, plain(reached).length, plain(range.last).length);
  return (value) => {
    const text = plain(value);
    return text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0');
  };
};

const printfLike = async (
  out: Output,
  format: string,
  range: Range,
): Promise<((value: bigint) => string) | undefined> => {
  const pattern = /^((?:[^%]|%%)*)%([-+ #0']*)(\d*)(?:\.(\d*))?[lL]?([fFeEgGaA])((?:[^%]|%%)*)$/;
  const match = pattern.exec(format);
  if (!match) {
    const shown = quoteLocale(out.process, format);
    const percent = format.replace(/%%/g, '').includes('%');
    await out.warn(
      percent
        ? `format ${shown} has unknown %${format.replace(/%%/g, '').split('%')[1]?.[0] ?? ''} directive`
        : `format ${shown} has no % directive`,
    );
    return undefined;
  }
  const [, before = '', flags = '', width = '', precision, letter = 'f', after = ''] = match;
  const digits = precision === undefined ? 6 : Number(precision);
  return (value) => {
    const number = Number(value) / 10 ** range.scale;
    const kind = letter.toLowerCase();
    let text =
      kind === 'f'
        ? number.toFixed(digits)
        : kind === 'e'
          ? exponent(number.toExponential(digits))
          : general(number, digits);
    if (flags.includes('+') && number >= 0) text = `+${text}`;
    const wide = Number(width || 0);
    const padded = flags.includes('-')
      ? text.padEnd(wide)
      : flags.includes('0')
        ? text.replace(
            /^([-+]?)(.*)$/,
            (_all, sign: string, rest: string) => sign + rest.padStart(wide - sign.length, '0'),
          )
        : text.padStart(wide);
    return `${before.replace(/%%/g, '%')}${padded}${after.replace(/%%/g, '%')}`;
  };
};

const exponent = (text: string): string => text.replace(/e([-+])(\d)$/, 'e$10$2');

const general = (number: number, digits: number): string => {
  const precision = digits || 1;
  const power = number === 0 ? 0 : Math.floor(Math.log10(Math.abs(number)));
  const text =
    power < -4 || power >= precision
      ? exponent(number.toExponential(precision - 1))
      : number.toFixed(Math.max(0, precision - 1 - power));
  return text.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '');
};
