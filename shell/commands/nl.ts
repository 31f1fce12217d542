// nl: number the lines of files.

import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { lineBatches } from './input.ts';
import { parseOptions } from './options.ts';
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
    const numbers = {
      'line-increment': 1,
      'join-blank-lines': 1,
      'starting-line-number': 1,
      'number-width': 6,
    };
    for (const [name, what, least] of NUMBERS) {
      const value = parsed.value(name);
      if (value === undefined) continue;
      if (!/^-?\d+$/.test(value) || Number(value) < least) {
        await out.warn(`${what}: ${quoteLocale(process, value)}`);
        return 1;
      }
      numbers[name] = Number(value);
    }
    const styles: Record<Section, Style> = { header: 'n', body: 't', footer: 'n' };
    for (const section of ['header', 'body', 'footer'] as const) {
      const value = parsed.value(`${section}-numbering`);
      if (value === undefined) continue;
      try {
        const style = readStyle(value);
        if (style === undefined) {
          return usageError(out, nl, `invalid ${section} numbering style: ${quoteLocale(process, value)}`);
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
      return usageError(out, nl, `invalid line numbering format: ${quoteLocale(process, format)}`);
    }
    const separator = byteCodec.argument(parsed.value('number-separator') ?? '\t');
    const width = numbers['number-width'];
    const mark = (parsed.value('section-delimiter') ?? '\\:').padEnd(2, ':');
    const sections: Readonly<Record<string, Section>> = {
      [mark.repeat(3)]: 'header',
      [mark.repeat(2)]: 'body',
      [mark]: 'footer',
    };
    let section: Section = 'body';
    let number = numbers['starting-line-number'];
    let empty = 0;
    const shown = (value: number): string => {
      const digits = String(Math.abs(value));
      const text = value < 0 ? `-${digits}` : digits;
      if (format === 'ln') return text.padEnd(width);
      if (format === 'rn') return text.padStart(width);
      return value < 0 ? `-${digits.padStart(width - 1, '0')}` : text.padStart(width, '0');
    };
    const counted = (line: string): boolean => {
      const style = styles[section];
      if (line === '') empty++;
      else empty = 0;
      if (style === 'n') return false;
      if (style === 't') return line !== '';
      if (style !== 'a') return style.test(line);
      if (line !== '' || numbers['join-blank-lines'] === 1) return true;
      if (empty < numbers['join-blank-lines']) return false;
      empty = 0;
      return true;
    };
    await eachInput(out, parsed.operands, async (fd) => {
      for await (const batch of lineBatches(process, fd)) {
        for (const bytes of batch) {
          const line = byteCodec.decode(bytes).replace(/\n$/, '');
          const begins = sections[line];
          if (begins !== undefined) {
            section = begins;
            if (!parsed.has('no-renumber')) number = numbers['starting-line-number'];
            out.line('');
          } else if (counted(line)) {
            out.bytes(byteCodec.encode(`${shown(number)}${separator}${line}\n`));
            number += numbers['line-increment'];
          } else out.bytes(byteCodec.encode(`${' '.repeat(width + separator.length)}${line}\n`));
        }
        await out.flush();
      }
    });
    return out.end();
  },
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
