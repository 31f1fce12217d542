// numfmt: numbers with units made plain, and plain ones with units.

import { choose } from './choice.ts';
import type { Command } from './command.ts';
import { lines } from './input.ts';
import { readFieldList } from './numfmt-fields.ts';
import {
  Formatter,
  formatProblem,
  type NumberStyle,
  readFormat,
  type Scale,
  unitSize,
} from './numfmt-number.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { byteCodec } from './text-codec.ts';
import { usageError } from './usage-error.ts';

const options = {
  debug: {},
  delimiter: { short: 'd', argument: 'required' },
  field: { argument: 'required' },
  format: { argument: 'required' },
  from: { argument: 'required' },
  'from-unit': { argument: 'required' },
  grouping: {},
  header: { argument: 'optional' },
  invalid: { argument: 'required' },
  padding: { argument: 'required' },
  round: { argument: 'required' },
  suffix: { argument: 'required' },
  to: { argument: 'required' },
  'to-unit': { argument: 'required' },
  'zero-terminated': { short: 'z' },
} as const;

type Given = Options<keyof typeof options>;

const ROUND = {
  up: ['up'],
  down: ['down'],
  'from-zero': ['from-zero'],
  'towards-zero': ['towards-zero'],
  nearest: ['nearest'],
} as const;
const INVALID = { abort: ['abort'], fail: ['fail'], warn: ['warn'], ignore: ['ignore'] } as const;
const FROM = { none: ['none'], auto: ['auto'], si: ['si'], iec: ['iec'], 'iec-i': ['iec-i'] } as const;
const TO = { none: ['none'], si: ['si'], iec: ['iec'], 'iec-i': ['iec-i'] } as const;

