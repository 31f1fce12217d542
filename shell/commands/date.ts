// date: print the time.

import { choose } from './choice.ts';
import type { Command } from './command.ts';
import { closeInput, lines, openInput } from './input.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { parseDate } from './parse-date.ts';
import { quoteAlways, quoteIfNeeded, quoteLocale } from './quoting.ts';
import { toText } from './text.ts';
import { formatTime } from './time-format.ts';
import { extraOperand, tryHelp, usageError } from './usage-error.ts';

const options = {
  date: { short: 'd', argument: 'required' },
  debug: {},
  file: { short: 'f', argument: 'required' },
  'iso-8601': { short: 'I', argument: 'optional' },
  'rfc-email': { short: 'R', alias: ['rfc-822', 'rfc-2822'] },
  'rfc-3339': { argument: 'required' },
  reference: { short: 'r', argument: 'required' },
  set: { short: 's', argument: 'required' },
  utc: { short: 'u', alias: ['universal'] },
} as const;

type Given = Options<keyof typeof options>;

export const date: Command = {
  name: 'date',
  help: `Usage: date [OPTION]... [+FORMAT]
Print the time, or another one, in the given FORMAT.

  -d, --date=STRING          print the time that STRING means
  -f, --file=DATEFILE        the same for every line of DATEFILE
  -I[FMT], --iso-8601[=FMT]  in ISO 8601 form; FMT is date, hours, minutes, seconds or ns
  -R, --rfc-email            in the form of e-mail headers
      --rfc-3339=FMT         in RFC 3339 form; FMT is date, seconds or ns
  -r, --reference=FILE       print the time when FILE was last changed
  -s, --set=STRING           set the clock (not permitted here)
  -u, --utc, --universal     in Coordinated Universal Time
      --help        display this help and exit
      --version     output version information and exit

FORMAT's sequences are those of strftime(3):
  %a %A day's name   %b %B month's name   %c date and time   %C century   %d day   %D %m/%d/%y
  %e day, with a blank   %F %Y-%m-%d   %g %G %V ISO week and year   %H %I hour   %j day of the year
  %k %l hour, with a blank   %m month   %M minute   %n newline   %N nanoseconds   %p %P AM or PM
  %q quarter   %r 12-hour time   %R %H:%M   %s seconds since 1970   %S second   %t tab   %T %H:%M:%S
  %u %w day of the week   %U %W week   %x date   %X time   %y %Y year   %z %:z %::z %Z time zone
Between % and the letter: - no padding, _ blanks, 0 zeros, ^ upper case, # other case, and a width.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, date, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const format = await readFormat(out, parsed);
    if (typeof format === 'number') return format;
    const sources = ['date', 'file', 'reference'].filter((name) => parsed.has(name as 'date'));
    if (sources.length > 1)
      return usageError(out, date, 'the options to specify dates for printing are mutually exclusive');
    const now = process.kernel.clock.now();
    const print = async (text: string): Promise<void> => {
      const time = parseDate(text, now);
      if (time === undefined) await out.warn(`invalid date ${quoteLocale(process, text)}`);
      else out.line(formatTime(format, time));
    };
    const set = parsed.value('set');
    const file = parsed.value('file');
    const reference = parsed.value('reference');
    if (set !== undefined) await setClock(out, set, now, format);
    else if (file !== undefined) await printAll(out, file, print);
    else if (reference !== undefined) {
      try {
        out.line(formatTime(format, process.stat(reference).mtime));
      } catch (error) {
        await out.complain(quoteIfNeeded(process, reference), error);
      }
    } else if (parsed.has('date')) await print(parsed.value('date') ?? '');
    else out.line(formatTime(format, now));
    return out.end();
  },
};

const ISO: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H%:z',
  minutes: '%Y-%m-%dT%H:%M%:z',
  seconds: '%Y-%m-%dT%H:%M:%S%:z',
  ns: '%Y-%m-%dT%H:%M:%S,%N%:z',
};

const RFC: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  seconds: '%Y-%m-%d %H:%M:%S%:z',
  ns: '%Y-%m-%d %H:%M:%S.%N%:z',
};

/** The format that options and operands say, or the exit status after a complaint. */
const readFormat = async (out: Output, parsed: Given): Promise<string | number> => {
  const { process } = out;
  const [operand, extra] = parsed.operands;
  if (extra !== undefined) return extraOperand(out, date, extra);
  const forms: string[] = [];
  if (parsed.has('iso-8601')) {
    const choices = {
      hours: ['hours'],
      minutes: ['minutes'],
      date: ['date'],
      seconds: ['seconds'],
      ns: ['ns'],
    };
    const form = await choose(out, '--iso-8601', parsed.value('iso-8601') ?? 'date', choices);
    if (form === undefined) return 1;
    forms.push(ISO[form] ?? '');
  }
  if (parsed.has('rfc-3339')) {
    const choices = { date: ['date'], seconds: ['seconds'], ns: ['ns'] };
    const form = await choose(out, '--rfc-3339', parsed.value('rfc-3339') ?? '', choices);
    if (form === undefined) return 1;
    forms.push(RFC[form] ?? '');
  }
  if (parsed.has('rfc-email')) forms.push('%a, %d %b %Y %H:%M:%S %z');
  if (operand?.startsWith('+')) forms.push(operand.slice(1));
  else if (operand !== undefined && parsed.has('date')) {
    await out.warn(
      `the argument ${quoteAlways(process, operand)} lacks a leading '+';\nwhen using an option to specify date(s), any non-option\nargument must be a format string beginning with '+'`,
    );
    await tryHelp(out);
    return 1;
  } else if (operand !== undefined) {
    const known = /^\d{8}(?:\d\d(?:\d\d)?)?(?:\.\d\d)?$/.test(operand);
    await out.warn(
      known ? 'cannot set date: Operation not permitted' : `invalid date ${quoteLocale(process, operand)}`,
    );
    return 1;
  }
  if (forms.length > 1) {
    await out.warn('multiple output formats specified');
    return 1;
  }
  return forms[0] ?? '%a %b %e %H:%M:%S %Z %Y';
};

/** The sandbox's clock is not ours to set: as in a container without CAP_SYS_TIME. */
const setClock = async (out: Output, text: string, now: bigint, format: string): Promise<void> => {
  const time = parseDate(text, now);
  if (time === undefined) {
    await out.warn(`invalid date ${quoteLocale(out.process, text)}`);
    return;
  }
  await out.warn('cannot set date: Operation not permitted');
  out.line(formatTime(format, time));
};

const printAll = async (out: Output, file: string, print: (text: string) => Promise<void>): Promise<void> => {
  const { process } = out;
  try {
    const fd = openInput(process, file);
    for await (const line of lines(process, fd)) await print(toText(line).replace(/\n$/, ''));
    closeInput(process, fd);
  } catch (error) {
    await out.complain(quoteIfNeeded(process, file), error);
  }
};
