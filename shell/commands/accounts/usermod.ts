// usermod and userdel: change and remove accounts (shadow-utils).

import type { Command } from '../command.ts';
import type { Options } from '../options.ts';
import { Output } from '../output.ts';
import { change, Failure, membersOf, setMember } from './change.ts';
import type { AccountFile, FileName } from './database.ts';
import { removeHomeTree } from './home.ts';
import { readName } from './one-name.ts';

const USAGE = 2;
const UID_IN_USE = 4;
const NO_SUCH_NAME = 6;
const NAME_IN_USE = 9;

const options = {
  append: { short: 'a' },
  comment: { short: 'c', argument: 'required' },
  home: { short: 'd', argument: 'required' },
  gid: { short: 'g', argument: 'required' },
  groups: { short: 'G', argument: 'required' },
  help: { short: 'h' },
  login: { short: 'l', argument: 'required' },
  lock: { short: 'L' },
  'move-home': { short: 'm' },
  'non-unique': { short: 'o' },
  password: { short: 'p', argument: 'required' },
  remove: { short: 'r' },
  shell: { short: 's', argument: 'required' },
  uid: { short: 'u', argument: 'required' },
  unlock: { short: 'U' },
} as const;

type Parsed = Options<keyof typeof options>;
type Files = (name: FileName) => AccountFile | undefined;

