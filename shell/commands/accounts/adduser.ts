// adduser and addgroup: Debian's friendly ones over useradd and groupadd; in busybox its applets.

import { Accounts } from '../accounts.ts';
import type { Command } from '../command.ts';
import { flavorOf } from '../flavor.ts';
import { Output } from '../output.ts';
import { usageError } from '../usage-error.ts';
import { addGroupApplet, addUserApplet } from './applet-accounts.ts';
import { forRoot, HELP_END, isCalled, type Parsed, parseAccount, runBelow, told } from './debian-accounts.ts';
import { LoginDefaults } from './defaults.ts';
import { copySkeleton, makeHome } from './home.ts';
import { freeId } from './ids.ts';

const FOR_ROOT = 'Only root may add a user or group to the system.';

export const adduser: Command = {
  name: 'adduser',
  help: `Usage: adduser [--uid ID] [--gid ID] [--ingroup GROUP] [--home DIR] [--shell SHELL]
               [--no-create-home] [--disabled-password] [--gecos GECOS] USER
       adduser --system [--group] [options] USER
       adduser USER GROUP
Make an account, or put a user into a group.

  --uid, --gid       numbers to take
  --ingroup GROUP    the first group, in place of one of the user's name
  --home, --shell    in place of /home/USER and /bin/bash
  --no-create-home   make no home directory
  --disabled-password, --disabled-login, --gecos GECOS
                     do not ask; nothing is asked here
  --system           an account for the system; --group gives it a group
  -q, --quiet        say nothing${HELP_END}`,
  run: (process, argv) =>
    flavorOf(process) === 'busybox' ? addUserApplet(adduser)(process, argv) : debianAddUser(process, argv),
};

const debianAddUser: Command['run'] = async (process, argv) => {
  if (isCalled(argv, 'addgroup')) return debianAddGroup(process, argv);
  const out = new Output(process);
  const parsed = await parseAccount(out, adduser, argv);
  if ('exit' in parsed) return parsed.exit;
  const [name, group] = parsed.operands;
  if (parsed.has('group') && !parsed.has('system')) return debianAddGroup(process, argv);
  if (!(await forRoot(out, FOR_ROOT))) return 1;
  if (name === undefined) {
    await out.errorText(`${out.name}: Only one or two names allowed.\n`);
    return 1;
  }
  if (group !== undefined) return join(out, parsed, name, group);
  if (new Accounts(process).user(name)) {
    const already = parsed.has('system')
      ? `The system user \`${name}' already exists. Exiting.\n`
      : undefined;
    if (already !== undefined) out.text(already);
    else await out.errorText(`${out.name}: The user \`${name}' already exists.\n`);
    return (await out.end()) || (already === undefined ? 1 : 0);
  }
  return addAccount(out, parsed, name);
};

const addAccount = async (out: Output, parsed: Parsed, name: string): Promise<number> => {
  const { process } = out;
  const say = (text: string): Promise<void> => told(out, parsed, text);
  const accounts = new Accounts(process);
  const defaults = new LoginDefaults(process);
  const system = parsed.has('system');
  const uids = accounts.users.map(({ uid }) => uid);
  const uid = parsed.value('uid') ?? String(firstFree(uids, system) ?? freeId(uids, 'UID', system, defaults));
  const ingroup = parsed.value('ingroup') ?? (system && !parsed.has('group') ? 'nogroup' : undefined);
  await say(system ? `Adding system user \`${name}' (UID ${uid}) ...` : `Adding user \`${name}' ...`);
  const gids = accounts.groups.map((group) => group.gid);
  const own = gids.includes(Number(uid)) || system ? String(firstFree(gids, system) ?? uid) : uid;
  const gid = parsed.value('gid') ?? (ingroup === undefined ? own : String(accounts.gid(ingroup) ?? ''));
  if (ingroup === undefined) {
    await say(
      system ? `Adding new group \`${name}' (GID ${gid}) ...` : `Adding new group \`${name}' (${gid}) ...`,
    );
    const made = await runBelow(out, 'groupadd', '-g', gid, name);
    if (made !== 0) return 1;
  } else if (gid === '') {
    await out.errorText(`${out.name}: The group \`${ingroup}' does not exist.\n`);
    return 1;
  }
  const first = ingroup ?? name;
  await say(
    system
      ? `Adding new user \`${name}' (UID ${uid}) with group \`${first}' ...`
      : `Adding new user \`${name}' (${uid}) with group \`${first} (${gid})' ...`,
  );
  const home = parsed.value('home') ?? (system ? '/nonexistent' : `/home/${name}`);
  const shell = parsed.value('shell') ?? (system ? '/usr/sbin/nologin' : '/bin/bash');
  const gecos = parsed.value('gecos');
  const words = ['-d', home, '-g', first, '-s', shell, '-u', uid, ...(system ? ['-r'] : [])];
  const made = await runBelow(
    out,
    'useradd',
    ...words,
    ...(gecos ? ['-c', `${gecos},,,`.replace(/,,,,*$/, gecos.includes(',') ? '' : ',,,')] : []),
    name,
  );
  if (made !== 0) return 1;
  await furnish(out, parsed, { home, uid: Number(uid), gid: Number(gid), system });
  if (!system && accounts.group('users') && ingroup === undefined) {
    await say(`Adding new user \`${name}' to supplemental / extra groups \`users' ...`);
    await say(`Adding user \`${name}' to group \`users' ...`);
    await runBelow(out, 'usermod', '-aG', 'users', name);
  }
  if (!system && !parsed.has('disabled-password') && !parsed.has('disabled-login'))
    await out.errorText('adduser: cowsh keeps no passwords; the account has none\n');
  return out.end();
};

