// su: a shell as another user. Passwords are not simulated: only root may.

import { shellStatus } from '../fs/signal.ts';
import { Accounts, type User } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { DEFAULT_PATH } from './find-program.ts';
import { readAnswer } from './input.ts';
import { users } from './operand-words.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

const options = {
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
    const parsed = await parseOptions(out, su, words, options);
    if ('exit' in parsed) return parsed.exit;
    const [name = 'root', ...rest] = parsed.operands;
    const accounts = new Accounts(process);
    const user = accounts.user(name);
    if (!user) {
      await out.warn(
        `user ${name} does not exist or the user entry does not contain all the required fields`,
      );
      return 1;
    }
    if (process.cred.uid !== 0) {
      await out.errorText('Password: ');
      await readAnswer(process);
      await out.errorText('\nsu: Authentication failure\n');
      return 1;
    }
    const login = parsed.has('login');
    const shell = parsed.value('shell') ?? user.shell;
    const command = parsed.value('command');
    const name0 = (login ? '-' : '') + (shell.split('/').at(-1) ?? 'sh');
    const shellArgv = [name0, ...(command === undefined ? [] : ['-c', command]), ...rest];
    const env = environmentOf(process.env, user, login, parsed.has('preserve-environment'), shell);
    const cred = { uid: user.uid, gid: user.gid, groups: accounts.groupsOf(user) };
    const cwd = login && process.tryStat(user.home)?.kind === 'directory' ? { cwd: user.home } : {};
    const started = attempt(() => process.spawn(shell, shellArgv, { env, cred, ...cwd }));
    if (started.error) {
      await out.complain(`failed to execute ${shell}`, started.error);
      return started.error.code === 'ENOENT' ? 127 : 126;
    }
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTSTP'] as const) process.onSignal(signal, 'ignore');
    return shellStatus(await started.value.exited);
  },
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
