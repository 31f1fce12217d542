// sudo: run a program as root or as another user. Nobody is asked for a password here.

import { asSetUserIdRoot } from '../fs/credential-changes.ts';
import type { Process } from '../fs/process.ts';
import { shellStatus } from '../fs/signal.ts';
import { Accounts, type User } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { findProgram } from './find-program.ts';
import { type NameOf, type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { sudoHelp } from './sudo-help.ts';

const options = {
  background: { short: 'b' },
  E: {},
  'preserve-env': { argument: 'optional' },
  group: { short: 'g', argument: 'required' },
  'set-home': { short: 'H' },
  login: { short: 'i' },
  'remove-timestamp': { short: 'K' },
  'reset-timestamp': { short: 'k' },
  list: { short: 'l' },
  'non-interactive': { short: 'n' },
  'preserve-groups': { short: 'P' },
  prompt: { short: 'p', argument: 'required' },
  stdin: { short: 'S' },
  shell: { short: 's' },
  user: { short: 'u', argument: 'required' },
  validate: { short: 'v' },
  chdir: { short: 'D', argument: 'required' },
} as const;

type SudoOptions = Options<NameOf<typeof options>>;

const SECURE_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin';
const KEPT = [
  'TERM',
  'COLORTERM',
  'LANG',
  'LANGUAGE',
  'LS_COLORS',
  'DISPLAY',
  'COLUMNS',
  'LINES',
  'SSH_AUTH_SOCK',
  'PS1',
  'PS2',
];
const BUILTINS = new Set([
  'cd',
  'export',
  'alias',
  'source',
  '.',
  'set',
  'unset',
  'umask',
  'exec',
  'eval',
  'history',
  'declare',
  'read',
  'ulimit',
  'shift',
  'trap',
  'wait',
  'jobs',
  'fg',
  'bg',
  'unalias',
  'local',
  'return',
  'break',
  'continue',
  'shopt',
]);

export const sudo: Command = {
  name: 'sudo',
  help: sudoHelp,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, sudo, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const accounts = new Accounts(process);
    const caller = accounts.userOf(process.cred.uid);
    if (!caller || !maySudo(process, accounts)) {
      await out.errorText(`${caller?.name ?? `uid ${process.cred.uid}`} is not in the sudoers file.\n`);
      return 1;
    }
    const name = parsed.value('user') ?? 'root';
    const target = name.startsWith('#') ? accounts.userOf(Number(name.slice(1))) : accounts.user(name);
    if (!target) {
      await out.errorText(
        `sudo: unknown user ${name}\nsudo: error initializing audit plugin sudoers_audit\n`,
      );
      return 1;
    }
    if (parsed.has('list')) return list(out, caller, process);
    const shell = parsed.has('login') || parsed.has('shell');
    const { assignments, command } = splitAssignments(parsed.operands);
    if (command.length === 0 && !shell) {
      if (parsed.has('validate') || parsed.has('reset-timestamp') || parsed.has('remove-timestamp')) return 0;
      await out.errorText(USAGE);
      return 1;
    }
    return runAs(out, parsed, { caller, target, accounts, command, assignments });
  },
};

const USAGE = `usage: sudo -h | -K | -k | -V
usage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]
usage: sudo -l [-ABkNnS] [-g group] [-h host] [-p prompt] [-U user] [-u user] [command [arg ...]]
usage: sudo [-ABbEHkNnPS] [-r role] [-t type] [-C num] [-D directory] [-g group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u user] [VAR=value] [-i | -s] [command [arg ...]]
usage: sudo -e [-ABkNnS] [-r role] [-t type] [-C num] [-D directory] [-g group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u user] file ...
`;

/** As Ubuntu's sudoers has it: root, and the members of the groups sudo and admin. */
const maySudo = (process: Process, accounts: Accounts): boolean => {
  const { uid, gid, groups } = process.cred;
  if (uid === 0) return true;
  return ['sudo', 'admin', 'wheel'].some((name) => {
    const group = accounts.group(name);
    return group !== undefined && (gid === group.gid || groups.includes(group.gid));
  });
};

const list = async (out: Output, caller: User, process: Process): Promise<number> => {
  const host = process.uts.hostname;
  out.text(`Matching Defaults entries for ${caller.name} on ${host}:\n`);
  out.text(`    env_reset, mail_badpass, secure_path=${SECURE_PATH.replaceAll(':', '\\:')}, use_pty\n\n`);
  out.text(`User ${caller.name} may run the following commands on ${host}:\n    (ALL : ALL) NOPASSWD: ALL\n`);
  return out.end();
};

const splitAssignments = (
  operands: readonly string[],
): { assignments: [string, string][]; command: string[] } => {
  const first = operands.findIndex((word) => !/^[A-Za-z_][A-Za-z0-9_]*=/.test(word));
  const end = first === -1 ? operands.length : first;
  const assignments = operands.slice(0, end).map((word): [string, string] => {
    const equals = word.indexOf('=');
    return [word.slice(0, equals), word.slice(equals + 1)];
  });
  return { assignments, command: operands.slice(end) };
};

