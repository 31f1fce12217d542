// useradd: make a new account (shadow-utils).

import { attempt } from '../attempt.ts';
import type { Command } from '../command.ts';
import { findProgram } from '../find-program.ts';
import { type Options, parseOptions, printHelp } from '../options.ts';
import { Output } from '../output.ts';
import { change, Failure, setMember } from './change.ts';
import type { AccountFile, FileName } from './database.ts';
import { LoginDefaults } from './defaults.ts';
import { copySkeleton, makeHome } from './home.ts';
import { addSubordinates, freeId, isGoodName, shadowDay } from './ids.ts';

const options = {
  'base-dir': { short: 'b', argument: 'required' },
  comment: { short: 'c', argument: 'required' },
  'home-dir': { short: 'd', argument: 'required' },
  defaults: { short: 'D' },
  expiredate: { short: 'e', argument: 'required' },
  inactive: { short: 'f', argument: 'required' },
  gid: { short: 'g', argument: 'required' },
  groups: { short: 'G', argument: 'required' },
  help: { short: 'h' },
  skel: { short: 'k', argument: 'required' },
  key: { short: 'K', argument: 'required' },
  'no-log-init': { short: 'l' },
  'create-home': { short: 'm' },
  'no-create-home': { short: 'M' },
  'no-user-group': { short: 'N' },
  'non-unique': { short: 'o' },
  password: { short: 'p', argument: 'required' },
  system: { short: 'r' },
  shell: { short: 's', argument: 'required' },
  uid: { short: 'u', argument: 'required' },
  'user-group': { short: 'U' },
  badname: {},
} as const;

type Parsed = Options<keyof typeof options>;
type Files = (name: FileName) => AccountFile | undefined;

const USAGE = 2;
const BAD_ARGUMENT = 3;
const UID_IN_USE = 4;
const NO_SUCH_GROUP = 6;
const NAME_IN_USE = 9;
const CANNOT_MAKE_HOME = 12;

interface Account {
  name: string;
  uid: number;
  gid: number;
  home: string;
  shell: string;
}

export const useradd: Command = {
  name: 'useradd',
  usageStatus: USAGE,
  usageShowsHelp: true,
  help: `Usage: useradd [options] LOGIN
       useradd -D

Make the account LOGIN.

Options:
      --badname                 take any name
  -b, --base-dir BASE_DIR       homes lie in BASE_DIR, not in /home
  -c, --comment COMMENT         the comment field, usually the full name
  -d, --home-dir HOME_DIR       the home directory
  -D, --defaults                print what is used where nothing is said
  -e, --expiredate EXPIRE_DATE  accepted
  -f, --inactive INACTIVE       accepted
  -g, --gid GROUP               name or number of the first group
  -G, --groups GROUPS           further groups, with commas between them
  -h, --help                    display this help message and exit
  -k, --skel SKEL_DIR           what a new home starts with; /etc/skel
  -K, --key KEY=VALUE           accepted
  -l, --no-log-init             accepted
  -m, --create-home             make the home directory
  -M, --no-create-home          do not make it
  -N, --no-user-group           no group of the user's name
  -o, --non-unique              a number that somebody has already
  -p, --password PASSWORD       the encrypted password
  -r, --system                  an account for the system, with a low number
  -s, --shell SHELL             the login shell
  -u, --uid UID                 the number of the user
  -U, --user-group              a group of the user's name
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, useradd, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.has('help')) return printHelp(out, useradd);
    const defaults = new LoginDefaults(process);
    if (parsed.has('defaults')) return printDefaults(out, defaults);
    const [name, extra] = parsed.operands;
    if (name === undefined || extra !== undefined) {
      await out.errorText(useradd.help);
      return USAGE;
    }
    if (!isGoodName(name) && !parsed.has('badname')) {
      await out.warn(`invalid user name '${name}': use --badname to ignore`);
      return BAD_ARGUMENT;
    }
    return add(out, parsed, name, defaults);
  },
};

const add = async (out: Output, parsed: Parsed, name: string, defaults: LoginDefaults): Promise<number> => {
  let account: Account | undefined;
  const subordinate: FileName[] = parsed.has('system') ? [] : ['subuid', 'subgid'];
  const shell = parsed.value('shell');
  if (shell !== undefined && shell !== '' && findProgram(out.process, shell, '') === undefined)
    await out.errorText(`${out.name}: Warning: missing or non-executable shell '${shell}'\n`);
  const status = await change(out, ['passwd', 'shadow', 'group', 'gshadow', ...subordinate], (files) => {
    const made = register(files, parsed, name, defaults, out);
    if (made instanceof Failure) return made;
    account = made;
    return undefined;
  });
  if (account !== undefined) await warnOfRange(out, account, parsed.has('system'), defaults);
  const wanted =
    parsed.has('create-home') || (defaults.text('CREATE_HOME', 'no') === 'yes' && !parsed.has('system'));
  if (status !== 0 || account === undefined || !wanted || parsed.has('no-create-home')) return status;
  return furnish(out, account, parsed.value('skel') ?? defaults.text('SKEL', '/etc/skel'), defaults);
};

/** A number given with -u may be any, but is told. */
const warnOfRange = async (
  out: Output,
  { name, uid }: Account,
  system: boolean,
  defaults: LoginDefaults,
): Promise<void> => {
  const least = defaults.number('UID_MIN', 1000);
  const [first, last, from, to] = system
    ? [
        'SYS_UID_MIN',
        'SYS_UID_MAX',
        defaults.number('SYS_UID_MIN', 101),
        defaults.number('SYS_UID_MAX', least - 1),
      ]
    : ['UID_MIN', 'UID_MAX', least, defaults.number('UID_MAX', 60_000)];
  if (uid >= from && uid <= to) return;
  await out.errorText(
    `${out.name} warning: ${name}'s uid ${uid} outside of the ${first} ${from} and ${last} ${to} range.\n`,
  );
};

