// locale: which language and letters programs are told to use.

import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

const CATEGORIES = [
  ...['CTYPE', 'NUMERIC', 'TIME', 'COLLATE', 'MONETARY', 'MESSAGES', 'PAPER', 'NAME', 'ADDRESS'],
  ...['TELEPHONE', 'MEASUREMENT', 'IDENTIFICATION'],
];

const options = { 'all-locales': { short: 'a' }, charmaps: { short: 'm' } } as const;

export const locale: Command = {
  name: 'locale',
  usageHint: "Try `locale --help' or `locale --usage' for more information.",
  usageStatus: 64,
  help: `Usage: locale [OPTION...] [charmap]
Tell the locale of programs, as the environment sets it.

  -a, --all-locales   the names of those that there are
  -m, --charmaps      the names of the character sets
      --help          print this help and exit
      --version       print version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, locale, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const { env } = process;
    const all = env.get('LC_ALL') || undefined;
    const lang = env.get('LANG') || undefined;
    const charset = all ?? env.get('LC_CTYPE') ?? lang ?? 'C';
    if (parsed.has('all-locales')) out.text('C\nC.utf8\nPOSIX\n');
    else if (parsed.has('charmaps')) out.text('ANSI_X3.4-1968\nUTF-8\n');
    else if (parsed.operands.includes('charmap'))
      out.line(/utf-?8/i.test(charset) ? 'UTF-8' : 'ANSI_X3.4-1968');
    else {
      out.line(`LANG=${lang ?? ''}`);
      out.line(`LANGUAGE=${env.get('LANGUAGE') ?? ''}`);
      for (const category of CATEGORIES) {
        const name = `LC_${category}`;
        const own = env.get(name) || undefined;
        // What follows from another variable stands in quotes.
        out.line(
          own === undefined || all !== undefined ? `${name}="${all ?? lang ?? 'POSIX'}"` : `${name}=${own}`,
        );
      }
      out.line(`LC_ALL=${all ?? ''}`);
    }
    return out.end();
  },
};
