// look: the lines of a sorted file that begin with a string.

import type { Command } from './command.ts';
import { closeInput, lines, openInput } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { byteCodec } from './text-codec.ts';
import { usageError } from './usage-error.ts';

const options = {
  alternative: { short: 'a' },
  alphanum: { short: 'd' },
  'ignore-case': { short: 'f' },
  terminate: { short: 't', argument: 'required' },
  help: { short: 'h' },
  version: { short: 'V' },
} as const;

const [WORDS, ALTERNATIVE] = ['/usr/share/dict/words', '/usr/share/dict/web2'];

export const look: Command = {
  name: 'look',
  help: `
Usage:
 look [options] <string> [<file>...]

Show the lines that begin with a string.

Options:
 -a, --alternative        take the other dictionary
 -d, --alphanum           only blanks, letters and digits count
 -f, --ignore-case        upper and lower case are the same
 -t, --terminate <char>   nothing after this character counts

 -h, --help               display this help
 -V, --version            display version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, look, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.has('help')) {
      out.text(look.help);
      return out.end();
    }
    const [string, named] = parsed.operands;
    if (string === undefined) return usageError(out, look, 'bad usage');
    const plain = named === undefined;
    const file = named ?? (parsed.has('alternative') ? ALTERNATIVE : WORDS);
    const key = (text: string): string => {
      const counted = parsed.has('alphanum') || plain ? text.replace(/[^A-Za-z0-9 \t]/g, '') : text;
      return parsed.has('ignore-case') || plain ? counted.toLowerCase() : counted;
    };
    const end = parsed.value('terminate');
    const given = byteCodec.argument(string);
    const wanted = key(
      end !== undefined && given.includes(end) ? given.slice(0, given.indexOf(end) + 1) : given,
    );
    let found = false;
    try {
      const fd = openInput(process, file);
      for await (const bytes of lines(process, fd)) {
        const line = byteCodec.decode(bytes);
        if (!key(line.replace(/\n$/, '')).startsWith(wanted)) continue;
        found = true;
        out.bytes(bytes);
      }
      closeInput(process, fd);
    } catch (error) {
      await out.complain(file, error);
      return 1;
    }
    await out.flush();
    return found ? 0 : 1;
  },
};