/** Adds the rows of the new account; gives what the home needs to know. */
const register = (
  files: Files,
  parsed: Parsed,
  name: string,
  defaults: LoginDefaults,
  out: Output,
): Account | Failure => {
  const passwd = files('passwd') as AccountFile;
  const group = files('group') as AccountFile;
  if (passwd.row(name)) return new Failure(NAME_IN_USE, `user '${name}' already exists`);
  const ownGroup = !parsed.has('gid') && !parsed.has('no-user-group');
  if (ownGroup && group.row(name))
    return new Failure(
      NAME_IN_USE,
      `group ${name} exists - if you want to add this user to that group, use -g.`,
    );
  const system = parsed.has('system');
  const given = parsed.value('uid');
  if (given !== undefined && !/^\d+$/.test(given))
    return new Failure(BAD_ARGUMENT, `invalid user ID '${given}'`);
  const uids = passwd.numbers(2);
  if (given !== undefined && uids.includes(Number(given)) && !parsed.has('non-unique'))
    return new Failure(UID_IN_USE, `UID ${given} is not unique`);
  const uid = given === undefined ? freeId(uids, 'UID', system, defaults) : Number(given);
  if (uid === undefined) return new Failure(1, "can't get unique UID (no more available UIDs)");
  const gid = firstGroup(group, parsed, ownGroup, uid, defaults, system);
  if (gid instanceof Failure) return gid;
  for (const other of (parsed.value('groups') ?? '').split(',').filter((word) => word !== '')) {
    const row = group.row(other) ?? group.rows.find((fields) => fields[2] === other);
    if (row === undefined) return new Failure(NO_SUCH_GROUP, `group '${other}' does not exist`);
    setMember(files, row[0] as string, name, true);
  }
  const home =
    parsed.value('home-dir') ?? `${parsed.value('base-dir') ?? defaults.text('HOME', '/home')}/${name}`;
  const shell = parsed.value('shell') ?? defaults.text('SHELL', '/bin/sh');
  passwd.add(name, 'x', uid, gid, parsed.value('comment') ?? '', home, shell);
  const day = shadowDay(out.process.kernel.clock.now());
  const password = parsed.value('password') ?? '!';
  if (system) files('shadow')?.add(name, password, day, '', '', '', '', '', '');
  else files('shadow')?.add(name, password, day, 0, 99_999, 7, '', '', '');
  if (ownGroup) {
    group.add(name, 'x', gid, '');
    files('gshadow')?.add(name, '!', '', '');
  }
  if (!system) for (const kind of ['subuid', 'subgid'] as const) addSubordinates(files(kind), name);
  return { name, uid, gid, home, shell };
};

const firstGroup = (
  group: AccountFile,
  parsed: Parsed,
  ownGroup: boolean,
  uid: number,
  defaults: LoginDefaults,
  system: boolean,
): number | Failure => {
  const wanted = parsed.value('gid');
  if (wanted !== undefined) {
    const row = group.row(wanted) ?? group.rows.find((fields) => fields[2] === wanted);
    return row === undefined
      ? new Failure(NO_SUCH_GROUP, `group '${wanted}' does not exist`)
      : Number(row[2]);
  }
  if (!ownGroup) return defaults.number('GROUP', 100);
  return (
    freeId(group.numbers(2), 'GID', system, defaults, uid) ??
    new Failure(1, "can't get unique GID (no more available GIDs)")
  );
};

const furnish = async (
  out: Output,
  { uid, gid, home }: Account,
  skeleton: string,
  defaults: LoginDefaults,
): Promise<number> => {
  const { process } = out;
  if (process.tryStat(home) !== undefined) {
    await out.warn(`warning: the home directory ${home} already exists.`);
    await out.warn('Not copying any file from skel directory into it.');
    return 0;
  }
  const { error } = attempt(() => makeHome(process, home, { uid, gid }, defaults.homeMode));
  if (error) {
    await out.warn(`cannot create directory ${home}`);
    return CANNOT_MAKE_HOME;
  }
  await copySkeleton(process, skeleton, home, { uid, gid });
  return 0;
};

const printDefaults = async (out: Output, defaults: LoginDefaults): Promise<number> => {
  const rows = [
    ['GROUP', '100'],
    ['HOME', '/home'],
    ['INACTIVE', '-1'],
    ['EXPIRE', ''],
    ['SHELL', '/bin/sh'],
    ['SKEL', '/etc/skel'],
    ['CREATE_MAIL_SPOOL', 'no'],
    ['LOG_INIT', 'yes'],
  ] as const;
  for (const [name, value] of rows) out.line(`${name}=${defaults.text(name, value)}`);
  return out.end();
};
