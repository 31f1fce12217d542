// basename: strip directories, and a suffix, from names.

import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { basename as lastComponent } from './path-name.ts';
import { extraOperand, missingOperand } from './usage-error.ts';

const options = {
  multiple: { short: 'a' },
  suffix: { short: 's', argument: 'required' },
  zero: { short: 'z' },
} as const;

export const basename: Command = {
  name: 'basename',
  help: `Usage: basename NAME [SUFFIX]
  or:  basename OPTION... NAME...
Print NAME without the directories before its last component, and without a trailing SUFFIX.

  -a, --multiple       every operand is a NAME
  -s, --suffix=SUFFIX  take a trailing SUFFIX away; implies -a
  -z, --zero           end lines with a zero byte
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, basename, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const { operands } = parsed;
    if (operands.length === 0) return missingOperand(out, basename, []);
    const many = parsed.has('multiple') || parsed.has('suffix');
    if (!many && operands.length > 2) return extraOperand(out, basename, operands[2] as string);
    const suffix = parsed.value('suffix') ?? (many ? '' : (operands[1] ?? ''));
    for (const name of many ? operands : operands.slice(0, 1)) {
      const last = name === '' ? '' : lastComponent(name);
      const cut =
        suffix !== '' && last !== suffix && last.endsWith(suffix) ? last.slice(0, -suffix.length) : last;
      out.text(`${cut}${parsed.has('zero') ? '\0' : '\n'}`);
    }
    return out.end();
  },
};
