// chgrp: change the group.

import { Accounts } from './accounts.ts';
import { changeOwner, type Owner } from './change-owner.ts';
import type { Command } from './command.ts';
import { groupThenPaths } from './operand-words.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { ownerOperands, ownerOptions, ownerRules } from './owner-options.ts';
import { quoteLocale } from './quoting.ts';
import { referenceStat } from './reference-file.ts';

export const chgrp: Command = {
  name: 'chgrp',
  help: `Usage: chgrp [OPTION]... GROUP FILE...
  or:  chgrp [OPTION]... --reference=RFILE FILE...
Give each FILE to GROUP, or to the group of RFILE.

  -c, --changes          tell of the files that change
  -f, --silent, --quiet  leave most complaints out
  -v, --verbose          tell of every file
      --dereference      change what a symbolic link points to (default)
  -h, --no-dereference   change symbolic links themselves
      --no-preserve-root  treat / like any directory (default)
      --preserve-root    with -R, refuse /
      --reference=RFILE  take RFILE's group
  -R, --recursive        change directories and all that is in them
  -H                     with -R, go through operands that are symbolic links
                           to directories
  -L                     with -R, go through all symbolic links to directories
  -P                     with -R, go through none (default)
      --help        display this help and exit
      --version     output version information and exit
`,
  words: groupThenPaths,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, chgrp, argv, ownerOptions);
    if ('exit' in parsed) return parsed.exit;
    const operands = await ownerOperands(out, chgrp, parsed);
    if (typeof operands === 'number') return operands;
    const owner = await groupOf(out, parsed.value('reference'), operands.text);
    if (!owner) return 1;
    for (const name of operands.names) await changeOwner(out, name, { ...ownerRules(parsed), owner });
    return out.end();
  },
};

/** Undefined after a complaint. */
const groupOf = async (out: Output, reference: string | undefined, text = ''): Promise<Owner | undefined> => {
  const accounts = new Accounts(out.process);
  if (reference !== undefined) {
    const stat = await referenceStat(out, reference);
    return stat && { uid: -1, gid: stat.gid, groupText: accounts.groupName(stat.gid) };
  }
  const gid = text === '' ? -1 : accounts.gid(text);
  if (gid !== undefined) return { uid: -1, gid, groupText: text };
  await out.warn(`invalid group: ${quoteLocale(out.process, text)}`);
  return undefined;
};