export const usermod: Command = {
  name: 'usermod',
  usageStatus: USAGE,
  usageShowsHelp: true,
  help: `Usage: usermod [options] LOGIN

Change the account LOGIN.

Options:
  -a, --append                  with -G: keep the groups that the user has
  -c, --comment COMMENT         the comment field
  -d, --home HOME_DIR           another home directory
  -g, --gid GROUP               another first group
  -G, --groups GROUPS           further groups, with commas between them
  -h, --help                    display this help message and exit
  -l, --login NEW_LOGIN         another name
  -L, --lock                    make the password useless
  -m, --move-home               with -d: the home moves there
  -o, --non-unique              with -u: a number that somebody has already
  -p, --password PASSWORD       the encrypted password
  -r, --remove                  with -G: take the user out of these groups
  -s, --shell SHELL             another login shell
  -u, --uid UID                 another number
  -U, --unlock                  make the password of use again
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const read = await readName(out, usermod, argv, options, ({ list }) => list.length > 0);
    if (typeof read === 'number') return read;
    const { name, parsed } = read;
    let moved: [string, string] | undefined;
    let wasLocked = false;
    const status = await change(out, ['passwd', 'shadow', 'group', 'gshadow'], (files) => {
      const row = files('passwd')?.row(name);
      if (row === undefined) return new Failure(NO_SUCH_NAME, `user '${name}' does not exist`);
      wasLocked = files('shadow')?.row(name)?.[1] === '!';
      const home = parsed.value('home');
      if (home !== undefined && parsed.has('move-home') && home !== row[5]) moved = [row[5] ?? '', home];
      const failed = changeGroups(files, parsed, name) ?? changeAccount(files, parsed, name);
      const changed = (['passwd', 'shadow', 'group', 'gshadow'] as const).some(
        (file) => files(file)?.changed,
      );
      if (failed === undefined && !changed && !parsed.has('groups')) out.line(`${out.name}: no changes`);
      return failed;
    });
    await out.flush();
    if (status === 0 && parsed.has('unlock') && wasLocked) await out.errorText(noPassword(out.name));
    if (status === 0 && moved !== undefined && process.tryStat(moved[0])?.kind === 'directory')
      process.rename(...moved);
    return status;
  },
};

const noPassword = (name: string): string =>
  `${name}: unlocking the user's password would result in a passwordless account.
You should set a password with usermod -p to unlock this user's password.
`;

const changeGroups = (files: Files, parsed: Parsed, name: string): Failure | undefined => {
  const list = parsed.value('groups');
  if (list === undefined) return undefined;
  const group = files('group') as AccountFile;
  const wanted: string[] = [];
  for (const word of list.split(',').filter((part) => part !== '')) {
    const row = group.row(word) ?? group.rows.find((fields) => fields[2] === word);
    if (row === undefined) return new Failure(NO_SUCH_NAME, `group '${word}' does not exist`);
    wanted.push(row[0] as string);
  }
  if (!parsed.has('append') && !parsed.has('remove')) {
    for (const row of group.rows) {
      const stays = wanted.includes(row[0] as string);
      if (!stays && membersOf(row).includes(name)) setMember(files, row[0] as string, name, false);
    }
  }
  for (const word of wanted) setMember(files, word, name, !parsed.has('remove'));
  return undefined;
};

/** The fields of passwd(5) that an option sets as it is. */
const FIELDS = { comment: 4, home: 5, shell: 6 } as const;

const changeAccount = (files: Files, parsed: Parsed, name: string): Failure | undefined => {
  const passwd = files('passwd') as AccountFile;
  const uid = parsed.value('uid');
  if (uid !== undefined && uid !== passwd.row(name)?.[2] && passwd.numbers(2).includes(Number(uid)))
    if (!parsed.has('non-unique')) return new Failure(UID_IN_USE, `UID '${uid}' already exists`);
  const group = parsed.value('gid');
  const groups = files('group');
  const row =
    group === undefined ? undefined : (groups?.row(group) ?? groups?.rows.find(([, , gid]) => gid === group));
  if (group !== undefined && row === undefined)
    return new Failure(NO_SUCH_NAME, `group '${group}' does not exist`);
  for (const [option, field] of Object.entries(FIELDS)) {
    const value = parsed.value(option as keyof typeof FIELDS);
    if (value !== undefined) passwd.set(name, field, value);
  }
  if (uid !== undefined) passwd.set(name, 2, uid);
  if (row !== undefined) passwd.set(name, 3, row[2] ?? '');
  changePassword(files, parsed, name);
  return rename(files, parsed.value('login'), name);
};

/** The files are written anew even where the password stays as it was. */
const changePassword = (files: Files, parsed: Parsed, name: string): void => {
  const shadow = files('shadow');
  const old = shadow?.row(name)?.[1] ?? '';
  const password = parsed.value('password');
  if (password !== undefined) shadow?.set(name, 1, password);
  else if (parsed.has('lock') && !old.startsWith('!')) shadow?.set(name, 1, `!${old}`);
  else if (parsed.has('unlock') && old.length > 1) shadow?.set(name, 1, old.replace(/^!/, ''));
  if (password === undefined && !parsed.has('lock') && !parsed.has('unlock')) return;
  for (const kind of ['passwd', 'shadow'] as const) {
    const file = files(kind);
    if (file !== undefined) file.changed = true;
  }
};

const rename = (files: Files, to: string | undefined, from: string): Failure | undefined => {
  if (to === undefined || to === from) return undefined;
  if (files('passwd')?.row(to)) return new Failure(NAME_IN_USE, `user '${to}' already exists`);
  for (const row of files('group')?.rows ?? []) {
    if (!membersOf(row).includes(from)) continue;
    setMember(files, row[0] as string, from, false);
    setMember(files, row[0] as string, to, true);
  }
  for (const kind of ['passwd', 'shadow'] as const) files(kind)?.set(from, 0, to);
  return undefined;
};

export const userdel: Command = {
  name: 'userdel',
  usageStatus: USAGE,
  usageShowsHelp: true,
  help: `Usage: userdel [options] LOGIN

Remove the account LOGIN.

Options:
  -f, --force                   accepted
  -h, --help                    display this help message and exit
  -r, --remove                  remove the home directory too
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const read = await readName(out, userdel, argv, {
      force: { short: 'f' },
      help: { short: 'h' },
      remove: { short: 'r' },
    });
    if (typeof read === 'number') return read;
    const { name, parsed } = read;
    let home = '';
    const status = await change(
      out,
      ['passwd', 'shadow', 'group', 'gshadow', 'subuid', 'subgid'],
      (files) => {
        const row = files('passwd')?.row(name);
        if (row === undefined) return new Failure(NO_SUCH_NAME, `user '${name}' does not exist`);
        home = row[5] ?? '';
        forget(files, name, row[3] ?? '');
        return undefined;
      },
    );
    if (status !== 0 || !parsed.has('remove')) return status;
    return removeHome(out, name, home);
  },
};

/** Takes a user out of every file; their own group goes too where nobody else is in it. */
const forget = (files: Files, name: string, gid: string): void => {
  for (const row of files('group')?.rows ?? [])
    if (membersOf(row).includes(name)) setMember(files, row[0] as string, name, false);
  for (const kind of ['passwd', 'shadow', 'subuid', 'subgid'] as const) files(kind)?.remove(name);
  const own = files('group')?.row(name);
  const shared = files('passwd')?.rows.some((row) => row[3] === own?.[2]);
  if (own === undefined || own[2] !== gid || membersOf(own).length > 0 || shared) return;
  files('group')?.remove(name);
  files('gshadow')?.remove(name);
};

const removeHome = async (out: Output, name: string, home: string): Promise<number> => {
  const { process } = out;
  const spool = `/var/mail/${name}`;
  if (process.tryStat(spool) === undefined)
    await out.errorText(`${out.name}: ${name} mail spool (${spool}) not found\n`);
  else process.unlink(spool);
  if (process.tryStat(home) === undefined) {
    await out.errorText(`${out.name}: ${name} home directory (${home}) not found\n`);
    return 0;
  }
  await removeHomeTree(out, home);
  return out.end();
};
