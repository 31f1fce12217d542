// killall and pidof: processes by the names of their programs (psmisc, sysvinit).

import { type Signal, signals } from '../fs/signal.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { signalList } from './kill.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { basename } from './path-name.ts';
import { type SeenProcess, seenProcesses } from './processes.ts';

/** The program's name: argv[0] without directories and a login shell's hyphen. */
const nameOf = ({ process }: SeenProcess): string => basename((process.argv[0] ?? '').replace(/^-/, ''));

/** A script goes by its own name too. */
const isCalled = (seen: SeenProcess, name: string): boolean =>
  nameOf(seen) === basename(name) || basename(seen.process.argv[1] ?? '') === basename(name);

const names = Object.keys(signals) as Signal[];

const signalNamed = (word: string): Signal | undefined =>
  names.find((name) => name === word || name === `SIG${word}` || signals[name] === Number(word));

const options = {
  exact: { short: 'e' },
  'ignore-case': { short: 'I' },
  interactive: { short: 'i' },
  list: { short: 'l' },
  quiet: { short: 'q' },
  regexp: { short: 'r' },
  signal: { short: 's', argument: 'required' },
  user: { short: 'u', argument: 'required' },
  verbose: { short: 'v' },
  wait: { short: 'w' },
} as const;

export const killall: Command = {
  name: 'killall',
  usageShowsHelp: true,
  help: `Usage: killall [OPTION]... [--] NAME...
       killall -l, --list
       killall -V, --version
Send a signal to the processes that run a program of that name.

  -e,--exact          accepted
  -I,--ignore-case    capitals are the same as small letters
  -l,--list           list the names of signals
  -q,--quiet          do not complain
  -s,--signal SIGNAL  the signal, not SIGTERM
  -v,--verbose        tell what is signalled
  -w,--wait           wait until they have ended
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const at = argv.findIndex(
      (word) => /^-[A-Z0-9]+$/.test(word) && signalNamed(word.slice(1)) !== undefined,
    );
    const words = at < 0 ? argv : argv.filter((_word, index) => index !== at);
    const parsed = await parseOptions(out, killall, words, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.has('list')) {
      out.text(signalList());
      return out.end();
    }
    const word = at < 0 ? (parsed.value('signal') ?? 'TERM') : (argv[at] ?? '').slice(1);
    const signal = signalNamed(word);
    if (signal === undefined) {
      await out.errorText(`${word}: unknown signal; killall -l lists signals.\n`);
      return 1;
    }
    if (parsed.operands.length === 0) {
      await out.errorText(killall.help);
      return 1;
    }
    const fold = (text: string): string => (parsed.has('ignore-case') ? text.toLowerCase() : text);
    for (const name of parsed.operands) {
      const found = seenProcesses(process).filter(
        (seen) =>
          seen.process !== process && isCalled({ ...seen }, fold(name)) && seen.process.image !== undefined,
      );
      if (found.length === 0) {
        out.status = 1;
        const sign = flavorOf(process) === 'gnu' ? '' : `${out.name}: `;
        if (!parsed.has('quiet'))
          await out.errorText(`${sign}${name}: no process ${sign === '' ? 'found' : 'killed'}\n`);
      }
      for (const seen of found) await send(out, seen, signal, parsed.has('verbose'));
    }
    return out.end();
  },
};

const send = async (out: Output, seen: SeenProcess, signal: Signal, tells: boolean): Promise<void> => {
  const { error } = attempt(() => out.process.kill(seen.pid, signal));
  if (error) {
    out.status = 1;
    await out.errorText(`${nameOf(seen)}(${seen.pid}): ${error.message}\n`);
  } else if (tells)
    await out.errorText(`Killed ${nameOf(seen)}(${seen.pid}) with signal ${signals[signal]}\n`);
};

export const pidof: Command = {
  name: 'pidof',
  help: `Usage: pidof [options] [program-name]...
Print the numbers of the processes that run the programs.

  -s       only one of them
  -q       print nothing
  -x       scripts too
  -o PID   not this one
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const table = { s: {}, q: {}, x: {}, c: {}, n: {}, o: { argument: 'required' } } as const;
    const parsed = await parseOptions(out, pidof, argv, table);
    if ('exit' in parsed) return parsed.exit;
    const omitted = parsed
      .values('o')
      .flatMap((word) => word.split(/[ ,]/))
      .map(Number);
    const found = seenProcesses(process)
      .filter((seen) => seen.process !== process && !omitted.includes(seen.pid))
      .filter((seen) => parsed.operands.some((name) => nameOf(seen) === basename(name)))
      .map(({ pid }) => pid)
      .sort((a, b) => b - a);
    if (found.length > 0 && !parsed.has('q'))
      out.line((parsed.has('s') ? found.slice(0, 1) : found).join(' '));
    await out.flush();
    return found.length > 0 ? 0 : 1;
  },
};
