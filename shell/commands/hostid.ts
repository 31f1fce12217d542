// hostid: the host's number, which the C library makes of its address (gethostid(3)).

import { readText } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { extraOperand } from './usage-error.ts';

export const hostid: Command = {
  name: 'hostid',
  help: `Usage: hostid [OPTION]
Print the number of this host, in hexadecimal.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, hostid, argv, {});
    if ('exit' in parsed) return parsed.exit;
    const [extra] = parsed.operands;
    if (extra !== undefined) return extraOperand(out, hostid, extra);
    const name = process.uts.hostname;
    const line = (attempt(() => readText(process, '/etc/hosts')).value ?? '')
      .split('\n')
      .map((text) => text.replace(/#.*/, '').trim().split(/\s+/))
      .find(([address = '', ...names]) => names.includes(name) && /^\d+(?:\.\d+){3}$/.test(address));
    const [a = 0, b = 0, c = 0, d = 0] = (line?.[0] ?? '').split('.').map(Number);
    // The address in the host's byte order, its halves exchanged.
    const digits = [b, a, d, c].map((byte) => byte.toString(16).padStart(2, '0'));
    out.line(digits.join(''));
    return out.end();
  },
};
