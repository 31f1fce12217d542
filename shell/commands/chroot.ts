// chroot: run a program with another root directory.

import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { execProgram } from './find-program.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways, quoteLocale } from './quoting.ts';
import { missingOperand } from './usage-error.ts';

export const chroot: Command = {
  name: 'chroot',
  usageStatus: 125,
  help: `Usage: chroot [OPTION] NEWROOT [COMMAND [ARG]...]
Run COMMAND (default: the shell of SHELL, or /bin/sh) with NEWROOT as its root
directory. For root alone.

      --skip-chdir  keep the working directory
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, chroot, argv, { 'skip-chdir': {} }, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const [root, ...command] = parsed.operands;
    if (root === undefined) return missingOperand(out, chroot, []);
    const { error } = attempt(() => {
      process.chroot(root);
      if (!parsed.has('skip-chdir')) process.chdir('/');
    });
    if (error) {
      await out.complain(`cannot change root directory to ${quoteAlways(process, root)}`, error);
      return 125;
    }
    const argvInside = command.length > 0 ? command : [process.env.get('SHELL') ?? '/bin/sh', '-i'];
    const status = await execProgram(process, argvInside);
    if (typeof status === 'number') return status;
    await out.complain(`failed to run command ${quoteLocale(process, argvInside[0] as string)}`, status);
    return status.code === 'ENOENT' ? 127 : 126;
  },
};
