// arch: the kind of machine, as uname -m has it.

import { hostKernel } from '../images/host.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { extraOperand } from './usage-error.ts';

export const arch: Command = {
  name: 'arch',
  help: `Usage: arch [OPTION]...
Print the kind of machine.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, arch, argv, {});
    if ('exit' in parsed) return parsed.exit;
    const [extra] = parsed.operands;
    if (extra !== undefined) return extraOperand(out, arch, extra);
    out.line(hostKernel.machine);
    return out.end();
  },
};
