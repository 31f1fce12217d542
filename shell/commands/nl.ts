// nl: number the lines of files.

import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { lineBatches } from './input.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { compileRegex, RegexError, type RegexMatcher } from './posix-regex.ts';
import { quoteLocale } from './quoting.ts';
import { byteCodec } from './text-codec.ts';
import { usageError } from './usage-error.ts';

const options = {
  'body-numbering': { short: 'b', argument: 'required' },
  'section-delimiter': { short: 'd', argument: 'required' },
  'footer-numbering': { short: 'f', argument: 'required' },
  'header-numbering': { short: 'h', argument: 'required' },
  'line-increment': { short: 'i', argument: 'required' },
  'join-blank-lines': { short: 'l', argument: 'required' },
  'number-format': { short: 'n', argument: 'required' },
  'no-renumber': { short: 'p' },
  'number-separator': { short: 's', argument: 'required' },
  'starting-line-number': { short: 'v', argument: 'required' },
  'number-width': { short: 'w', argument: 'required' },
} as const;

type Given = Options<keyof typeof options>;

type Section = 'header' | 'body' | 'footer';

/** Which lines of a section are numbered: all, those that are not empty, none, or those that match. */
type Style = 'a' | 't' | 'n' | RegexMatcher;

export const nl: Command = {
  name: 'nl',
  help: `Usage: nl [OPTION]... [FILE]...
Print each FILE with numbers before its lines.

Without a FILE, or where FILE is -, standard input is read.

  -b, --body-numbering=STYLE      which lines of the body are numbered
  -d, --section-delimiter=CC      pages are parted by lines made of CC
  -f, --footer-numbering=STYLE    which lines of a footer are numbered
  -h, --header-numbering=STYLE    which lines of a header are numbered
  -i, --line-increment=NUMBER     how much the number grows
  -l, --join-blank-lines=NUMBER   NUMBER empty lines count as one
  -n, --number-format=FORMAT      ln (left), rn (right), rz (right, with zeros)
  -p, --no-renumber               numbers go on from page to page
  -s, --number-separator=STRING   what comes after a number
  -v, --starting-line-number=NUMBER  the first number of a page
  -w, --number-width=NUMBER       how wide a number is
      --help        display this help and exit
      --version     output version information and exit

STYLE is a (all lines), t (lines that are not empty), n (none) or pBRE (lines that match BRE).
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, nl, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const style = await readStyles(out, parsed);
    if (typeof style === 'number') return style;
    const numbering = new Numbering(style);
    await eachInput(out, parsed.operands, async (fd) => {
      for await (const batch of lineBatches(process, fd)) {
        for (const bytes of batch) {
          const line = byteCodec.decode(bytes).replace(/\n$/, '');
          out.bytes(byteCodec.encode(`${numbering.line(line)}\n`));
        }
        await out.flush();
      }
    });
    return out.end();
  },
};

interface NumberStyle {
  readonly styles: Readonly<Record<Section, Style>>;
  readonly numbers: Readonly<Record<NumberName, number>>;
  readonly format: string;
  readonly separator: string;
  readonly delimiter: string;
  readonly renumber: boolean;
}

/** Adds the numbers to one line after the other. */
class Numbering {
  readonly #style: NumberStyle;
  readonly #sections: Readonly<Record<string, Section>>;
  #section: Section = 'body';
  #number: number;
  #empty = 0;

  constructor(style: NumberStyle) {
    const { delimiter } = style;
    this.#style = style;
    this.#sections = {
      [delimiter.repeat(3)]: 'header',
      [delimiter.repeat(2)]: 'body',
      [delimiter]: 'footer',
    };
    this.#number = style.numbers['starting-line-number'];
  }

  line(line: string): string {
    const { numbers, separator, renumber } = this.#style;
    const section = this.#sections[line];
    if (section !== undefined) {
      this.#section = section;
      if (renumber) this.#number = numbers['starting-line-number'];
      return '';
    }
    if (!this.#counts(line)) return `${' '.repeat(numbers['number-width'] + separator.length)}${line}`;
    const shown = this.#shown(this.#number);
    this.#number += numbers['line-increment'];
    return `${shown}${separator}${line}`;
  }

  #counts(line: string): boolean {
    const style = this.#style.styles[this.#section];
    this.#empty = line === '' ? this.#empty + 1 : 0;
    if (style === 'n') return false;
    if (style === 't') return line !== '';
    if (style !== 'a') return style.test(line);
    const joined = this.#style.numbers['join-blank-lines'];
    if (line !== '' || joined === 1) return true;
    if (this.#empty < joined) return false;
    this.#empty = 0;
    return true;
  }

  #shown(value: number): string {
    const { format, numbers } = this.#style;
    const width = numbers['number-width'];
    const text = String(value);
    if (format === 'ln') return text.padEnd(width);
    if (format === 'rn') return text.padStart(width);
    return value < 0 ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0');
  }
}

/** Everything the options say, or the exit status after a complaint. */
const readStyles = async (out: Output, parsed: Given): Promise<NumberStyle | number> => {
  const numbers = await readNumbers(out, parsed);
  if (numbers === undefined) return 1;
  const styles: Record<Section, Style> = { header: 'n', body: 't', footer: 'n' };
  for (const section of ['header', 'body', 'footer'] as const) {
    const value = parsed.value(`${section}-numbering`);
    if (value === undefined) continue;
    try {
      const style = readStyle(value);
      if (style === undefined) {
        return usageError(out, nl, `invalid ${section} numbering style: ${quoteLocale(out.process, value)}`);
      }
      styles[section] = style;
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      await out.warn(error.message);
      return 1;
    }
  }
  const format = parsed.value('number-format') ?? 'rn';
  if (!['ln', 'rn', 'rz'].includes(format)) {
    return usageError(out, nl, `invalid line numbering format: ${quoteLocale(out.process, format)}`);
  }
  return {
    styles,
    numbers,
    format,
    separator: byteCodec.argument(parsed.value('number-separator') ?? '\t'),
    delimiter: (parsed.value('section-delimiter') ?? '\\:').padEnd(2, ':'),
    renumber: !parsed.has('no-renumber'),
  };
};

type NumberName = (typeof NUMBERS)[number][0];

const readNumbers = async (out: Output, parsed: Given): Promise<Record<NumberName, number> | undefined> => {
  const numbers = {
    'line-increment': 1,
    'join-blank-lines': 1,
    'starting-line-number': 1,
    'number-width': 6,
  };
  for (const [name, what, least] of NUMBERS) {
    const value = parsed.value(name);
    if (value === undefined) continue;
    const wrong = !/^-?\d+$/.test(value)
      ? ''
      : Number(value) < least
        ? ': Numerical result out of range'
        : undefined;
    if (wrong !== undefined) {
      await out.warn(`${what}: ${quoteLocale(out.process, value)}${wrong}`);
      return undefined;
    }
    numbers[name] = Number(value);
  }
  return numbers;
};

const NUMBERS = [
  ['line-increment', 'invalid line number increment', Number.NEGATIVE_INFINITY],
  ['join-blank-lines', 'invalid line number of blank lines', 1],
  ['starting-line-number', 'invalid starting line number', Number.NEGATIVE_INFINITY],
  ['number-width', 'invalid line number field width', 1],
] as const;

const readStyle = (value: string): Style | undefined => {
  if (value === 'a' || value === 't' || value === 'n') return value;
  return value.startsWith('p')
    ? compileRegex(byteCodec.argument(value.slice(1)), { extended: false })
    : undefined;
};