export const numfmt: Command = {
  name: 'numfmt',
  help: `Usage: numfmt [OPTION]... [NUMBER]...
Write NUMBERs, or those on standard input, in another form.

      --debug          warn about options without effect
  -d, --delimiter=X    X separates fields, not white space
      --field=FIELDS   the fields that hold numbers (1)
      --format=FORMAT  print numbers by FORMAT, a %f of printf
      --from=UNIT      what units in the input mean
      --from-unit=N    the input counts in units of N (1)
      --grouping       group digits as the locale does
      --header[=N]     leave the first N lines (1) as they are
      --invalid=MODE   what a wrong number leads to: abort (default), fail,
                         warn, ignore
      --padding=N      fill up to N characters, on the right where N is
                         negative
      --round=METHOD   up, down, from-zero (default), towards-zero, nearest
      --suffix=SUFFIX  put SUFFIX after numbers, and take it away in the input
      --to=UNIT        print with units
      --to-unit=N      count in units of N (1)
  -z, --zero-terminated    lines end with a zero byte
      --help        display this help and exit
      --version     output version information and exit

UNIT is none (default), auto (1K = 1000, 1Ki = 1024), si (1K = 1000),
iec (1K = 1024) or iec-i (1Ki = 1024).
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, numfmt, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const job = await jobOf(out, parsed);
    if (job === undefined) return 1;
    if (typeof job === 'string') return usageError(out, numfmt, job);
    if (parsed.has('debug') && !parsed.list.some(({ name }) => WORKS.has(name)))
      await out.errorText(`${out.name}: no conversion option specified\n`);
    const run = new Run(out, job);
    const terminator = parsed.has('zero-terminated') ? '\0' : '\n';
    if (parsed.operands.length > 0) {
      for (const operand of parsed.operands)
        if (!(await run.line(byteCodec.argument(operand), terminator))) return 2;
      await out.flush();
      return run.failed ? 2 : 0;
    }
    let left = job.header;
    for await (const bytes of lines(process, 0, terminator.charCodeAt(0))) {
      const text = byteCodec.decode(bytes);
      const ends = text.endsWith(terminator);
      const line = ends ? text.slice(0, -1) : text;
      if (left-- > 0) out.bytes(bytes);
      else if (!(await run.line(line, ends ? terminator : ''))) return 2;
      await out.caughtUp();
    }
    await out.flush();
    return run.failed ? 2 : 0;
  },
};

const WORKS: ReadonlySet<string> = new Set([
  'from',
  'to',
  'from-unit',
  'to-unit',
  'padding',
  'format',
  'suffix',
  'grouping',
]);

interface Job {
  readonly style: NumberStyle;
  readonly delimiter: string | undefined;
  readonly includes: (field: number) => boolean;
  readonly invalid: keyof typeof INVALID;
  readonly header: number;
}

/** What the options ask for; undefined after a complaint, a text where the usage is to be named too. */
const jobOf = async (out: Output, parsed: Given): Promise<Job | string | undefined> => {
  const { process } = out;
  const quote = (text: string): string => quoteLocale(process, text);
  const problem = async (text: string): Promise<undefined> => {
    await out.warn(text);
    return undefined;
  };
  const from = await choose(out, '--from', parsed.value('from') ?? 'none', FROM);
  const to = from && (await choose(out, '--to', parsed.value('to') ?? 'none', TO));
  const round = to && (await choose(out, '--round', parsed.value('round') ?? 'from-zero', ROUND));
  const invalid = round && (await choose(out, '--invalid', parsed.value('invalid') ?? 'abort', INVALID));
  if (!from || !to || !round || !invalid) return undefined;
  const units = {
    from: unitSize(parsed.value('from-unit') ?? '1'),
    to: unitSize(parsed.value('to-unit') ?? '1'),
  };
  for (const side of ['from', 'to'] as const)
    if (units[side] === undefined)
      return problem(`invalid unit size: ${quote(parsed.value(`${side}-unit`) ?? '')}`);
  const padding = parsed.value('padding');
  if (padding !== undefined && (!/^[-+]?\d+$/.test(padding) || Number(padding) === 0))
    return problem(`invalid padding value ${quote(padding)}`);
  const header = parsed.has('header') ? (parsed.value('header') ?? '1') : '0';
  if (!/^\d+$/.test(header) || (parsed.has('header') && Number(header) === 0))
    return problem(`invalid header value ${quote(header)}`);
  const delimiter = parsed.value('delimiter');
  if (delimiter !== undefined && [...delimiter].length > 1)
    return problem('the delimiter must be a single character');
  const includes = readFieldList(parsed.value('field') ?? '1', quote);
  if (typeof includes === 'string') return includes;
  if (parsed.has('grouping') && parsed.has('format'))
    return problem('--grouping cannot be combined with --format');
  if (parsed.has('grouping') && to !== 'none') return problem('grouping cannot be combined with --to');
  const format = parsed.value('format');
  const wrong = format === undefined ? undefined : formatProblem(format, quote);
  if (wrong !== undefined) return problem(wrong);
  const style: NumberStyle = {
    from: from as Scale,
    to: to as Scale,
    fromUnit: units.from ?? 1,
    toUnit: units.to ?? 1,
    round,
    suffix: parsed.value('suffix') ?? '',
    ...(padding === undefined ? {} : { padding: Number(padding) }),
    ...readFormat(format),
    autoPadding: padding === undefined && delimiter === undefined && !/^%[^f]*\d/.test(format ?? ''),
  };
  return {
    style,
    delimiter: delimiter === undefined ? undefined : delimiter,
    includes,
    invalid,
    header: Number(header),
  };
};

class Run {
  failed = false;
  readonly #out: Output;
  readonly #job: Job;
  readonly #formatter: Formatter;

  constructor(out: Output, job: Job) {
    this.#out = out;
    this.#job = job;
    this.#formatter = new Formatter(job.style, (text) => quoteLocale(out.process, text));
  }

  /** False: it is over. */
  async line(line: string, end: string): Promise<boolean> {
    const { delimiter, includes, invalid } = this.#job;
    const fields = fieldsOf(line, delimiter);
    for (const [at, text] of fields.entries()) {
      if (at > 0) this.#out.text(delimiter ?? ' ');
      const changed = includes(at + 1) ? this.#formatter.change(text, at > 0) : { text };
      if ('text' in changed) {
        this.#out.bytes(byteCodec.encode(changed.text));
        continue;
      }
      if (invalid === 'fail' || invalid === 'warn') await this.#out.warn(changed.problem);
      if (invalid === 'fail') this.failed = true;
      if (invalid === 'abort') {
        await this.#out.warn(changed.problem);
        return false;
      }
      this.#out.bytes(byteCodec.encode(text));
    }
    this.#out.text(end);
    return true;
  }
}

/** Without a delimiter a field begins with the white space before it, but for the character that ended the last. */
const fieldsOf = (line: string, delimiter: string | undefined): string[] => {
  if (delimiter !== undefined) return line.split(delimiter);
  const fields: string[] = [];
  for (let at = 0; ; ) {
    const field = /^[ \t\n]*[^ \t\n]*/.exec(line.slice(at))?.[0] ?? '';
    fields.push(field);
    at += field.length + 1;
    if (at > line.length) return fields;
  }
};