interface Run {
  readonly caller: User;
  readonly target: User;
  readonly accounts: Accounts;
  readonly command: readonly string[];
  readonly assignments: readonly [string, string][];
}

const runAs = async (out: Output, parsed: SudoOptions, run: Run): Promise<number> => {
  const { process } = out;
  const { target, accounts } = run;
  const login = parsed.has('login');
  const groupName = parsed.value('group');
  const gid = groupName === undefined ? target.gid : accounts.gid(groupName);
  if (gid === undefined) {
    await out.errorText(
      `sudo: unknown group ${groupName}\nsudo: error initializing audit plugin sudoers_audit\n`,
    );
    return 1;
  }
  const argv = commandOf(process, parsed, run);
  const environment = environmentOf(process, parsed, run, argv);
  const path = findProgram(process, argv.file, environment.get('PATH') ?? SECURE_PATH);
  if (path === undefined) return notFound(out, argv.file);
  const cwd = parsed.value('chdir') ?? (login ? target.home : undefined);
  if (cwd !== undefined && process.tryStat(cwd)?.kind !== 'directory') {
    await out.errorText(`sudo: unable to change directory to ${cwd}: No such file or directory\n`);
    if (!login) return 1;
  }
  process.cred = asSetUserIdRoot(process.cred);
  const groups = parsed.has('preserve-groups') ? process.cred.groups : accounts.groupsOf(target);
  const started = attempt(() => {
    const shared = {
      env: environment,
      cred: { uid: target.uid, gid, groups },
      umask: 0o022,
      ...(cwd !== undefined && process.tryStat(cwd) ? { cwd } : {}),
    };
    try {
      return process.spawn(path, argv.words, shared);
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOEXEC') throw error;
      return process.spawn('/bin/sh', ['sh', path, ...argv.words.slice(1)], shared);
    }
  });
  if (started.error) {
    await out.errorText(`sudo: unable to execute ${path}: ${started.error.message}\n`);
    return 1;
  }
  if (parsed.has('background')) return 0;
  // Keyboard signals are for the program: sudo waits for it to end.
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTSTP'] as const) process.onSignal(signal, 'ignore');
  process.onSignal('SIGTERM', () => process.kill(started.value.pid, 'SIGTERM'));
  return shellStatus(await started.value.exited);
};

const commandOf = (
  process: Process,
  parsed: SudoOptions,
  { target, command }: Run,
): { file: string; words: readonly string[] } => {
  if (!parsed.has('login') && !parsed.has('shell')) return { file: command[0] as string, words: command };
  const shell = parsed.has('login') ? target.shell : (process.env.get('SHELL') ?? target.shell);
  const name = parsed.has('login') ? `-${shell.split('/').at(-1)}` : shell;
  const text = command
    .map((word) => word.replace(/[^A-Za-z0-9_\-$]/g, (letter) => (letter === '\n' ? "'\n'" : `\\${letter}`)))
    .join(' ');
  return { file: shell, words: command.length > 0 ? [name, '-c', text] : [name] };
};

const environmentOf = (
  process: Process,
  parsed: SudoOptions,
  run: Run,
  argv: { words: readonly string[] },
): Map<string, string> => {
  const { caller, target } = run;
  const asked = (parsed.has('preserve-env') || parsed.has('E')) && !parsed.has('login');
  const kept = asked ? keptByChoice(process, parsed.value('preserve-env')) : [];
  const environment = new Map<string, string>();
  for (const [name, value] of process.env) {
    if (KEPT.includes(name) || name.startsWith('LC_') || kept.includes(name)) environment.set(name, value);
  }
  const login = parsed.has('login');
  const set: readonly [string, string][] = [
    ['PATH', SECURE_PATH],
    ['HOME', target.home],
    ['MAIL', `/var/mail/${target.name}`],
    ['LOGNAME', target.name],
    ['USER', target.name],
    ['SHELL', login || !parsed.has('shell') ? target.shell : (process.env.get('SHELL') ?? target.shell)],
    ['SUDO_COMMAND', argv.words.join(' ')],
    ['SUDO_USER', caller.name],
    ['SUDO_UID', String(process.cred.uid)],
    ['SUDO_GID', String(process.cred.gid)],
  ];
  for (const [name, value] of [...set, ...run.assignments]) environment.set(name, value);
  return environment;
};

const keptByChoice = (process: Process, names: string | undefined): string[] =>
  names === undefined ? [...process.env.keys()] : names.split(',');

const notFound = async (out: Output, name: string): Promise<number> => {
  await out.errorText(`sudo: ${name}: command not found\n`);
  if (!BUILTINS.has(name)) return 1;
  await out.errorText(`sudo: "${name}" is a shell built-in command, it cannot be run directly.
sudo: the -s option may be used to run a privileged shell.
sudo: the -D option may be used to run a command in a specific directory.
`);
  return 1;
};
