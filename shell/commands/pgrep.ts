// pgrep, pkill: find processes by name, and signal them (procps).

import { type Signal, signals } from '../fs/signal.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { basename } from './path-name.ts';
import { SELECTING, selects } from './pgrep-selection.ts';
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
  uid: { short: 'U', argument: 'required' },
  group: { short: 'G', argument: 'required' },
  pgroup: { short: 'g', argument: 'required' },
  session: { short: 's', argument: 'required' },
  terminal: { short: 't', argument: 'required' },
  pidfile: { short: 'F', argument: 'required' },
  runstates: { short: 'r', argument: 'required' },
  older: { short: 'O', argument: 'required' },
  lightweight: { short: 'w' },
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
 -F, --pidfile <file>      only the one whose number is in the file
 -g, --pgroup <pgid>       only of these process groups
 -G, --group <group>       only of these groups
 -O, --older <seconds>     only older ones
 -P, --parent <pid>        only children of these
 -r, --runstates <states>  only in these states: R, S, T
 -s, --session <sid>       only of these sessions
 -t, --terminal <tty>      only of these terminals
 -u, --euid <user>         only of these users; -U as well
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
      const narrowed = parsed.list.filter(({ name: option }) => isSelecting(option));
      if (pattern === undefined && narrowed.length === 0) return usage('no matching criteria specified');
      const all = seenProcesses(process);
      const tests = narrowed.map(({ name: option, value = '' }) => selects(out, option, value, all));
      const wrong = tests.find((test) => typeof test === 'string');
      if (wrong !== undefined) {
        await out.warn(wrong);
        return 2;
      }
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
        await out.warn(`regex error: ${error.message}`);
        return 2;
      }
      if (!parsed.has('full')) await warnOfLength(out, name, pattern ?? '');
      // What is inverted is all of it.
      const holds = (seen: SeenProcess): boolean =>
        tests.every((test) => typeof test !== 'string' && test(seen)) &&
        matches(parsed.has('full') ? seen.process.argv.join(' ') : programName(seen));
      let found = all
        .filter((seen) => seen.process !== process)
        .filter((seen) => holds(seen) !== parsed.has('inverse'))
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

/** A name in /proc is never as long. */
const warnOfLength = async (out: Output, name: string, pattern: string): Promise<void> => {
  if (pattern.length <= NAME_LENGTH || !/^[\w-]*$/.test(pattern)) return;
  await out.warn(
    `pattern that searches for process name longer than ${NAME_LENGTH} characters will result in zero matches`,
  );
  await out.errorText(`Try \`${name} -f' option to match against the complete command line.\n`);
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

/** How long a process's name can be in /proc. */
const NAME_LENGTH = 15;

const isSelecting = (option: string): boolean => (SELECTING as readonly string[]).includes(option);

const names = Object.keys(signals) as Signal[];

const signalOf = (text: string): Signal | undefined => {
  if (/^\d+$/.test(text)) return names.find((name) => signals[name] === Number(text));
  return names.find((name) => name === text.toUpperCase() || name === `SIG${text.toUpperCase()}`);
};

export const pgrep = finder('pgrep');
export const pkill = finder('pkill');
