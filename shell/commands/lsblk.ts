// lsblk: the disk under all of this is simulated, and there is nothing below it to list.

import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

export const lsblk: Command = {
  name: 'lsblk',
  help: `Usage: lsblk
There are no block devices to list: cowsh simulates file systems, not disks.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, lsblk, argv, {});
    if ('exit' in parsed) return parsed.exit;
    await out.warn('cowsh simulates file systems, not disks: see df, mount and findmnt');
    return 1;
  },
};
