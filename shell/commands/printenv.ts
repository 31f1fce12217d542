// printenv: print environment variables.

import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

export const printenv: Command = {
  name: 'printenv',
  usageStatus: 2,
  help: `Usage: printenv [OPTION]... [VARIABLE]...
Print the values of VARIABLEs, or of all variables with their names.

  -0, --null     a NUL after each line, no newline
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, printenv, argv, { null: { short: '0' } }, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const end = parsed.has('null') ? '\0' : '\n';
    if (parsed.operands.length === 0)
      for (const [name, value] of process.env) out.text(`${name}=${value}${end}`);
    for (const name of parsed.operands) {
      const value = process.env.get(name);
      if (value === undefined) out.status = 1;
      else out.text(value + end);
    }
    return out.end();
  },
};
