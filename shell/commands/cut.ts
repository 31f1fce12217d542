// cut: print chosen parts of lines.

import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { lineBatches } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { byteCodec } from './text-codec.ts';
import { usageError } from './usage-error.ts';

const options = {
  bytes: { short: 'b', argument: 'required' },
  characters: { short: 'c', argument: 'required' },
  delimiter: { short: 'd', argument: 'required' },
  fields: { short: 'f', argument: 'required' },
  n: {},
  complement: {},
  'only-delimited': { short: 's' },
  'output-delimiter': { argument: 'required' },
  'zero-terminated': { short: 'z' },
} as const;

type Range = readonly [first: number, last: number];

export const cut: Command = {
  name: 'cut',
  help: `Usage: cut OPTION... [FILE]...
Print chosen parts of the lines of each FILE.

Without a FILE, or where FILE is -, standard input is read.

  -b, --bytes=LIST        choose bytes
  -c, --characters=LIST   choose characters
  -d, --delimiter=DELIM   fields are parted by DELIM, not by TAB
  -f, --fields=LIST       choose fields; a line without DELIM is printed whole
  -n                      (accepted)
      --complement        choose what LIST does not name
  -s, --only-delimited    leave out lines without DELIM
      --output-delimiter=STRING  put STRING between the parts
  -z, --zero-terminated    lines end with a zero byte
      --help        display this help and exit
      --version     output version information and exit

One of -b, -c and -f must be given. LIST is made of ranges with commas between them:
  N    the Nth, counted from 1
  N-   from the Nth to the end
  N-M  from the Nth to the Mth
  -M   from the first to the Mth
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, cut, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const lists = parsed.list.filter(
      ({ name }) => name === 'bytes' || name === 'characters' || name === 'fields',
    );
    const [list] = lists;
    if (lists.length > 1) return usageError(out, cut, 'only one list may be specified');
    if (list === undefined)
      return usageError(out, cut, 'you must specify a list of bytes, characters, or fields');
    const byField = list.name === 'fields';
    const delimiter = byteCodec.argument(parsed.value('delimiter') ?? '\t') || '\0';
    if (delimiter.length !== 1) return usageError(out, cut, 'the delimiter must be a single character');
    if (!byField && parsed.has('delimiter')) {
      return usageError(out, cut, 'an input delimiter may be specified only when operating on fields');
    }
    if (!byField && parsed.has('only-delimited')) {
      return usageError(
        out,
        cut,
        'suppressing non-delimited lines makes sense\n\tonly when operating on fields',
      );
    }
    const read = readList(list.value ?? '', byField, (text) => quoteLocale(process, text));
    if (typeof read === 'string') return usageError(out, cut, read);
    const chosen = parsed.has('complement') ? complement(read) : read;
    const between = parsed.value('output-delimiter');
    const outputDelimiter = between === undefined ? undefined : byteCodec.argument(between);
    const end = parsed.has('zero-terminated') ? '\0' : '\n';
    const part = (line: string): string | undefined => {
      if (!byField)
        return chosen
          .map(([a, b]) => line.slice(a - 1, b))
          .filter((text) => text !== '')
          .join(outputDelimiter ?? '');
      const fields = line.split(delimiter);
      if (fields.length === 1) return parsed.has('only-delimited') ? undefined : line;
      return chosen.flatMap(([a, b]) => fields.slice(a - 1, b)).join(outputDelimiter ?? delimiter);
    };
    await eachInput(out, parsed.operands, async (fd) => {
      for await (const batch of lineBatches(process, fd, end.charCodeAt(0))) {
        for (const bytes of batch) {
          const text = byteCodec.decode(bytes);
          const cutLine = part(text.endsWith(end) ? text.slice(0, -1) : text);
          if (cutLine !== undefined) out.bytes(byteCodec.encode(`${cutLine}${end}`));
        }
        await out.flush();
      }
    });
    return out.end();
  },
};

/** The ranges of a list, sorted and joined where they touch; or what is wrong with it. */
const readList = (list: string, fields: boolean, quote: (text: string) => string): Range[] | string => {
  const ranges: [number, number][] = [];
  for (const item of list.split(/[,\s]/)) {
    const match = /^(\d*)(-?)(\d*)$/.exec(item);
    if (!match)
      return fields ? `invalid field value ${quote(item)}` : `invalid byte/character position ${quote(item)}`;
    const [, low = '', dash = '', high = ''] = match;
    if (dash !== '' && low === '' && high === '') return 'invalid range with no endpoint: -';
    if (low === '0' || item === '' || (dash === '-' && high === '0' && low === '')) {
      return fields ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1';
    }
    const first = low === '' ? 1 : Number(low);
    const last = dash === '' ? first : high === '' ? Number.POSITIVE_INFINITY : Number(high);
    if (last < first) return 'invalid decreasing range';
    ranges.push([first, last]);
  }
  ranges.sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const range of ranges) {
    const before = joined.at(-1);
    if (before !== undefined && range[0] <= before[1]) before[1] = Math.max(before[1], range[1]);
    else joined.push(range);
  }
  return joined;
};

const complement = (ranges: readonly Range[]): Range[] => {
  const rest: Range[] = [];
  let next = 1;
  for (const [first, last] of ranges) {
    if (first > next) rest.push([next, first - 1]);
    next = last + 1;
  }
  if (next !== Number.POSITIVE_INFINITY) rest.push([next, Number.POSITIVE_INFINITY]);
  return rest;
};
