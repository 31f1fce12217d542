// rmdir: remove empty directories.

import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { stripSlashes } from './path-name.ts';
import { quoteAlways } from './quoting.ts';
import { missingOperand } from './usage-error.ts';

const options = {
  'ignore-fail-on-non-empty': {},
  parents: { short: 'p' },
  verbose: { short: 'v' },
} as const;

export const rmdir: Command = {
  name: 'rmdir',
  help: `Usage: rmdir [OPTION]... DIRECTORY...
Remove each DIRECTORY, where it is empty.

      --ignore-fail-on-non-empty
                    do not complain about directories that are not empty
  -p, --parents     remove DIRECTORY, then the directories above it that it
                      names: 'rmdir -p a/b' is like 'rmdir a/b a'
  -v, --verbose     say which directories are removed
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, rmdir, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) return missingOperand(out, rmdir, parsed.operands);
    for (const operand of parsed.operands) {
      for (const name of parsed.has('parents') ? withParents(operand) : [operand]) {
        const quoted = quoteAlways(process, name);
        if (parsed.has('verbose')) out.line(`${out.name}: removing directory, ${quoted}`);
        const { error } = attempt(() => process.rmdir(name));
        if (!error) continue;
        const full = error.code === 'ENOTEMPTY' || error.code === 'EEXIST';
        if (full && parsed.has('ignore-fail-on-non-empty')) break;
        if (name === operand) await out.complain(`failed to remove ${quoted}`, error);
        else await out.complain(`failed to remove directory ${quoted}`, error);
        break;
      }
    }
    return out.end();
  },
};

/** `a/b/c`, `a/b`, `a`. */
const withParents = (operand: string): string[] => {
  const names = [operand];
  let name = stripSlashes(operand);
  for (let slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/')) {
    name = stripSlashes(name.slice(0, slash));
    names.push(name);
  }
  return names;
};
