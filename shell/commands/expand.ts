// expand: tabs to spaces.

import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { lineBatches } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { readTabStops, type TabStops, withTabOption } from './tab-stops.ts';
import { byteCodec } from './text-codec.ts';

const options = {
  initial: { short: 'i' },
  tabs: { short: 't', argument: 'required' },
} as const;

export const expand: Command = {
  name: 'expand',
  help: `Usage: expand [OPTION]... [FILE]...
Print each FILE with spaces in place of its tabs.

Without a FILE, or where FILE is -, standard input is read.

  -i, --initial    only tabs before the first other character
  -t, --tabs=N     tabs are N characters apart, not 8
  -t, --tabs=LIST  tabs are at these columns; the last may be /N or +N: all after the
                     list are multiples of N, or N apart
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, expand, withTabOption(argv), options);
    if ('exit' in parsed) return parsed.exit;
    const stops = readTabStops(process, parsed.values('tabs'));
    if (typeof stops === 'string') {
      await out.warn(stops);
      return 1;
    }
    const initial = parsed.has('initial');
    await eachInput(out, parsed.operands, async (fd) => {
      for await (const batch of lineBatches(process, fd)) {
        for (const line of batch) {
          const tabbed = line.includes(9);
          out.bytes(tabbed ? byteCodec.encode(expandLine(byteCodec.decode(line), stops, initial)) : line);
        }
        await out.flush();
      }
    });
    return out.end();
  },
};

const expandLine = (line: string, stops: TabStops, initial: boolean): string => {
  let text = '';
  let column = 0;
  for (let at = 0; at < line.length; at++) {
    const character = line[at] as string;
    if (character === '\t') {
      const next = stops.next(column) ?? column + 1;
      text += ' '.repeat(next - column);
      column = next;
      continue;
    }
    text += character;
    column = character === '\b' ? Math.max(column - 1, 0) : column + 1;
    if (initial && character !== ' ') return text + line.slice(at + 1);
  }
  return text;
};
