// deluser and delgroup: Debian's friendly ones over userdel and groupdel; in busybox its applets.

import { Accounts } from '../accounts.ts';
import type { Command } from '../command.ts';
import { flavorOf } from '../flavor.ts';
import { Output } from '../output.ts';
import { usageError } from '../usage-error.ts';
import { deleteApplet } from './applet-accounts.ts';
import { forRoot, HELP_END, isCalled, type Parsed, parseAccount, runBelow, told } from './debian-accounts.ts';

export const deluser: Command = {
  name: 'deluser',
  help: `Usage: deluser [--remove-home] USER
       deluser USER GROUP
Remove an account, or take a user out of a group.

  --remove-home      remove the home directory too
  -q, --quiet        say nothing${HELP_END}`,
  run: (process, argv) =>
    flavorOf(process) === 'busybox'
      ? deleteApplet(deluser, 'user')(process, argv)
      : debianDelete(deluser, isCalled(argv, 'delgroup') ? 'group' : 'user', process, argv),
};

export const delgroup: Command = {
  name: 'delgroup',
  help: `Usage: delgroup GROUP
       delgroup USER GROUP
Remove a group, or take a user out of one.

  -q, --quiet        say nothing${HELP_END}`,
  run: (process, argv) =>
    flavorOf(process) === 'busybox'
      ? deleteApplet(delgroup, 'group')(process, argv)
      : debianDelete(delgroup, 'group', process, argv),
};

const NO_SUCH_NAME = { user: 2, group: 3 } as const;

const debianDelete = async (
  command: Command,
  kind: 'user' | 'group',
  ...[process, argv]: Parameters<Command['run']>
): Promise<number> => {
  const out = new Output(process);
  const parsed = await parseAccount(out, command, argv);
  if ('exit' in parsed) return parsed.exit;
  const [name, group] = parsed.operands;
  if (name === undefined) return usageError(out, command, 'missing operand');
  if (!(await forRoot(out, 'Only root may remove a user or group from the system.'))) return 1;
  const accounts = new Accounts(process);
  if (group !== undefined) return leave(out, parsed, name, group);
  const known = kind === 'user' ? accounts.user(name) : accounts.group(name);
  if (!known) {
    await out.errorText(`${out.name}: The ${kind} \`${name}' does not exist.\n`);
    return NO_SUCH_NAME[kind];
  }
  await told(out, parsed, `Removing ${kind} \`${name}' ...`);
  const words = kind === 'user' ? ['userdel', ...(parsed.has('remove-home') ? ['-r'] : [])] : ['groupdel'];
  if ((await runBelow(out, ...words, name)) !== 0) return 1;
  await told(out, parsed, 'Done.');
  return 0;
};

const leave = async (out: Output, parsed: Parsed, user: string, group: string): Promise<number> => {
  const members = new Accounts(out.process).group(group)?.members ?? [];
  if (!members.includes(user)) {
    await out.errorText(`${out.name}: The user \`${user}' is not a member of group \`${group}'.\n`);
    return 6;
  }
  await told(out, parsed, `Removing user \`${user}' from group \`${group}' ...`);
  if ((await runBelow(out, 'usermod', '-rG', group, user)) !== 0) return 1;
  await told(out, parsed, 'Done.');
  return 0;
};
