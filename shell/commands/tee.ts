// tee: pass standard input on to standard output and to files.

import { isFsError } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import type { Command } from './command.ts';
import { chunks } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteIfNeeded } from './quoting.ts';

const options = {
  append: { short: 'a' },
  'ignore-interrupts': { short: 'i' },
  p: {},
  'output-error': { argument: 'optional' },
} as const;

export const tee: Command = {
  name: 'tee',
  help: `Usage: tee [OPTION]... [FILE]...
Copy standard input to each FILE, and to standard output as well.

  -a, --append             append to the FILEs, do not overwrite them
  -i, --ignore-interrupts  ignore interrupt signals
  -p                       (accepted)
      --output-error[=MODE]  (accepted)
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, tee, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.has('ignore-interrupts')) process.onSignal('SIGINT', 'ignore');
    const targets: { fd: number; name: string }[] = [{ fd: 1, name: 'standard output' }];
    const how = O.WRONLY | O.CREAT | (parsed.has('append') ? O.APPEND : O.TRUNC);
    for (const name of parsed.operands) {
      try {
        targets.push({ fd: process.open(name, how), name });
      } catch (error) {
        await out.complain(quoteIfNeeded(process, name), error);
      }
    }
    for await (const chunk of chunks(process, 0)) {
      for (const target of [...targets]) {
        try {
          await process.write(target.fd, chunk);
        } catch (error) {
          if (!isFsError(error)) throw error;
          targets.splice(targets.indexOf(target), 1);
          await out.complain(quoteIfNeeded(process, target.name), error);
        }
      }
      if (targets.length === 0) break;
    }
    return out.end();
  },
};
