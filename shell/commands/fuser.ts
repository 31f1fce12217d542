// fuser: who uses a file, a directory or a mount (psmisc).

import { signals } from '../fs/signal.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { type Use, usesOf } from './open-files.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { programName, seenProcesses } from './processes.ts';

const options = {
  all: { short: 'a' },
  kill: { short: 'k' },
  interactive: { short: 'i' },
  mount: { short: 'mMc' },
  silent: { short: 's' },
  signal: { short: 'S', argument: 'required' },
  user: { short: 'u' },
  verbose: { short: 'v' },
} as const;

/** The letters of ways to use a file, in the order of -v's column. */
const LETTERS = { file: 'f', writing: 'F', cwd: 'c', text: 'e', root: 'r' } as const;

interface User {
  readonly pid: number;
  readonly letters: Set<string>;
  readonly use: Use;
}

export const fuser: Command = {
  name: 'fuser',
  help: `Usage: fuser [-akmsuv] [-SIGNAL] NAME...
Tell which processes use the files, directories or mounts NAME.

  -a,--all      names that nobody uses too
  -k,--kill     kill the processes, with SIGKILL or -SIGNAL
  -m,--mount    all that uses the filesystem that NAME is on
  -s,--silent   print nothing
  -u,--user     the users behind the processes
  -v,--verbose  in a table
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const names = Object.keys(signals);
    const at = argv.findIndex((word) => /^-[A-Z0-9]+$/.test(word) && names.includes(`SIG${word.slice(1)}`));
    const words = at < 0 ? argv : argv.filter((_word, index) => index !== at);
    const parsed = await parseOptions(out, fuser, words, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) {
      await out.errorText('No process specification given\n');
      return 1;
    }
    let anybody = false;
    const accounts = new Accounts(process);
    const signal = at < 0 ? 'SIGKILL' : (`SIG${(argv[at] ?? '').slice(1)}` as keyof typeof signals);
    if (parsed.has('verbose')) await out.errorText('                     USER        PID ACCESS COMMAND\n');
    for (const name of parsed.operands) {
      const { value: stat, error } = attempt(() => process.stat(name));
      if (error) {
        await out.errorText(`Specified filename ${name} does not exist.\n`);
        continue;
      }
      const whole = parsed.has('mount');
      const users = usersOf(
        out,
        (use) => use.spot !== undefined && use.stat.dev === stat.dev && (whole || use.stat.ino === stat.ino),
      );
      anybody ||= users.length > 0;
      if (parsed.has('silent') || (users.length === 0 && !parsed.has('all') && !parsed.has('verbose')))
        continue;
      if (parsed.has('verbose')) await verbose(out, name, users, accounts);
      else await brief(out, name, users, parsed.has('user') ? accounts : undefined);
      if (parsed.has('kill')) for (const { pid } of users) attempt(() => process.kill(pid, signal));
    }
    await out.flush();
    return anybody ? 0 : 1;
  },
};

const letterOf = ({ fd, file }: Use): string => {
  if (fd === 'cwd') return LETTERS.cwd;
  if (fd === 'rtd') return LETTERS.root;
  if (fd === 'txt') return LETTERS.text;
  return file !== undefined && /[wu]$/.test(fd) ? LETTERS.writing : LETTERS.file;
};

const usersOf = ({ process }: Output, test: (use: Use) => boolean): User[] => {
  const users = new Map<number, User>();
  for (const seen of seenProcesses(process)) {
    if (seen.process === process) continue;
    for (const use of usesOf(seen)) {
      if (!test(use)) continue;
      const user = users.get(seen.pid) ?? { pid: seen.pid, letters: new Set(), use };
      users.set(seen.pid, user);
      user.letters.add(letterOf(use));
    }
  }
  return [...users.values()];
};

/** The name and the letters go to standard error, the bare numbers to standard output. */
const brief = async (
  out: Output,
  name: string,
  users: readonly User[],
  accounts: Accounts | undefined,
): Promise<void> => {
  await out.errorText(`${`${name}:`.padEnd(21)}`);
  for (const { pid, letters, use } of users) {
    out.text(String(pid).padStart(6));
    const shown = ['c', 'e', 'r'].filter((letter) => letters.has(letter)).join('');
    const who = accounts === undefined ? '' : `(${accounts.userName(use.seen.process.cred.uid)})`;
    if (shown + who !== '') await out.errorText(shown + who);
  }
  await out.flush();
  await out.errorText('\n');
};

const verbose = async (
  out: Output,
  name: string,
  users: readonly User[],
  accounts: Accounts,
): Promise<void> => {
  let lead = `${name}:`.padEnd(21);
  if (users.length === 0) await out.errorText(`${lead}\n`);
  for (const { pid, letters, use } of users) {
    const { process } = use.seen;
    const access = ['fF', 'r', 'c', 'e', 'm']
      .map((group) => [...group].find((letter) => letters.has(letter)) ?? '.')
      .join('');
    await out.errorText(`${lead}${accounts.userName(process.cred.uid).padEnd(8)} `);
    out.text(String(pid).padStart(6));
    await out.flush();
    await out.errorText(` ${access} ${programName(use.seen)}\n`);
    lead = ' '.repeat(21);
  }
};
