// cat: concatenate files.

import { CatFormat } from './cat-format.ts';
import type { Command } from './command.ts';
import { chunks, closeInput, openInput } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteIfNeeded } from './quoting.ts';

const options = {
  'number-nonblank': { short: 'b' },
  number: { short: 'n' },
  'squeeze-blank': { short: 's' },
  'show-nonprinting': { short: 'v' },
  'show-ends': { short: 'E' },
  'show-tabs': { short: 'T' },
  'show-all': { short: 'A' },
  e: {},
  t: {},
  u: {},
};

export const cat: Command = {
  name: 'cat',
  help: `Usage: cat [OPTION]... [FILE]...
Print each FILE in turn to standard output.

Without a FILE, or where FILE is -, standard input is read.

  -A, --show-all           the same as -vET
  -b, --number-nonblank    number the lines that are not empty; stronger than -n
  -e                       the same as -vE
  -E, --show-ends          put a $ at the end of each line
  -n, --number             number all lines
  -s, --squeeze-blank      print only one of several empty lines in a row
  -t                       the same as -vT
  -T, --show-tabs          show a TAB as ^I
  -u                       (does nothing)
  -v, --show-nonprinting   show control bytes in ^ and M- notation, not LFD and TAB
      --help        display this help and exit
      --version     output version information and exit

Examples:
  cat f - g  Print f, then standard input, then g.
  cat        Copy standard input to standard output.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, cat, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const all = parsed.has('show-all');
    const format = new CatFormat({
      numbers: parsed.has('number-nonblank') ? 'nonblank' : parsed.has('number') ? 'all' : 'none',
      squeeze: parsed.has('squeeze-blank'),
      ends: all || parsed.has('e') || parsed.has('show-ends'),
      tabs: all || parsed.has('t') || parsed.has('show-tabs'),
      nonprinting: all || parsed.has('e') || parsed.has('t') || parsed.has('show-nonprinting'),
    });
    const target = process.fstat(1);
    for (const name of parsed.operands.length > 0 ? parsed.operands : ['-']) {
      const shown = quoteIfNeeded(process, name);
      let fd = 0;
      try {
        fd = openInput(process, name);
        const { dev, ino, kind, size } = process.fstat(fd);
        if (kind === 'file' && dev === target.dev && ino === target.ino && size > 0) {
          await out.warn(`${shown}: input file is output file`);
        } else {
          for await (const chunk of chunks(process, fd)) {
            out.bytes(format.plain ? chunk : format.convert(chunk));
            // What cat has read it passes on at once: the reader of a pipe sees it now.
            await out.flush();
          }
        }
      } catch (error) {
        await out.complain(shown, error);
      }
      if (fd > 0) closeInput(process, fd);
    }
    out.bytes(format.end());
    return out.end();
  },
};
