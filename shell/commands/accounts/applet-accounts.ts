// adduser, addgroup, deluser and delgroup as busybox applets.

import { Accounts } from '../accounts.ts';
import { attempt } from '../attempt.ts';
import type { Command } from '../command.ts';
import { libcOf } from '../flavor.ts';
import { type Options, parseOptions } from '../options.ts';
import { Output } from '../output.ts';
import { usageError } from '../usage-error.ts';
import { copySkeleton, removeHomeTree } from './home.ts';
import { shadowDay } from './ids.ts';
import { updateFile, withMember, without, withoutMember } from './update-file.ts';

const FIRST_SYSTEM = 100;
const LAST_SYSTEM = 999;
const LAST = 60_000;

const userOptions = {
  home: { short: 'h', argument: 'required' },
  gecos: { short: 'g', argument: 'required' },
  shell: { short: 's', argument: 'required' },
  ingroup: { short: 'G', argument: 'required' },
  'disabled-password': { short: 'D', alias: ['empty-password'] },
  system: { short: 'S' },
  'no-create-home': { short: 'H' },
  uid: { short: 'u', argument: 'required' },
  skel: { short: 'k', argument: 'required' },
} as const;

const groupOptions = { gid: { short: 'g', argument: 'required' }, system: { short: 'S' } } as const;

type Run = Command['run'];

/** Applets of this family are root's alone. */
const rootOnly = async (out: Output): Promise<boolean> => {
  if (out.process.cred.uid === 0) return true;
  await out.warn('permission denied (are you root?)');
  return false;
};

/** Says what is wrong; the applet ends with 1. */
const die = async (out: Output, message: string): Promise<1> => {
  await out.warn(message);
  return 1;
};

/** The lowest free number, or why there is none. */
const free = (taken: (id: number) => boolean, system: boolean, letter: string): number | string => {
  const [from, to] = system ? [FIRST_SYSTEM, LAST_SYSTEM] : [LAST_SYSTEM + 1, LAST];
  for (let id = from; id <= to; id++) if (!taken(id)) return id;
  return `no ${letter}ids left`;
};

export const addUserApplet =
  (command: Command): Run =>
  async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, command, argv, userOptions);
    if ('exit' in parsed) return parsed.exit;
    const [name, group, extra] = parsed.operands;
    if (name === undefined || extra !== undefined) return usageError(out, command, '');
    if (!(await rootOnly(out))) return 1;
    if (group !== undefined && parsed.list.length === 0) return joinGroup(out, name, group);
    return addUser(out, parsed, name);
  };

const addUser = async (
  out: Output,
  parsed: Options<keyof typeof userOptions>,
  name: string,
): Promise<number> => {
  const { process } = out;
  const accounts = new Accounts(process);
  const system = parsed.has('system');
  const ingroup = parsed.value('ingroup') ?? (system ? 'nogroup' : undefined);
  const inGid = ingroup === undefined ? undefined : accounts.gid(ingroup);
  if (ingroup !== undefined && inGid === undefined) return die(out, `unknown group ${ingroup}`);
  if (accounts.user(name)) return die(out, `user '${name}' in use`);
  const taken = (id: number): boolean =>
    accounts.userOf(id) !== undefined || (inGid === undefined && accounts.groupOf(id) !== undefined);
  const wanted = parsed.value('uid');
  if (wanted !== undefined && !/^\d+$/.test(wanted)) return die(out, `invalid number '${wanted}'`);
  if (wanted !== undefined && taken(Number(wanted))) return die(out, `uid '${wanted}' in use`);
  const uid = wanted === undefined ? free(taken, system, 'u') : Number(wanted);
  if (typeof uid === 'string') return die(out, uid);
  if (inGid === undefined && accounts.group(name)) return die(out, `group '${name}' in use`);
  const gid = inGid ?? uid;
  const home = parsed.value('home') ?? `/home/${name}`;
  // Alpine's applet gives system users another shell than busybox's own.
  const systemShell = libcOf(process) === 'musl' ? '/sbin/nologin' : '/bin/false';
  const shell = parsed.value('shell') ?? (system ? systemShell : (process.env.get('SHELL') ?? '/bin/sh'));
  const row = [name, 'x', uid, gid, parsed.value('gecos') ?? 'Linux User,,,', home, shell].join(':');
  if (!(await updateFile(out, '/etc/passwd', (lines) => [...lines, row]))) return 1;
  const day = shadowDay(process.kernel.clock.now());
  await updateFile(out, '/etc/shadow', (lines) => [...lines, `${name}:!:${day}:0:99999:7:::`]);
  if (ingroup === undefined) await addGroup(out, name, gid);
  else await joinGroup(out, name, ingroup);
  if (!parsed.has('no-create-home'))
    await makeHome(out, home, { uid, gid }, parsed.value('skel') ?? '/etc/skel');
  if (!system && !parsed.has('disabled-password'))
    await out.errorText('passwd: cowsh keeps no passwords; the account has none\n');
  return 0;
};