/** adduser takes the first free number, where useradd goes on after the highest. */
const firstFree = (used: readonly number[], system: boolean): number | undefined => {
  for (let id = system ? 100 : 1000; id < (system ? 1000 : 60_000); id++) if (!used.includes(id)) return id;
  return undefined;
};

const furnish = async (
  out: Output,
  parsed: Parsed,
  { home, uid, gid, system }: { home: string; uid: number; gid: number; system: boolean },
): Promise<void> => {
  const say = (text: string): Promise<void> => told(out, parsed, text);
  if (parsed.has('no-create-home') || home === '/nonexistent') return say(`Not creating \`${home}'.`);
  if (out.process.tryStat(home) !== undefined) {
    await say(`The home directory \`${home}' already exists.  Not copying from \`/etc/skel'.`);
    return;
  }
  await say(`Creating home directory \`${home}' ...`);
  makeHome(out.process, home, { uid, gid }, system ? 0o755 : 0o700);
  if (system) return;
  await say("Copying files from `/etc/skel' ...");
  await copySkeleton(out.process, '/etc/skel', home, { uid, gid });
};

const join = async (out: Output, parsed: Parsed, user: string, group: string): Promise<number> => {
  const accounts = new Accounts(out.process);
  const problem = !accounts.user(user)
    ? `The user \`${user}'`
    : !accounts.group(group)
      ? `The group \`${group}'`
      : '';
  if (problem !== '') {
    await out.errorText(`${out.name}: ${problem} does not exist.\n`);
    return 1;
  }
  if (accounts.group(group)?.members.includes(user)) {
    await told(out, parsed, `The user \`${user}' is already a member of \`${group}'.`);
    return 0;
  }
  await told(out, parsed, `Adding user \`${user}' to group \`${group}' ...`);
  const status = await runBelow(out, 'usermod', '-aG', group, user);
  if (status !== 0) return 1;
  await told(out, parsed, 'Done.');
  return 0;
};

export const addgroup: Command = {
  name: 'addgroup',
  help: `Usage: addgroup [--gid ID] [--system] GROUP
       addgroup USER GROUP
Make a group, or put a user into one.

  --gid ID           the number to take
  --system           a group for the system, with a low number
  -q, --quiet        say nothing${HELP_END}`,
  run: (process, argv) =>
    flavorOf(process) === 'busybox' ? addGroupApplet(addgroup)(process, argv) : debianAddGroup(process, argv),
};

const debianAddGroup: Command['run'] = async (process, argv) => {
  const out = new Output(process);
  const parsed = await parseAccount(out, addgroup, argv);
  if ('exit' in parsed) return parsed.exit;
  const [name, group] = parsed.operands;
  if (name === undefined) return usageError(out, addgroup, 'missing operand');
  if (!(await forRoot(out, FOR_ROOT))) return 1;
  if (group !== undefined) return join(out, parsed, name, group);
  const accounts = new Accounts(process);
  const system = parsed.has('system');
  if (accounts.group(name)) {
    if (system) out.line(`The group \`${name}' already exists as a system group. Exiting.`);
    else await out.errorText(`${out.name}: The group \`${name}' already exists.\n`);
    return (await out.end()) || (system ? 0 : 1);
  }
  const used = accounts.groups.map(({ gid }) => gid);
  const gid = parsed.value('gid') ?? String(firstFree(used, system) ?? '');
  await told(out, parsed, `Adding group \`${name}' (GID ${gid}) ...`);
  if ((await runBelow(out, 'groupadd', '-g', gid, name)) !== 0) return 1;
  await told(out, parsed, 'Done.');
  return 0;
};
