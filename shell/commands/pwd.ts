// pwd: print the working directory.

import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

const options = { logical: { short: 'L' }, physical: { short: 'P' } } as const;

export const pwd: Command = {
  name: 'pwd',
  help: `Usage: pwd [OPTION]...
Print the full name of the current directory.

  -L, --logical   take PWD from the environment, even with symbolic links in it
  -P, --physical  avoid all symbolic links (default)
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, pwd, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length > 0) await out.errorText(`${out.name}: ignoring non-option arguments\n`);
    const named = process.env.get('PWD');
    if (parsed.last('logical', 'physical') === 'logical' && named?.startsWith('/')) {
      const [a, b] = [process.tryStat(named), process.tryStat('.')];
      if (a && b && a.ino === b.ino && a.dev === b.dev && !/(^|\/)\.{1,2}(\/|$)/.test(named)) {
        out.line(named);
        return out.end();
      }
    }
    const found = attempt(() => process.getcwd());
    if (found.error)
      await out.complain("couldn't find directory entry in '..' with matching i-node", found.error);
    else out.line(found.value);
    return out.end();
  },
};