const makeHome = async (
  out: Output,
  home: string,
  owner: { uid: number; gid: number },
  skeleton: string,
): Promise<void> => {
  const { process } = out;
  process.umask(0);
  const made = attempt(() => process.mkdir(home, 0o755));
  if (!made.error) await copySkeleton(process, skeleton, home, owner);
  const { error } = attempt(() => {
    if (made.error && made.error.code !== 'EEXIST') throw made.error;
    process.chown(home, owner.uid, owner.gid);
    process.chmod(home, 0o2755);
  });
  if (error) await out.complain(home, error);
};

export const addGroupApplet =
  (command: Command): Run =>
  async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, command, argv, groupOptions);
    if ('exit' in parsed) return parsed.exit;
    const [name, group, extra] = parsed.operands;
    if (name === undefined || extra !== undefined) return usageError(out, command, '');
    if (!(await rootOnly(out))) return 1;
    if (group !== undefined) return joinGroup(out, name, group);
    const accounts = new Accounts(process);
    if (accounts.group(name)) return die(out, `group '${name}' in use`);
    const taken = (id: number): boolean => accounts.groupOf(id) !== undefined;
    const wanted = parsed.value('gid');
    if (wanted !== undefined && !/^\d+$/.test(wanted)) return die(out, `invalid number '${wanted}'`);
    if (wanted !== undefined && taken(Number(wanted))) return die(out, `gid '${wanted}' in use`);
    const gid = wanted === undefined ? free(taken, parsed.has('system'), 'g') : Number(wanted);
    return typeof gid === 'string' ? die(out, gid) : addGroup(out, name, gid);
  };

const addGroup = async (out: Output, name: string, gid: number): Promise<number> => {
  if (!(await updateFile(out, '/etc/group', (lines) => [...lines, `${name}:x:${gid}:`]))) return 1;
  await updateFile(out, '/etc/gshadow', (lines) => [...lines, `${name}:!::`]);
  return 0;
};

const joinGroup = async (out: Output, user: string, group: string): Promise<number> => {
  const accounts = new Accounts(out.process);
  if (!accounts.user(user)) return die(out, `unknown user ${user}`);
  const found = accounts.group(group);
  if (!found) return die(out, `unknown group ${group}`);
  if (found.members.includes(user)) return 0;
  if (!(await updateFile(out, '/etc/group', withMember(group, user)))) return 1;
  await updateFile(out, '/etc/gshadow', withMember(group, user));
  return 0;
};

const removeOptions = { 'remove-home': {} } as const;

/** deluser USER, delgroup GROUP, and both with USER GROUP. */
export const deleteApplet =
  (command: Command, kind: 'user' | 'group'): Run =>
  async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, command, argv, kind === 'user' ? removeOptions : {});
    if ('exit' in parsed) return parsed.exit;
    const [name, group, extra] = parsed.operands;
    if (name === undefined || extra !== undefined) return usageError(out, command, '');
    if (!(await rootOnly(out))) return 1;
    const accounts = new Accounts(process);
    if (group !== undefined) return leaveGroup(out, accounts, name, group);
    if (kind === 'user') return deleteUser(out, accounts, name, parsed.list.length > 0);
    const found = accounts.group(name);
    if (!found) return die(out, `unknown group ${name}`);
    const owner = accounts.users.find(({ gid }) => gid === found.gid);
    if (owner) return die(out, `'${owner.name}' still has '${name}' as their primary group!`);
    return deleteGroup(out, name);
  };

const leaveGroup = async (out: Output, accounts: Accounts, user: string, group: string): Promise<number> => {
  if (!accounts.user(user)) return die(out, `unknown user ${user}`);
  if (!accounts.group(group)) return die(out, `unknown group ${group}`);
  await updateFile(out, '/etc/group', withoutMember(group, user));
  await updateFile(out, '/etc/gshadow', withoutMember(group, user));
  return 0;
};

const deleteGroup = async (out: Output, name: string): Promise<number> => {
  await updateFile(out, '/etc/group', without(name));
  await updateFile(out, '/etc/gshadow', without(name));
  return 0;
};

const deleteUser = async (
  out: Output,
  accounts: Accounts,
  name: string,
  withHome: boolean,
): Promise<number> => {
  const user = accounts.user(name);
  if (!user) return die(out, `unknown user ${name}`);
  if (withHome) await removeHomeTree(out, user.home);
  if (!(await updateFile(out, '/etc/passwd', without(name)))) return 1;
  await updateFile(out, '/etc/shadow', without(name));
  const own = accounts.group(name);
  for (const { name: group, members } of accounts.groups)
    if (members.includes(name)) await leaveGroup(out, accounts, name, group);
  const shared = accounts.users.some((other) => other.name !== name && other.gid === own?.gid);
  return own && !shared ? deleteGroup(out, name) : 0;
};
