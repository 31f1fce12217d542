// id: who a process or a user is.

import { Accounts } from './accounts.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { users } from './operand-words.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';

const options = {
  a: {},
  context: { short: 'Z' },
  group: { short: 'g' },
  groups: { short: 'G' },
  name: { short: 'n' },
  real: { short: 'r' },
  user: { short: 'u' },
  zero: { short: 'z' },
} as const;

export const id: Command = {
  name: 'id',
  help: `Usage: id [OPTION]... [USER]...
Print the user and group IDs of each USER, or of this process.

  -a             (does nothing)
  -g, --group    the group ID alone
  -G, --groups   all group IDs alone
  -n, --name     names for numbers, with -u, -g or -G
  -r, --real     the real ID, with -u, -g or -G
  -u, --user     the user ID alone
  -z, --zero     a NUL after each entry; not in the default form
      --help        display this help and exit
      --version     output version information and exit
`,
  words: users,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, id, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const chosen = (['user', 'group', 'groups'] as const).filter((name) => parsed.has(name));
    if (parsed.has('context')) {
      await out.warn('--context (-Z) works only on an SELinux-enabled kernel');
      return 1;
    }
    if (chosen.length > 1) {
      await out.warn('cannot print "only" of more than one choice');
      return 1;
    }
    const what = chosen[0];
    if (what === undefined && (parsed.has('name') || parsed.has('real'))) {
      await out.warn('cannot print only names or real IDs in default format');
      return 1;
    }
    if (what === undefined && parsed.has('zero')) {
      await out.warn('option --zero not permitted in default format');
      return 1;
    }
    const accounts = new Accounts(process);
    for (const operand of parsed.operands.length > 0 ? parsed.operands : [undefined]) {
      const who = operand === undefined ? ownIdentity(process.cred) : identityOf(accounts, operand);
      if (!who) await out.warn(`${quoteLocale(process, operand ?? '')}: no such user`);
      else {
        const form = {
          names: parsed.has('name'),
          end: parsed.has('zero') ? '\0' : '\n',
          own: operand === undefined,
        };
        await print(out, accounts, who, what, form);
      }
    }
    return out.end();
  },
};

export interface Identity {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

/** The own group first, each group once. */
const ownIdentity = ({ uid, gid, groups }: Identity): Identity => ({
  uid,
  gid,
  groups: [...new Set([gid, ...groups])],
});

export const identityOf = (accounts: Accounts, name: string): Identity | undefined => {
  const user = accounts.user(name) ?? (/^\+?\d+$/.test(name) ? accounts.userOf(Number(name)) : undefined);
  return user && { uid: user.uid, gid: user.gid, groups: accounts.groupsOf(user) };
};

const print = async (
  out: Output,
  accounts: Accounts,
  who: Identity,
  what: 'user' | 'group' | 'groups' | undefined,
  { names, end, own }: { names: boolean; end: string; own: boolean },
): Promise<void> => {
  const named = (number: number, name: string | undefined): string =>
    name === undefined ? String(number) : `${number}(${name})`;
  if (what === undefined) {
    const user = named(who.uid, accounts.userOf(who.uid)?.name);
    const group = named(who.gid, accounts.groupOf(who.gid)?.name);
    const groups = who.groups.map((gid) => named(gid, accounts.groupOf(gid)?.name)).join(',');
    // An applet tells of the groups that the process has beside its own, if it has any.
    const silent = own && flavorOf(out.process) === 'busybox' && out.process.cred.groups.length === 0;
    out.line(`uid=${user} gid=${group}${silent ? '' : ` groups=${groups}`}`);
    return;
  }
  const ids = what === 'user' ? [who.uid] : what === 'group' ? [who.gid] : who.groups;
  const texts: string[] = [];
  for (const number of ids) {
    const name = what === 'user' ? accounts.userOf(number)?.name : accounts.groupOf(number)?.name;
    if (names && name === undefined)
      await out.warn(`cannot find name for ${what === 'user' ? 'user' : 'group'} ID ${number}`);
    texts.push(names ? (name ?? String(number)) : String(number));
  }
  out.text(texts.join(end === '\0' ? '\0' : ' ') + end);
};
