// sleep: wait for a while.

import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { missingOperand, tryHelp } from './usage-error.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** setTimeout's longest wait, in ms. */
const LONGEST = 2 ** 31 - 1;

export const sleep: Command = {
  name: 'sleep',
  help: `Usage: sleep NUMBER[SUFFIX]...
  or:  sleep OPTION
Wait for NUMBER seconds; SUFFIX m makes it minutes, h hours, d days.
NUMBER may have a fraction. Several NUMBERs are added up.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, sleep, argv, {});
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) return missingOperand(out, sleep, []);
    let seconds = 0;
    for (const operand of parsed.operands) {
      const match = /^(\d+\.?\d*(?:e[-+]?\d+)?|\.\d+|inf(?:inity)?)([smhd]?)$/i.exec(operand);
      if (!match) await out.warn(`invalid time interval ${quoteLocale(process, operand)}`);
      const [, number = '0', unit = ''] = match ?? [];
      seconds += (/^inf/i.test(number) ? Number.POSITIVE_INFINITY : Number(number)) * (UNITS[unit] ?? 1);
    }
    if (out.status !== 0) {
      await tryHelp(out);
      return 1;
    }
    // In pieces it would move time headlessly, again and again.
    if (seconds === Number.POSITIVE_INFINITY) await process.sleep(seconds);
    for (let left = seconds * 1000; left > 0; left -= LONGEST) await process.sleep(Math.min(left, LONGEST));
    return 0;
  },
};
