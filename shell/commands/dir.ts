// dir and vdir: ls in columns and in the long layout, with C escapes in names.

import type { Command } from './command.ts';
import { ls } from './ls.ts';
import { lsHelp } from './ls-help.ts';

const variant = (name: string, ...options: string[]): Command => ({
  name,
  help: lsHelp.replace('Usage: ls', `Usage: ${name}`),
  usageStatus: 2,
  run: (process, argv) => ls.run(process, [argv[0] ?? name, ...options, ...argv.slice(1)]),
});

export const dir = variant('dir', '-C', '-b');
export const vdir = variant('vdir', '-l', '-b');
