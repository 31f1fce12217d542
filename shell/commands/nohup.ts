// nohup: a program that outlives the terminal.

import { O } from '../fs/open-flags.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { execProgram } from './find-program.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';
import { missingOperand } from './usage-error.ts';

export const nohup: Command = {
  name: 'nohup',
  usageStatus: 125,
  help: `Usage: nohup COMMAND [ARG]...
Run COMMAND so that the end of the terminal does not end it. Output that would go
to a terminal goes to 'nohup.out'.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, nohup, argv, {}, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) return missingOperand(out, nohup, []);
    const [input, output] = [process.tty(0) !== undefined, process.tty(1) !== undefined];
    if (input) process.dup2(process.open('/dev/null', O.WRONLY), 0);
    if (output) {
      const opened = attempt(() => process.open('nohup.out', O.WRONLY | O.CREAT | O.APPEND, 0o600));
      if (opened.error) {
        await out.complain(`failed to open ${quoteAlways(process, 'nohup.out')}`, opened.error);
        return 125;
      }
      const ignoring = input ? 'ignoring input and ' : '';
      await out.errorText(
        `${out.name}: ${ignoring}appending output to ${quoteAlways(process, 'nohup.out')}\n`,
      );
      process.dup2(opened.value, 1);
    } else if (input) await out.errorText(`${out.name}: ignoring input\n`);
    if (process.tty(2) !== undefined) process.dup2(1, 2);
    process.onSignal('SIGHUP', 'ignore');
    const status = await execProgram(process, parsed.operands);
    if (typeof status === 'number') return status;
    await out.complain(`failed to run command ${quoteAlways(process, parsed.operands[0] as string)}`, status);
    return status.code === 'ENOENT' ? 127 : 126;
  },
};
