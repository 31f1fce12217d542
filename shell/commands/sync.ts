// sync: write caches to the disk. cowsh has no cache to write: what is checked is that the files open.

import { O } from '../fs/open-flags.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';

const options = { data: { short: 'd' }, 'file-system': { short: 'f' } } as const;

export const sync: Command = {
  name: 'sync',
  help: `Usage: sync [OPTION] [FILE]...
Write what memory holds of files to the disk: all of it, or that of each FILE.

  -d, --data             the data alone, no metadata that is not needed
  -f, --file-system      the file systems that the FILEs are on
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, sync, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.has('data') && parsed.has('file-system')) {
      await out.warn('cannot specify both --data and --file-system');
      return 1;
    }
    if (parsed.has('data') && parsed.operands.length === 0) {
      await out.warn('--data needs at least one argument');
      return 1;
    }
    for (const name of parsed.operands) {
      const opened = attempt(() => process.open(name, O.RDONLY | O.NONBLOCK));
      const quoted = quoteAlways(process, name);
      if (opened.error) {
        await out.complain(`error opening ${quoted}`, opened.error);
        continue;
      }
      const { error } = attempt(() => process.fsync(opened.value));
      process.close(opened.value);
      if (error) await out.complain(`error syncing ${quoted}`, error);
    }
    return out.end();
  },
};
