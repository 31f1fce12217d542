// uniq: report or leave out repeated lines.

import { O } from '../fs/open-flags.ts';
import type { Command } from './command.ts';
import { lines, openInput } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways, quoteIfNeeded } from './quoting.ts';
import { byteCodec } from './text-codec.ts';
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
    const [input = '-', output, extra] = parsed.operands;
    if (extra !== undefined) return extraOperand(out, uniq, extra);
    const numbers: Record<'skip-fields' | 'skip-chars' | 'check-chars', number> = {
      'skip-fields': 0,
      'skip-chars': 0,
      'check-chars': Number.POSITIVE_INFINITY,
    };
    for (const [name, what] of WHAT) {
      const value = parsed.value(name);
      if (value === undefined) continue;
      if (!/^\d+$/.test(value)) {
        await out.warn(`${value}: invalid number of ${what}`);
        return 1;
      }
      numbers[name] = Number(value);
    }
    let fd = 0;
    try {
      fd = openInput(process, input);
    } catch (error) {
      await out.complain(quoteIfNeeded(process, input), error);
      return 1;
    }
    if (output !== undefined && output !== '-') {
      try {
        process.dup2(process.open(output, O.WRONLY | O.CREAT | O.TRUNC), 1);
      } catch (error) {
        await out.complain(quoteIfNeeded(process, output), error);
        return 1;
      }
    }
    const key = (line: string): string => {
      const rest = line
        .replace(new RegExp(`^(?:[ \\t\\n]*[^ \\t\\n]*){0,${numbers['skip-fields']}}`), '')
        .slice(numbers['skip-chars']);
      const compared = rest.slice(0, numbers['check-chars']);
      return parsed.has('ignore-case') ? compared.toUpperCase() : compared;
    };
    const end = parsed.has('zero-terminated') ? '\0' : '\n';
    const style = {
      count: parsed.has('count'),
      repeated: parsed.has('repeated') || parsed.has('D') || parsed.has('all-repeated'),
      unique: parsed.has('unique'),
      all: parsed.has('D') || parsed.has('all-repeated'),
      grouping: parsed.has('group')
        ? (parsed.value('group') ?? 'separate')
        : (parsed.value('all-repeated') ?? 'none'),
      shown: parsed.has('group'),
    };
    if (!['none', 'separate', 'prepend', 'append', 'both'].includes(style.grouping)) {
      await out.warn(
        `invalid argument ${quoteAlways(process, style.grouping)} for ${style.shown ? "'--group'" : "'--all-repeated'"}`,
      );
      return 1;
    }
    let printed = 0;
    const print = (group: readonly string[]): void => {
      const [first] = group;
      if (first === undefined) return;
      const many = group.length > 1;
      if (style.shown || style.all) {
        if (!style.shown && !many) return;
        const before =
          style.grouping === 'prepend' ||
          style.grouping === 'both' ||
          (style.grouping === 'separate' && printed > 0);
        const gap = before ? end : '';
        const after = style.shown && (style.grouping === 'append' || style.grouping === 'both') ? end : '';
        printed++;
        // With --group=both one empty line is enough between two groups.
        const lead = style.grouping === 'both' && printed > 1 ? '' : gap;
        out.bytes(byteCodec.encode(`${lead}${group.map((line) => line + end).join('')}${after}`));
        return;
      }
      if ((style.repeated && !many) || (style.unique && many)) return;
      out.bytes(
        byteCodec.encode(`${style.count ? `${String(group.length).padStart(7)} ` : ''}${first}${end}`),
      );
    };
    let group: string[] = [];
    let current: string | undefined;
    try {
      for await (const bytes of lines(process, fd, end.charCodeAt(0))) {
        const text = byteCodec.decode(bytes);
        const line = text.endsWith(end) ? text.slice(0, -1) : text;
        const compared = key(line);
        if (compared !== current) {
          print(group);
          group = [];
          current = compared;
        }
        group.push(line);
      }
    } catch (error) {
      await out.complain(`error reading ${quoteAlways(process, input)}`, error);
      return 1;
    }
    print(group);
    return out.end();
  },
};

const WHAT = [
  ['skip-fields', 'fields to skip'],
  ['skip-chars', 'bytes to skip'],
  ['check-chars', 'bytes to compare'],
] as const;
