// runuser: a program or a shell as another user, for root alone (util-linux).

import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { DEFAULT_PATH, findProgram } from './find-program.ts';
import { users } from './operand-words.ts';
import { parseOptions, printHelp } from './options.ts';
import { Output } from './output.ts';
import { notStarted, runShell, suOptions, type Target, targetOf, whileItRuns } from './su.ts';

const options = {
  ...suOptions,
  user: { short: 'u', argument: 'required' },
  group: { short: 'g', argument: 'required' },
  'supp-group': { short: 'G', argument: 'required' },
  fast: { short: 'f' },
  pty: { short: 'P' },
  'session-command': { argument: 'required' },
  help: { short: 'h' },
} as const;

const SHELL_OPTIONS = ['shell', 'fast', 'command', 'session-command', 'login'] as const;

export const runuser: Command = {
  name: 'runuser',
  help: `
Usage:
 runuser [options] -u <user> [[--] <command>]
 runuser [options] [-] [<user> [<argument>...]]

Run a command as <user>; without -u a shell, as su does. Only root may.

Options:
 -u, --user <user>               whom to become
 -m, -p, --preserve-environment  keep the environment

 -g, --group <group>             the primary group
 -G, --supp-group <group>        a group besides

 -, -l, --login                  as if they had logged in
 -c, --command <command>         run it in the shell
 --session-command <command>     the same
 -f, --fast                      (accepted)
 -s, --shell <shell>             run this shell
 -P, --pty                       (accepted)

 -h, --help                      display this help
 -V, --version                   display version
`,
  words: users,
  run: async (process, argv) => {
    const out = new Output(process);
    const words = argv.map((word, at) => (word === '-' && at > 0 ? '-l' : word));
    const parsed = await parseOptions(out, runuser, words, options, { stopAtOperand: words.includes('-u') });
    if ('exit' in parsed) return parsed.exit;
    if (parsed.has('help')) return printHelp(out, runuser);
    const refuse = async (text: string): Promise<number> => {
      await out.warn(text);
      return 1;
    };
    if (process.cred.uid !== 0) return refuse('may not be used by non-root users');
    const named = parsed.value('user');
    const [first = 'root', ...rest] = parsed.operands;
    if (named !== undefined && SHELL_OPTIONS.some((name) => parsed.has(name)))
      return refuse('options --{shell,fast,command,session-command,login} and --user are mutually exclusive');
    if (named !== undefined && parsed.operands.length === 0) return refuse('no command was specified');
    const user = await targetOf(out, named ?? first);
    if (user === undefined) return 1;
    const groups = groupsOf(out, parsed.value('group'), parsed.values('supp-group'));
    if (typeof groups === 'string') return refuse(groups);
    const target =
      groups.length === 0 ? user : { ...user, cred: { ...user.cred, gid: groups[0] as number, groups } };
    return named === undefined
      ? runShell(out, target, parsed, rest)
      : runDirectly(out, target, parsed.operands, parsed.has('preserve-environment'));
  },
};

/** The numbers of the groups, the primary one first; or which is none. */
const groupsOf = (
  { process }: Output,
  primary: string | undefined,
  others: readonly string[],
): readonly number[] | string => {
  const accounts = new Accounts(process);
  const found: number[] = [];
  for (const name of [...(primary === undefined ? [] : [primary]), ...others]) {
    const gid = accounts.gid(name);
    if (gid === undefined) return `group ${name} does not exist`;
    found.push(gid);
  }
  return found;
};

const runDirectly = async (
  out: Output,
  { user, cred }: Target,
  argv: readonly string[],
  keep: boolean,
): Promise<number> => {
  const { process } = out;
  const [name = ''] = argv;
  const env = new Map(process.env);
  if (!keep) env.set('HOME', user.home).set('USER', user.name).set('LOGNAME', user.name);
  const path = name.includes('/') ? name : findProgram(process, name, env.get('PATH') ?? DEFAULT_PATH);
  const started = attempt(() => process.spawn(path ?? name, argv, { env, cred }));
  if (!started.error) return whileItRuns(process, started.value);
  await notStarted(out, name, started.error);
  return 1;
};
