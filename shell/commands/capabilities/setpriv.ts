// setpriv: run a program as another user, or with other capabilities (util-linux). A process has one user and one group
// here: what would set the real and the effective ones apart is refused, and so is what there is no state for.

import { type CapabilitySet, capabilityNames, difference } from '../../fs/capability.ts';
import type { FsError } from '../../fs/errno.ts';
import type { Process } from '../../fs/process.ts';
import { Accounts } from '../accounts.ts';
import { attempt } from '../attempt.ts';
import { become } from '../become.ts';
import type { Command } from '../command.ts';
import { DEFAULT_PATH } from '../find-program.ts';
import { type Options, parseOptions, printHelp } from '../options.ts';
import { Output } from '../output.ts';
import { changedSet, shownSet } from './set-changes.ts';

const value = { argument: 'required' } as const;

const options = {
  dump: { short: 'd' },
  'no-new-privs': { alias: ['nnp'] },
  'ambient-caps': value,
  'inh-caps': value,
  'bounding-set': value,
  ruid: value,
  euid: value,
  rgid: value,
  egid: value,
  reuid: value,
  regid: value,
  'clear-groups': {},
  'keep-groups': {},
  'init-groups': {},
  groups: value,
  'list-caps': {},
  securebits: value,
  pdeathsig: value,
  'selinux-label': value,
  'apparmor-profile': value,
  'reset-env': {},
  help: { short: 'h' },
} as const;

type Name = keyof typeof options;
type Parsed = Options<Name>;

const ABSENT = [
  ...['no-new-privs', 'ruid', 'euid', 'rgid', 'egid', 'securebits'],
  ...['pdeathsig', 'selinux-label', 'apparmor-profile'],
] as Name[];

const GROUPS = ['clear-groups', 'keep-groups', 'init-groups', 'groups'] as const;

/** Exit status where the kernel refuses. */
const REFUSED = 127;

