// pgrep, pkill: find processes by name, and signal them (procps).

import { type Signal, signals } from '../fs/signal.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { basename } from './path-name.ts';
import { compileRegex, RegexError } from './posix-regex.ts';
import { programName, type SeenProcess, seenProcesses } from './processes.ts';

const options = {
  'list-name': { short: 'l' },
  'list-full': { short: 'a' },
  count: { short: 'c' },
  delimiter: { short: 'd', argument: 'required' },
  exact: { short: 'x' },
  full: { short: 'f' },
  'ignore-case': { short: 'i' },
  inverse: { short: 'v' },
  newest: { short: 'n' },
  oldest: { short: 'o' },
  parent: { short: 'P', argument: 'required' },
  euid: { short: 'u', argument: 'required' },
  echo: { short: 'e' },
  signal: { argument: 'required' },
} as const;

const helpOf = (name: 'pgrep' | 'pkill'): string => `
Usage:
 ${name} [options] <pattern>

${name === 'pgrep' ? 'Print the numbers of processes whose names match.' : 'Send a signal to processes whose names match.'}

Options:
${name === 'pgrep' ? ' -d, --delimiter <string>  what stands between numbers\n -l, --list-name           names too\n -a, --list-full           whole command lines too' : ' -<sig>, --signal <sig>    the signal, not TERM\n -e, --echo                tell what is killed'}
 -c, --count               the number of processes
 -f, --full                match the whole command line
 -i, --ignore-case         capitals are the same as small letters
 -n, --newest              only the newest one
 -o, --oldest              only the oldest one
 -P, --parent <pid>        only children of these
 -u, --euid <user>         only of these users
 -v, --inverse             those that do not match
 -x, --exact               the whole name must match
`;

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one pass over the options, with the choice between the two programs.
const finder = (name: 'pgrep' | 'pkill'): Command => {
  const command: Command = {
    name,
    usageStatus: 2,
    usageHint: `Try \`${name} --help' for more information.`,
    help: helpOf(name),
    run: async (process, argv) => {
      // procps makes the one a link to the other.
      if (name === 'pgrep' && basename(argv[0] ?? '') === 'pkill') return pkill.run(process, argv);
      const out = new Output(process);
      const given = argv.findIndex(
        (word, at) => at > 0 && signalOf(word.replace(/^-/, '')) !== undefined && word.startsWith('-'),
      );
      const sends = name === 'pkill' && given > 0;
      const words = sends ? argv.filter((_word, at) => at !== given) : argv;
      const parsed = await parseOptions(out, command, words, options);
      if ('exit' in parsed) return parsed.exit;
      const [pattern, extra] = parsed.operands;
      const usage = async (problem: string): Promise<number> => {
        await out.warn(problem);
        await out.errorText(`Try \`${name} --help' for more information.\n`);
        return 2;
      };
      if (extra !== undefined) return usage('only one pattern can be provided');
      if (pattern === undefined && !parsed.has('parent') && !parsed.has('euid'))
        return usage('no matching criteria specified');
      const signal = sends
        ? signalOf((argv[given] ?? '').slice(1))
        : signalOf(parsed.value('signal') ?? 'TERM');
      let matches: (text: string) => boolean;
      try {
        const regex = compileRegex(parsed.has('exact') ? `^(${pattern ?? '.*'})$` : (pattern ?? ''), {
          extended: true,
          ignoreCase: parsed.has('ignore-case'),
        });
        matches = (text) => regex.test(text);
      } catch (error) {
        if (!(error instanceof RegexError)) throw error;
        await out.warn(error.message);
        return 2;
      }
      const accounts = new Accounts(process);
      const parents = parsed.value('parent')?.split(',').map(Number);
      const users = parsed
        .value('euid')
        ?.split(',')
        .map((user) => accounts.uid(user));
      let found = seenProcesses(process)
        .filter((seen) => seen.process !== process)
        .filter((seen) => parents === undefined || parents.includes(seen.ppid))
        .filter((seen) => users === undefined || users.includes(seen.process.cred.uid))
        .filter(
          (seen) =>
            matches(parsed.has('full') ? seen.process.argv.join(' ') : programName(seen)) !==
            parsed.has('inverse'),
        )
        .sort((a, b) => a.pid - b.pid);
      if (parsed.has('newest')) found = found.slice(-1);
      if (parsed.has('oldest')) found = found.slice(0, 1);
      if (parsed.has('count')) out.line(String(found.length));
      if (name === 'pkill') await send(out, found, signal, parsed.has('echo'));
      else if (!parsed.has('count')) {
        const shown = found.map((seen) =>
          parsed.has('list-full')
            ? `${seen.pid} ${seen.process.argv.join(' ')}`
            : parsed.has('list-name')
              ? `${seen.pid} ${programName(seen)}`
              : String(seen.pid),
        );
        if (shown.length > 0) out.line(shown.join(parsed.value('delimiter') ?? '\n'));
      }
      await out.flush();
      return out.status || (found.length > 0 ? 0 : 1);
    },
  };
  return command;
};

const send = async (
  out: Output,
  found: readonly SeenProcess[],
  signal: Signal | undefined,
  echo: boolean,
): Promise<void> => {
  for (const seen of found) {
    const { error } = attempt(() => out.process.kill(seen.pid, signal ?? 'SIGTERM'));
    if (error !== undefined) await out.complain(`killing pid ${seen.pid} failed`, error);
    else if (echo) out.line(`${programName(seen)} killed (pid ${seen.pid})`);
  }
};

const names = Object.keys(signals) as Signal[];

const signalOf = (text: string): Signal | undefined => {
  if (/^\d+$/.test(text)) return names.find((name) => signals[name] === Number(text));
  return names.find((name) => name === text.toUpperCase() || name === `SIG${text.toUpperCase()}`);
};

export const pgrep = finder('pgrep');
export const pkill = finder('pkill');
