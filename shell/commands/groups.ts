// groups: the groups a user is in.

import { Accounts } from './accounts.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { identityOf } from './id.ts';
import { users } from './operand-words.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';

export const groups: Command = {
  name: 'groups',
  help: `Usage: groups [OPTION]... [USERNAME]...
Print the groups of each USERNAME, or of this process.

      --help        display this help and exit
      --version     output version information and exit
`,
  words: users,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, groups, argv, {});
    if ('exit' in parsed) return parsed.exit;
    const accounts = new Accounts(process);
    const names = (ids: readonly number[]): string => ids.map((gid) => accounts.groupName(gid)).join(' ');
    if (parsed.operands.length === 0) {
      out.line(names([...new Set([process.cred.gid, ...process.cred.groups])]));
      return out.end();
    }
    for (const name of parsed.operands) {
      const who = accounts.user(name) && identityOf(accounts, name);
      const lead = flavorOf(process) === 'gnu' ? `${name} : ` : '';
      if (who) out.line(lead + names(who.groups));
      else await out.warn(`${quoteLocale(process, name)}: no such user`);
    }
    return out.end();
  },
};
