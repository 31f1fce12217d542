// pwdx: the working directories of processes (procps).

import { pathOf } from '../fs/mount.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { seenProcesses } from './processes.ts';

export const pwdx: Command = {
  name: 'pwdx',
  usageShowsHelp: true,
  help: `
Usage:
 pwdx [options] pid...

Tell the working directories of processes.

Options:
     --help     display this help and exit
     --version  output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, pwdx, argv, {});
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) {
      await out.errorText(pwdx.help);
      return 1;
    }
    for (const word of parsed.operands) {
      const number = /^(?:\/proc\/)?(\d+)$/.exec(word)?.[1];
      if (number === undefined) {
        await out.warn(`invalid process id: ${word}`);
        return 1;
      }
      const seen = seenProcesses(process).find(({ pid }) => pid === Number(number));
      if (seen !== undefined) out.line(`${word}: ${pathOf(seen.process.cwd, seen.process.root)}`);
      else {
        out.status = 1;
        await out.errorText(`${word}: No such process\n`);
      }
    }
    return out.end();
  },
};
