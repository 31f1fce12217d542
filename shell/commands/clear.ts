// clear: an empty screen.

import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { scanOptions } from './options.ts';
import { Output } from './output.ts';

export const clear: Command = {
  name: 'clear',
  help: `Usage: clear [-x]
Clear the screen, and what has scrolled off it.

  -x   leave what has scrolled off
`,
  run: async (process, argv) => {
    const out = new Output(process);
    if (flavorOf(process) === 'busybox') {
      out.text('\x1b[H\x1b[J');
      return out.end();
    }
    const scan = scanOptions(argv.slice(1), { x: {}, T: { argument: 'required' }, V: {} });
    out.text(scan.options.some(({ name }) => name === 'x') ? '\x1b[H\x1b[2J' : '\x1b[H\x1b[2J\x1b[3J');
    return out.end();
  },
};
