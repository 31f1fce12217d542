// strings: the readable parts of files (binutils).

import { O } from '../fs/open-flags.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { chunks } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

const options = {
  all: { short: 'a' },
  data: { short: 'd' },
  'print-file-name': { short: 'f' },
  bytes: { short: 'n', argument: 'required' },
  radix: { short: 't', argument: 'required' },
  o: {},
  'include-all-whitespace': { short: 'w' },
  'output-separator': { short: 's', argument: 'required' },
} as const;

const RADIX: Readonly<Record<string, number>> = { o: 8, d: 10, x: 16 };

export const strings: Command = {
  name: 'strings',
  help: `Usage: strings [option(s)] [file(s)]
Print the runs of printable characters in files, or in standard input.

 -a --all                  all of the file (default)
 -f --print-file-name      put the name of the file before each string
 -n <number>               strings have so many characters at least: 4
 -t --radix={o,d,x}        put the offset before each string
 -o                        the same as --radix=o
 -w --include-all-whitespace  newlines and the like are printable too
 -s --output-separator=<string>  what comes after each string
    --help                 display this help
    --version              display version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const words = argv.map((word) => word.replace(/^-(\d+)$/, '-n$1'));
    const parsed = await parseOptions(out, strings, words, options);
    if ('exit' in parsed) return parsed.exit;
    const bytes = parsed.value('bytes') ?? '4';
    if (!/^\d+$/.test(bytes)) {
      await out.warn(`invalid integer argument ${bytes}`);
      return 1;
    }
    if (Number(bytes) === 0) {
      await out.warn('invalid minimum string length 0');
      return 1;
    }
    const radix = parsed.has('o') ? 8 : RADIX[parsed.value('radix') ?? ''];
    const style = {
      least: Number(bytes),
      radix,
      whitespace: parsed.has('include-all-whitespace'),
      end: parsed.value('output-separator') ?? '\n',
    };
    if (parsed.operands.length === 0)
      await scan(out, 0, style, parsed.has('print-file-name') ? '{standard input}' : undefined);
    for (const name of parsed.operands) {
      const { value: stat, error } = attempt(() => process.stat(name));
      if (error !== undefined) {
        if (error.code === 'ENOENT') await out.warn(`'${name}': No such file`);
        else await out.complain(`Warning: could not locate '${name}'.  reason`, error);
        continue;
      }
      if (stat.kind === 'directory') {
        await out.warn(`Warning: '${name}' is a directory`);
        continue;
      }
      try {
        const fd = process.open(name, O.RDONLY);
        await scan(out, fd, style, parsed.has('print-file-name') ? name : undefined);
        process.close(fd);
      } catch (problem) {
        await out.complain(name, problem);
      }
    }
    return out.end();
  },
};

interface StringStyle {
  readonly least: number;
  readonly radix: number | undefined;
  readonly whitespace: boolean;
  readonly end: string;
}

const scan = async (out: Output, fd: number, style: StringStyle, name: string | undefined): Promise<void> => {
  const { least, radix, whitespace, end } = style;
  let text = '';
  let offset = 0;
  const show = (): void => {
    if (text.length >= least) {
      const where = radix === undefined ? '' : `${(offset - text.length).toString(radix).padStart(7)} `;
      out.text(`${name === undefined ? '' : `${name}: `}${where}${text}${end}`);
    }
    text = '';
  };
  for await (const chunk of chunks(out.process, fd)) {
    for (const byte of chunk) {
      const printable = (byte >= 32 && byte < 127) || byte === 9 || (whitespace && byte >= 10 && byte <= 13);
      if (printable) text += String.fromCharCode(byte);
      else show();
      offset++;
    }
    await out.caughtUp();
  }
  show();
};
