// su: a shell as another user. Passwords are not simulated: only root may.

import type { Child } from '../fs/child.ts';
import type { Identity } from '../fs/credentials.ts';
import type { FsError } from '../fs/errno.ts';
import type { Process } from '../fs/process.ts';
import { shellStatus } from '../fs/signal.ts';
import { Accounts, type User } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { DEFAULT_PATH } from './find-program.ts';
import { flavorOf } from './flavor.ts';
import { readAnswer } from './input.ts';
import { users } from './operand-words.ts';
import { type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';

export const suOptions = {
  command: { short: 'c', argument: 'required' },
  login: { short: 'l' },
  'preserve-environment': { short: 'mp' },
  shell: { short: 's', argument: 'required' },
} as const;

export const su: Command = {
  name: 'su',
  help: `Usage: su [OPTION]... [-] [USER [ARG]...]
Become USER (default: root) in a shell of theirs. Root is not asked; all others
would need a password, and there are none here: use sudo.

  -, -l, --login               as if they had logged in
  -c, --command=COMMAND        run COMMAND alone
  -m, -p, --preserve-environment  keep the environment
  -s, --shell=SHELL            run SHELL
      --help        display this help and exit
      --version     output version information and exit
`,
  words: users,
  run: async (process, argv) => {
    const out = new Output(process);
    const words = argv.map((word, at) => (word === '-' && at > 0 ? '-l' : word));
    const parsed = await parseOptions(out, su, words, suOptions);
    if ('exit' in parsed) return parsed.exit;
    const [name = 'root', ...rest] = parsed.operands;
    const target = await targetOf(out, name);
    if (target === undefined) return 1;
    if (process.cred.uid !== 0) {
      await out.errorText('Password: ');
      await readAnswer(process);
      await out.errorText('\nsu: Authentication failure\n');
      return 1;
    }
    return runShell(out, target, parsed, rest);
  },
};

/** Whom to become. */
export interface Target {
  readonly user: User;
  readonly cred: Identity;
}

/** The user of that name; undefined once it is said that there is none. */
export const targetOf = async (out: Output, name: string): Promise<Target | undefined> => {
  const accounts = new Accounts(out.process);
  const user = accounts.user(name);
  if (user !== undefined)
    return { user, cred: { uid: user.uid, gid: user.gid, groups: accounts.groupsOf(user) } };
  await out.warn(`user ${name} does not exist or the user entry does not contain all the required fields`);
  return undefined;
};

/** Runs the user's shell, or the command in it, and gives its status. */
export const runShell = async (
  out: Output,
  { user, cred }: Target,
  parsed: Pick<Options<keyof typeof suOptions>, 'has' | 'value'>,
  rest: readonly string[],
): Promise<number> => {
  const { process } = out;
  const login = parsed.has('login');
  const shell = parsed.value('shell') ?? user.shell;
  const command = parsed.value('command');
  const name0 = (login ? '-' : '') + (shell.split('/').at(-1) ?? 'sh');
  const shellArgv = [name0, ...(command === undefined ? [] : ['-c', command]), ...rest];
  const env = environmentOf(process.env, user, login, parsed.has('preserve-environment'), shell);
  const cwd = login && process.tryStat(user.home)?.kind === 'directory' ? { cwd: user.home } : {};
  if (flavorOf(process) === 'busybox') return becomeShell(out, cred, [shell, shellArgv, env], cwd.cwd);
  const started = attempt(() => process.spawn(shell, shellArgv, { env, cred, ...cwd }));
  return started.error ? notStarted(out, shell, started.error) : whileItRuns(process, started.value);
};

/** The applet does not wait for the shell: it becomes it. */
const becomeShell = (
  out: Output,
  { uid, gid, groups }: Identity,
  program: Parameters<Process['exec']>,
  cwd: string | undefined,
): Promise<number> => {
  const { process } = out;
  const { value: status, error } = attempt(() => {
    process.setgroups(groups);
    process.setgid(gid);
    process.setuid(uid);
    if (cwd !== undefined) process.chdir(cwd);
    return process.exec(...program);
  });
  return error ? notStarted(out, program[0], error) : status;
};

/** The calls that make somebody else of a process, and what su says where they fail. */
const IDENTITY_PROBLEMS: Readonly<Record<string, string>> = {
  setgroups: 'cannot set groups',
  setgid: 'cannot set group id',
  setuid: 'cannot set user id',
};

/** Says why there is no shell, or no other program, and gives the exit status. */
export const notStarted = async (out: Output, program: string, error: FsError): Promise<number> => {
  const identity = IDENTITY_PROBLEMS[error.call];
  await out.complain(identity ?? `failed to execute ${program}`, error);
  if (identity !== undefined) return 1;
  return error.code === 'ENOENT' ? 127 : 126;
};

/** The status of a program that has the terminal: keys that end it leave its parent alone. */
export const whileItRuns = async (process: Process, child: Child): Promise<number> => {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTSTP'] as const) process.onSignal(signal, 'ignore');
  return shellStatus(await child.exited);
};

const environmentOf = (
  own: ReadonlyMap<string, string>,
  user: User,
  login: boolean,
  keep: boolean,
  shell: string,
): Map<string, string> => {
  if (keep && !login) return new Map(own);
  const term = own.get('TERM');
  const env = login ? new Map(term === undefined ? [] : [['TERM', term]]) : new Map(own);
  env.set('HOME', user.home).set('SHELL', shell);
  if (login || user.uid !== 0) env.set('USER', user.name).set('LOGNAME', user.name);
  if (login)
    env.set(
      'PATH',
      user.uid === 0 ? DEFAULT_PATH : '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games',
    );
  return env;
};
