// rm: remove names.

import { choose } from './choice.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { basename } from './path-name.ts';
import { askYes } from './prompt.ts';
import { quoteAlways } from './quoting.ts';
import { type RemoveRules, removeTree } from './remove-tree.ts';
import { missingOperand } from './usage-error.ts';

const options = {
  force: { short: 'f' },
  i: {},
  I: {},
  interactive: { argument: 'optional' },
  'one-file-system': {},
  'no-preserve-root': {},
  'preserve-root': { argument: 'optional' },
  recursive: { short: 'rR' },
  dir: { short: 'd' },
  verbose: { short: 'v' },
} as const;

const WHEN = { never: ['never', 'no', 'none'], once: ['once'], always: ['always', 'yes'] } as const;

export const rm: Command = {
  name: 'rm',
  help: `Usage: rm [OPTION]... [FILE]...
Remove (unlink) each FILE.

  -f, --force           leave out files that do not exist, never ask
  -i                    ask before each removal
  -I                    ask once before removing more than three files, or
                          whole trees
      --interactive[=WHEN]  ask never, once (-I), or always (-i, also when
                          WHEN is left out)
      --one-file-system  with -r, skip directories that are on another file
                          system than the operand they lie under
      --no-preserve-root  let / be removed too
      --preserve-root[=all]  never remove / (default); with =all, no operand
                          that stands on another device than its parent
  -r, -R, --recursive   remove directories with all that is in them
  -d, --dir             remove empty directories
  -v, --verbose         say what is removed
      --help        display this help and exit
      --version     output version information and exit

Without -r, directories stay.

A name that begins with a '-' is given in one of these ways:
  rm -- -name
  rm ./-name
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, rm, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const { operands } = parsed;
    const asks = parsed.last('force', 'i', 'I', 'interactive');
    let when: keyof typeof WHEN | undefined;
    for (const value of parsed.values('interactive')) {
      when = await choose(out, '--interactive', value || 'always', WHEN);
      if (when === undefined) return out.status;
    }
    if (asks !== 'interactive') when = undefined;
    const force = asks === 'force';
    if (operands.length === 0) return force ? 0 : missingOperand(out, rm, operands);
    const recursive = parsed.has('recursive');
    const once = asks === 'I' || when === 'once';
    if (once && (recursive || operands.length > 3)) {
      const count = `${operands.length} argument${operands.length === 1 ? '' : 's'}`;
      if (!(await askYes(out, `${out.name}: remove ${count}${recursive ? ' recursively' : ''}? `))) return 0;
    }
    const rules: RemoveRules = {
      ask:
        asks === 'i' || when === 'always'
          ? 'always'
          : force || when === 'never' || once
            ? 'never'
            : 'protected',
      force,
      recursive,
      emptyDirectories: parsed.has('dir'),
      verbose: parsed.has('verbose'),
      oneFileSystem: parsed.has('one-file-system'),
    };
    const root = parsed.has('no-preserve-root') ? undefined : process.tryLstat('/');
    for (const name of operands) {
      const quoted = quoteAlways(process, name);
      if (recursive && /^\.{1,2}$/.test(basename(name))) {
        await out.warn(`refusing to remove '.' or '..' directory: skipping ${quoted}`);
        continue;
      }
      const stat = recursive && root ? process.tryLstat(name) : undefined;
      if (stat && root && stat.ino === root.ino && stat.dev === root.dev) {
        const same = name === '/' ? '' : " (same as '/')";
        await out.warn(`it is dangerous to operate recursively on ${quoted}${same}`);
        await out.warn('use --no-preserve-root to override this failsafe');
        continue;
      }
      await removeTree(out, name, rules);
    }
    return out.end();
  },
};