export const setpriv: Command = {
  name: 'setpriv',
  help: `
Usage:
 setpriv [options] <program> [<argument>...]

Run a program as somebody else, or with fewer capabilities.

Options:
 -d, --dump                  show what there is; twice and three times shows more
 --list-caps                 list the names of all capabilities
 --ambient-caps <caps,...>   change the ambient set: +chown,-kill,-all
 --inh-caps <caps,...>       change the inheritable set
 --bounding-set <caps,...>   take capabilities out of the bounding set
 --reuid <uid|user>          be this user
 --regid <gid|group>         be in this group
 --clear-groups              be in no further groups
 --keep-groups               be in the same further groups
 --init-groups               be in the user's groups
 --groups <group,...>        be in these further groups
 --reset-env                 set HOME, SHELL, USER, LOGNAME and PATH anew, and nothing else

 --nnp, --ruid, --euid, --rgid, --egid, --securebits, --pdeathsig,
 --selinux-label, --apparmor-profile
                             refused: there is nothing of the kind here

 -h, --help                  display this help
 -V, --version               display version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, setpriv, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    if (parsed.has('help')) return printHelp(out, setpriv);
    const wish = wishOf(process, parsed);
    if (typeof wish === 'string') {
      await out.warn(wish);
      return 1;
    }
    if (parsed.has('list-caps')) out.text(capabilityNames.map((name) => `${name}\n`).join(''));
    else if (parsed.has('dump')) out.text(dumpOf(process, parsed.values('dump').length));
    else return apply(out, parsed, wish);
    return out.end();
  },
};

/** What is asked for, in numbers. */
interface Wish {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  /** Undefined: as they are. */
  readonly groups: readonly number[] | undefined;
}

/** Or what is wrong with it. */
const wishOf = (process: Process, parsed: Parsed): Wish | string => {
  const absent = ABSENT.find((name) => parsed.has(name));
  if (absent !== undefined) return `cowsh has nothing that --${absent} could set`;
  const accounts = new Accounts(process);
  const [user, group] = [parsed.value('reuid'), parsed.value('regid')];
  if (parsed.values('reuid').length > 1) return 'duplicate ruid or euid';
  if (parsed.values('regid').length > 1) return 'duplicate rgid or egid';
  const uid = user === undefined ? undefined : accounts.uid(user);
  if (user !== undefined && uid === undefined) return `failed to parse reuid: '${user}'`;
  const gid = group === undefined ? undefined : accounts.gid(group);
  if (group !== undefined && gid === undefined) return `failed to parse regid: '${group}'`;
  const groups = groupsOf(accounts, parsed, uid);
  if (typeof groups === 'string') return groups;
  return problemOf(parsed) ?? { uid, gid, groups };
};

const groupsOf = (
  accounts: Accounts,
  parsed: Parsed,
  uid: number | undefined,
): number[] | undefined | string => {
  if (parsed.has('clear-groups')) return [];
  const named = parsed.value('groups');
  if (named !== undefined) {
    const found: number[] = [];
    for (const name of named.split(',')) {
      const gid = name === '' ? undefined : accounts.gid(name);
      if (gid === undefined) return `Invalid supplementary group id: '${name}'`;
      found.push(gid);
    }
    return found;
  }
  if (!parsed.has('init-groups')) return undefined;
  if (uid === undefined) return '--init-groups requires --ruid or --reuid';
  const user = accounts.userOf(uid);
  return user === undefined
    ? `uid ${uid} not found, --init-groups requires an user that can be found on the system`
    : accounts.groupsOf(user);
};

/** Which options go together. */
const problemOf = (parsed: Parsed): string | undefined => {
  const { list, operands } = parsed;
  const alone = (name: Name): boolean =>
    operands.length === 0 && list.every((option) => option.name === name);
  if (parsed.has('dump')) return alone('dump') ? undefined : '--dump is incompatible with all other options';
  if (parsed.has('list-caps')) return alone('list-caps') ? undefined : '--list-caps must be specified alone';
  if (operands.length === 0) return 'No program specified';
  const given = GROUPS.filter((name) => parsed.has(name));
  if (given.length > 1) return `mutually exclusive arguments: ${GROUPS.map((name) => `--${name}`).join(' ')}`;
  return parsed.has('regid') && given.length === 0
    ? '--[re]gid requires --keep-groups, --clear-groups, --init-groups, or --groups'
    : undefined;
};

const dumpOf = ({ cred }: Process, level: number): string => {
  const { uid, gid, groups, effective, permitted, inheritable, ambient, bounding } = cred;
  const ids = (name: string, id: number): string[] =>
    ['', 'e', ...(level > 2 ? ['s'] : [])].map((kind) => `${kind}${name}: ${id}`);
  return [
    ...ids('uid', uid),
    ...ids('gid', gid),
    `Supplementary groups: ${groups.join(',') || '[none]'}`,
    'no_new_privs: 0',
    ...(level > 1
      ? [`Effective capabilities: ${shownSet(effective)}`, `Permitted capabilities: ${shownSet(permitted)}`]
      : []),
    `Inheritable capabilities: ${shownSet(inheritable)}`,
    `Ambient capabilities: ${shownSet(ambient)}`,
    `Capability bounding set: ${shownSet(bounding)}`,
    'Securebits: [none]',
    'Parent death signal: [none]',
    '',
  ].join('\n');
};

const apply = async (out: Output, parsed: Parsed, wish: Wish): Promise<number> => {
  const { process } = out;
  if (parsed.has('reset-env')) process.env = freshEnvironment(process, wish.uid);
  for (const step of [
    () => changeIdentity(process, wish),
    () => dropFromBounding(process, parsed.value('bounding-set')),
    () => inherit(process, parsed.value('inh-caps')),
    () => raise(process, parsed.value('ambient-caps')),
  ]) {
    const { value: problem, error } = attempt(step);
    if (error) return refused(out, error);
    if (problem === undefined) continue;
    await out.warn(problem);
    return 1;
  }
  return become(out, parsed.operands);
};

/** The calls that refuse, as setpriv tells of them. */
const TOLD: Readonly<Record<string, string>> = {
  setuid: 'setresuid failed',
  setgid: 'setresgid failed',
  setgroups: 'setgroups failed',
  capset: 'apply capabilities',
};

const refused = async (out: Output, error: FsError): Promise<number> => {
  await out.complain(TOLD[error.call] ?? error.call, error);
  return REFUSED;
};

/** Who has not got CAP_SETPCAP keeps the set, and is not told. */
const dropFromBounding = (process: Process, changes: string | undefined): string | undefined => {
  if (changes === undefined) return undefined;
  const { bounding } = process.cred;
  const changed = changedSet(bounding, changes);
  if (typeof changed === 'string') return changed;
  for (const one of singles(difference(bounding, changed))) attempt(() => process.dropBounding(one));
  return undefined;
};

/** The user first, keeping what is permitted: it is needed for the groups, and for the sets. */
const changeIdentity = (process: Process, { uid, gid, groups }: Wish): undefined => {
  if (uid !== undefined) {
    process.setuid(uid, true);
    const { permitted, inheritable } = process.cred;
    process.capset({ effective: permitted, permitted, inheritable });
  }
  if (gid !== undefined) process.setgid(gid);
  if (groups !== undefined) process.setgroups(groups);
};

const inherit = (process: Process, changes: string | undefined): string | undefined => {
  if (changes === undefined) return undefined;
  const { effective, permitted, inheritable } = process.cred;
  const changed = changedSet(inheritable, changes);
  if (typeof changed === 'string') return changed;
  process.capset({ effective, permitted, inheritable: changed });
  return undefined;
};

/** What cannot be ambient, since it is not inheritable, is left out without a word. */
const raise = (process: Process, changes: string | undefined): string | undefined => {
  if (changes === undefined) return undefined;
  const changed = changedSet(process.cred.ambient, changes);
  if (typeof changed === 'string') return changed;
  process.clearAmbient();
  for (const one of singles(changed)) attempt(() => process.raiseAmbient(one));
  return undefined;
};

const singles = (set: CapabilitySet): CapabilitySet[] =>
  capabilityNames.flatMap((_name, at) => (Math.floor(set / 2 ** at) % 2 === 1 ? [2 ** at] : []));

const freshEnvironment = (process: Process, uid = process.cred.uid): Map<string, string> => {
  const user = new Accounts(process).userOf(uid);
  const term = process.env.get('TERM');
  return new Map([
    ...(term === undefined ? [] : [['TERM', term] as const]),
    ['SHELL', user?.shell || '/bin/sh'],
    ['HOME', user?.home ?? '/'],
    ['USER', user?.name ?? ''],
    ['LOGNAME', user?.name ?? ''],
    ['PATH', uid === 0 ? DEFAULT_PATH : '/usr/local/bin:/bin:/usr/bin'],
  ]);
};
