// dirname: strip the last component from names.

import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { dirname as directoryPart } from './path-name.ts';
import { missingOperand } from './usage-error.ts';

export const dirname: Command = {
  name: 'dirname',
  help: `Usage: dirname [OPTION] NAME...
Print each NAME without its last component; . where there is no slash in it.

  -z, --zero     end lines with a zero byte
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, dirname, argv, { zero: { short: 'z' } });
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) return missingOperand(out, dirname, []);
    for (const name of parsed.operands) out.text(`${directoryPart(name)}${parsed.has('zero') ? '\0' : '\n'}`);
    return out.end();
  },
};
