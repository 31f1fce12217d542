// env: run a program in a changed environment, or show the environment.

import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { execProgram } from './find-program.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteAlways, quoteLocale } from './quoting.ts';

const options = {
  'ignore-environment': { short: 'i' },
  null: { short: '0' },
  unset: { short: 'u', argument: 'required' },
  chdir: { short: 'C', argument: 'required' },
  'split-string': { short: 'S', argument: 'required' },
  debug: { short: 'v' },
} as const;

const FAILED = 125;

export const env: Command = {
  name: 'env',
  usageStatus: FAILED,
  help: `Usage: env [OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]
Set each NAME to VALUE and run COMMAND; without one, print the environment.

  -i, --ignore-environment  begin with an empty environment; a - alone does too
  -0, --null           a NUL after each line, no newline
  -u, --unset=NAME     take NAME out of the environment
  -C, --chdir=DIR      change to DIR first
  -S, --split-string=S  split S into several arguments
  -v, --debug          accepted
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, env, splitStrings(argv), options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const operands = [...parsed.operands];
    if (parsed.has('ignore-environment') || operands[0] === '-') process.env.clear();
    if (operands[0] === '-') operands.shift();
    for (const name of parsed.values('unset')) {
      if (name === '' || name.includes('=')) {
        await out.warn(`cannot unset ${quoteAlways(process, name)}: Invalid argument`);
        return FAILED;
      }
      process.env.delete(name);
    }
    for (let equals = operands[0]?.indexOf('=') ?? -1; equals > 0; equals = operands[0]?.indexOf('=') ?? -1) {
      const word = operands.shift() as string;
      process.env.set(word.slice(0, equals), word.slice(equals + 1));
    }
    const directory = parsed.value('chdir');
    if (directory !== undefined) {
      const { error } = attempt(() => process.chdir(directory));
      if (error) {
        await out.complain(`cannot change directory to ${quoteAlways(process, directory)}`, error);
        return FAILED;
      }
    }
    if (operands.length === 0) return printAll(process, out, parsed.has('null') ? '\0' : '\n');
    const status = await execProgram(process, operands);
    if (typeof status === 'number') return status;
    // execve has given this process its new arguments only when it succeeded: the name is still env's.
    await out.complain(quoteLocale(process, operands[0] as string), status);
    return status.code === 'ENOENT' ? 127 : 126;
  },
};

/** `env -S 'a b'` in a script's first line comes as one word. */
const splitStrings = (argv: readonly string[]): string[] =>
  argv.flatMap((word, at) => {
    if (at !== 1 || !/^-v?S./.test(word)) return [word];
    return word.replace(/^-v?S\s*/, '').split(/\s+/);
  });

const printAll = async (process: Process, out: Output, end: string): Promise<number> => {
  for (const [name, value] of process.env) out.text(`${name}=${value}${end}`);
  return out.end();
};
