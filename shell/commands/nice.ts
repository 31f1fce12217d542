// nice: run a program at another niceness. It is kept and told; all processes are scheduled alike.

import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { execProgram } from './find-program.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { usageError } from './usage-error.ts';

const USAGE = 125;
/** Beyond that nothing changes: from -20 to 19 is a way of 39. */
const FARTHEST = 39;
const USUAL = 10;

const options = { adjustment: { short: 'n', argument: 'required' } } as const;

export const nice: Command = {
  name: 'nice',
  usageStatus: USAGE,
  help: `Usage: nice [OPTION] [COMMAND [ARG]...]
Run COMMAND with another niceness, or print the current one: from -20, which is
most favoured, to 19. All processes are scheduled alike here, whatever theirs is.

  -n, --adjustment=N   add N to the niceness, not 10
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const { words, old } = withoutOldForm(argv);
    const parsed = await parseOptions(out, nice, words, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const given = parsed.value('adjustment') ?? old;
    if (given !== undefined && !/^\s*[-+]?\d+$/.test(given)) {
      await out.warn(`invalid adjustment ${quoteLocale(process, given)}`);
      return USAGE;
    }
    if (parsed.operands.length === 0) {
      if (given !== undefined) return usageError(out, nice, 'a command must be given with an adjustment');
      out.line(String(process.nice));
      return out.end();
    }
    const step = Math.max(-FARTHEST, Math.min(FARTHEST, Number(given ?? USUAL)));
    const { error } = attempt(() => process.setPriority(0, process.nice + step));
    if (error) await out.complain('cannot set niceness', error);
    const status = await execProgram(process, parsed.operands);
    if (typeof status === 'number') return status;
    await out.complain(quoteLocale(process, parsed.operands[0] as string), status);
    return status.code === 'ENOENT' ? 127 : 126;
  },
};

/** `-5`, `--5` and `-+5` are adjustments too, where an option may stand. */
const withoutOldForm = (
  argv: readonly string[],
): { readonly words: readonly string[]; readonly old: string | undefined } => {
  let old: string | undefined;
  let at = 1;
  for (; /^-[-+]?\d/.test(argv[at] ?? ''); at++) old = (argv[at] ?? '').slice(1);
  return { words: [argv[0] ?? '', ...argv.slice(at)], old };
};
