// chgrp: change the group.

import { Accounts } from './accounts.ts';
import { changeOwner, type Owner } from './change-owner.ts';
import type { Command } from './command.ts';
import { groupThenPaths } from './operand-words.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { ownerOptions, ownerRules } from './owner-options.ts';
import { quoteLocale } from './quoting.ts';
import { referenceStat } from './reference-file.ts';
import { missingOperand } from './usage-error.ts';

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
    const reference = parsed.value('reference');
    const operands = [...parsed.operands];
    const text = reference === undefined ? operands.shift() : undefined;
    if (operands.length === 0) return missingOperand(out, chgrp, text === undefined ? [] : [text]);
    let owner: Owner;
    if (reference !== undefined) {
      const stat = await referenceStat(out, reference);
      if (stat === undefined) return 1;
      owner = { uid: -1, gid: stat.gid, groupText: new Accounts(process).groupName(stat.gid) };
    } else {
      const gid = text === '' ? -1 : new Accounts(process).gid(text ?? '');
      if (gid === undefined) {
        await out.warn(`invalid group: ${quoteLocale(process, text ?? '')}`);
        return 1;
      }
      owner = { uid: -1, gid, groupText: text };
    }
    for (const name of operands) await changeOwner(out, name, { ...ownerRules(parsed), owner });
    return out.end();
  },
};
