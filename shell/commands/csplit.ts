// csplit: cut a file into pieces at lines that numbers or patterns name.

import { isFsError, strerror } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import type { Command } from './command.ts';
import { Cutter, type SplitStyle } from './csplit-cut.ts';
import { readCuts } from './csplit-pattern.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways, quoteLocale } from './quoting.ts';
import { byteCodec } from './text-codec.ts';
import { missingOperand } from './usage-error.ts';

const options = {
  'suffix-format': { short: 'b', argument: 'required' },
  prefix: { short: 'f', argument: 'required' },
  'keep-files': { short: 'k' },
  'suppress-matched': {},
  digits: { short: 'n', argument: 'required' },
  quiet: { short: 'sq', alias: ['silent'] },
  'elide-empty-files': { short: 'z' },
} as const;

export const csplit: Command = {
  name: 'csplit',
  help: `Usage: csplit [OPTION]... FILE PATTERN...
Write the pieces of FILE that PATTERNs separate to files xx00, xx01...,
and print the number of bytes of each.

FILE may be -, standard input.

  -b, --suffix-format=FORMAT  numbers as printf's FORMAT makes them, not %02d
  -f, --prefix=PREFIX        names begin with PREFIX, not xx
  -k, --keep-files           leave the pieces there after an error
      --suppress-matched     leave out the lines where it is cut
  -n, --digits=DIGITS        numbers of so many digits, not 2
  -s, --quiet, --silent      do not print sizes
  -z, --elide-empty-files    make no empty pieces
      --help        display this help and exit
      --version     output version information and exit

A PATTERN may be:
  INTEGER            up to that line, without it
  /REGEXP/[OFFSET]   up to a line that matches, without it
  %REGEXP%[OFFSET]   leave out all up to a line that matches
  {INTEGER}          the pattern before once more, so many times
  {*}                the pattern before as often as can be
An OFFSET is + or - and a number of lines.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, csplit, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const [file, ...patterns] = parsed.operands;
    if (file === undefined || patterns.length === 0)
      return await missingOperand(out, csplit, parsed.operands);
    const digits = parsed.value('digits') ?? '2';
    const suffix = parsed.value('suffix-format');
    const problem = !/^\d+$/.test(digits)
      ? `invalid number: ${quoteLocale(process, digits)}`
      : suffix === undefined
        ? undefined
        : suffixProblem(suffix);
    const cuts = problem === undefined ? await readCuts(out, patterns) : problem;
    if (cuts === undefined) return 1;
    if (typeof cuts === 'string') {
      await out.warn(cuts);
      return 1;
    }
    const style: SplitStyle = {
      prefix: parsed.value('prefix') ?? 'xx',
      suffix: (number) =>
        suffix === undefined ? String(number).padStart(Number(digits), '0') : formatted(suffix, number),
      keep: parsed.has('keep-files'),
      quiet: parsed.has('quiet'),
      elide: parsed.has('elide-empty-files'),
      suppress: parsed.has('suppress-matched'),
      flags: O.WRONLY | O.CREAT | O.TRUNC,
    };
    try {
      const fd = openInput(process, file);
      const text = byteCodec.decode(await readAll(process, fd));
      closeInput(process, fd);
      return await new Cutter(out, text.match(/[^\n]*\n|[^\n]+$/g) ?? [], style).run(cuts);
    } catch (error) {
      if (!isFsError(error)) throw error;
      const deed =
        error.call === 'open'
          ? `cannot open ${quoteAlways(process, error.path ?? file)} for reading`
          : 'read error';
      await out.warn(`${deed}: ${strerror(error.code)}`);
      return 1;
    }
  },
};

const DIRECTIVE = /%([-+ 0#']*)(\d*)(?:\.(\d+))?([diouxX])/g;

const suffixProblem = (format: string): string | undefined => {
  const rest = format.replaceAll('%%', '');
  const found = [...rest.matchAll(DIRECTIVE)].length;
  if (found === 1 && !rest.replace(DIRECTIVE, '').includes('%')) return undefined;
  if (found > 1) return 'too many % conversion specifications in suffix';
  const wrong = /%[-+ 0#']*\d*(?:\.\d+)?(.)/.exec(rest)?.[1];
  if (wrong !== undefined) return `invalid conversion specifier in suffix: ${wrong}`;
  return `missing ${rest.includes('%') ? 'conversion specifier in suffix' : '% conversion specification in suffix'}`;
};

const BASES: Readonly<Record<string, number>> = { o: 8, x: 16, X: 16 };

const formatted = (format: string, number: number): string =>
  format
    .replace(
      DIRECTIVE,
      (_all, flags: string, width: string, precision: string | undefined, letter: string) => {
        const base = BASES[letter] ?? 10;
        const digits = number.toString(base).padStart(Number(precision ?? 0), '0');
        const text = letter === 'X' ? digits.toUpperCase() : digits;
        if (flags.includes('-')) return text.padEnd(Number(width));
        return text.padStart(Number(width), flags.includes('0') && precision === undefined ? '0' : ' ');
      },
    )
    .replaceAll('%%', '%');
