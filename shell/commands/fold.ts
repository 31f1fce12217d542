// fold: break long lines.

import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { lineBatches } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { byteCodec } from './text-codec.ts';

const options = {
  bytes: { short: 'b' },
  spaces: { short: 's' },
  width: { short: 'w', argument: 'required' },
} as const;

export const fold: Command = {
  name: 'fold',
  help: `Usage: fold [OPTION]... [FILE]...
Print each FILE with its long lines broken.

Without a FILE, or where FILE is -, standard input is read.

  -b, --bytes         count bytes, not columns
  -s, --spaces        break after spaces
  -w, --width=WIDTH   lines have WIDTH columns, not 80
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const words = argv.map((word) => word.replace(/^-(\d+)$/, '-w$1'));
    const parsed = await parseOptions(out, fold, words, options);
    if ('exit' in parsed) return parsed.exit;
    const given = parsed.value('width') ?? '80';
    if (!/^\d+$/.test(given) || Number(given) === 0) {
      const range = given === '0' ? ': Numerical result out of range' : '';
      await out.warn(`invalid number of columns: ${quoteLocale(process, given)}${range}`);
      return 1;
    }
    const folding = {
      width: Number(given),
      spaces: parsed.has('spaces'),
      step: parsed.has('bytes') ? (column: number) => column + 1 : columnAfter,
    };
    await eachInput(out, parsed.operands, async (fd) => {
      for await (const batch of lineBatches(process, fd)) {
        for (const line of batch) out.bytes(byteCodec.encode(foldLine(byteCodec.decode(line), folding)));
        await out.flush();
      }
    });
    return out.end();
  },
};

interface Folding {
  readonly width: number;
  readonly spaces: boolean;
  /** The column after a character. */
  readonly step: (column: number, character: string) => number;
}

const columnAfter = (column: number, character: string): number => {
  if (character === '\b') return Math.max(column - 1, 0);
  if (character === '\r') return 0;
  return character === '\t' ? column + 8 - (column % 8) : column + 1;
};

const foldLine = (line: string, { width, spaces, step }: Folding): string => {
  const end = line.endsWith('\n') ? line.length - 1 : line.length;
  let text = '';
  let start = 0;
  let column = 0;
  for (let at = 0; at < end; at++) {
    column = step(column, line[at] as string);
    if (column <= width || at === start) continue;
    const blank = spaces ? Math.max(line.lastIndexOf(' ', at - 1), line.lastIndexOf('\t', at - 1)) : -1;
    const cut = blank >= start ? blank + 1 : at;
    text += `${line.slice(start, cut)}\n`;
    start = cut;
    column = 0;
    for (let again = start; again < at; again++) column = step(column, line[again] as string);
    at--;
  }
  return text + line.slice(start);
};
