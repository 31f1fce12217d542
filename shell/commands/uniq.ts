// uniq: report or leave out repeated lines.

import { O } from '../fs/open-flags.ts';
import type { Command } from './command.ts';
import { lines, openInput } from './input.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways, quoteIfNeeded } from './quoting.ts';
import { byteCodec } from './text-codec.ts';
import { type GroupStyle, UniqPrinter } from './uniq-printer.ts';
import { extraOperand } from './usage-error.ts';

const options = {
  count: { short: 'c' },
  repeated: { short: 'd' },
  D: {},
  'all-repeated': { argument: 'optional' },
  'skip-fields': { short: 'f', argument: 'required' },
  group: { argument: 'optional' },
  'ignore-case': { short: 'i' },
  'skip-chars': { short: 's', argument: 'required' },
  unique: { short: 'u' },
  'zero-terminated': { short: 'z' },
  'check-chars': { short: 'w', argument: 'required' },
} as const;

type Given = Options<keyof typeof options>;

export const uniq: Command = {
  name: 'uniq',
  help: `Usage: uniq [OPTION]... [INPUT [OUTPUT]]
Leave out all but the first of equal lines that follow each other.

INPUT and OUTPUT are standard input and standard output when they are not given.

  -c, --count           begin each line with how often it came
  -d, --repeated        print only lines that came more than once, one each
  -D, --all-repeated[=METHOD]  print all of them; METHOD: none, prepend, separate
  -f, --skip-fields=N   do not compare the first N fields
      --group[=METHOD]  show all lines, groups apart: separate, prepend, append, both
  -i, --ignore-case     upper and lower case are the same
  -s, --skip-chars=N    do not compare the first N characters
  -u, --unique          print only lines that came once
  -z, --zero-terminated    lines end with a zero byte
  -w, --check-chars=N   compare N characters at the most
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, uniq, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const [input = '-', output = '-', extra] = parsed.operands;
    if (extra !== undefined) return extraOperand(out, uniq, extra);
    const key = await readKey(out, parsed);
    const grouping = key && (await readGrouping(out, parsed));
    if (key === undefined || grouping === undefined) return 1;
    const fd = await openBoth(out, input, output);
    if (fd === undefined) return 1;
    const end = parsed.has('zero-terminated') ? '\0' : '\n';
    const printer = new UniqPrinter(out, end, {
      count: parsed.has('count'),
      repeated: parsed.has('repeated'),
      unique: parsed.has('unique'),
      all: parsed.has('group')
        ? 'groups'
        : parsed.has('D') || parsed.has('all-repeated')
          ? 'repeated'
          : undefined,
      grouping,
    });
    try {
      for await (const bytes of lines(process, fd, end.charCodeAt(0))) {
        const text = byteCodec.decode(bytes);
        const line = text.endsWith(end) ? text.slice(0, -1) : text;
        printer.add(line, key(line));
        await out.caughtUp();
      }
    } catch (error) {
      if (process.fstat(fd).kind !== 'directory') throw error;
      await out.warn(`error reading ${quoteAlways(process, input)}`);
      return 1;
    }
    printer.finish();
    return out.end();
  },
};

const NUMBERS = [
  ['skip-fields', 'fields to skip'],
  ['skip-chars', 'bytes to skip'],
  ['check-chars', 'bytes to compare'],
] as const;

/** What of a line is compared. */
const readKey = async (out: Output, parsed: Given): Promise<((line: string) => string) | undefined> => {
  const numbers = { 'skip-fields': 0, 'skip-chars': 0, 'check-chars': Number.POSITIVE_INFINITY };
  for (const [name, what] of NUMBERS) {
    const value = parsed.value(name);
    if (value === undefined) continue;
    if (!/^\d+$/.test(value)) {
      await out.warn(`${value}: invalid number of ${what}`);
      return undefined;
    }
    numbers[name] = Number(value);
  }
  const skipped = new RegExp(`^(?:[ \\t\\n]*[^ \\t\\n]*){0,${numbers['skip-fields']}}`);
  const first = numbers['skip-chars'];
  return (line) => {
    const compared = line.replace(skipped, '').slice(first, first + numbers['check-chars']);
    return parsed.has('ignore-case') ? compared.toUpperCase() : compared;
  };
};

const METHODS: readonly string[] = ['none', 'separate', 'prepend', 'append', 'both'];

const readGrouping = async (out: Output, parsed: Given): Promise<GroupStyle | undefined> => {
  const option = parsed.has('group') ? 'group' : 'all-repeated';
  const method = parsed.value(option) ?? (option === 'group' ? 'separate' : 'none');
  if (METHODS.includes(method)) return method as GroupStyle;
  await out.warn(`invalid argument ${quoteAlways(out.process, method)} for '--${option}'`);
  return undefined;
};

/** The input's descriptor; the output file becomes descriptor 1. */
const openBoth = async (out: Output, input: string, output: string): Promise<number | undefined> => {
  const { process } = out;
  let name = input;
  try {
    const fd = openInput(process, input);
    name = output;
    if (output !== '-') process.dup2(process.open(output, O.WRONLY | O.CREAT | O.TRUNC), 1);
    return fd;
  } catch (error) {
    await out.complain(quoteIfNeeded(process, name), error);
    return undefined;
  }
};
