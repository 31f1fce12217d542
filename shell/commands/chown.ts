// chown: change owner and group.

import { changeOwner, type Owner } from './change-owner.ts';
import type { Command } from './command.ts';
import { userThenPaths } from './operand-words.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { ownerOperands, ownerOptions, ownerRules } from './owner-options.ts';
import { readOwner } from './owner-text.ts';
import { referenceStat } from './reference-file.ts';

const options = { ...ownerOptions, from: { argument: 'required' } } as const;

export const chown: Command = {
  name: 'chown',
  help: `Usage: chown [OPTION]... [OWNER][:[GROUP]] FILE...
  or:  chown [OPTION]... --reference=RFILE FILE...
Give each FILE to OWNER, GROUP or both, or to those of RFILE.

  -c, --changes          tell of the files that change
  -f, --silent, --quiet  leave most complaints out
  -v, --verbose          tell of every file
      --dereference      change what a symbolic link points to (default)
  -h, --no-dereference   change symbolic links themselves
      --from=CURRENT_OWNER:CURRENT_GROUP
                         change only files of this owner, group or both
      --no-preserve-root  treat / like any directory (default)
      --preserve-root    with -R, refuse /
      --reference=RFILE  take RFILE's owner and group
  -R, --recursive        change directories and all that is in them
  -H                     with -R, go through operands that are symbolic links
                           to directories
  -L                     with -R, go through all symbolic links to directories
  -P                     with -R, go through none (default)
      --help        display this help and exit
      --version     output version information and exit

An owner left out stays as it is; so does a group, unless a ':' alone after
the owner asks for the owner's login group. Numbers will do for names.
`,
  words: userThenPaths,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, chown, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const operands = await ownerOperands(out, chown, parsed);
    if (typeof operands === 'number') return operands;
    const given = parsed.value('from');
    const from = given === undefined ? undefined : await readOwner(out, given);
    if (given !== undefined && !from) return 1;
    const owner = await ownerOf(out, parsed.value('reference'), operands.text);
    if (!owner) return 1;
    for (const name of operands.names) await changeOwner(out, name, { ...ownerRules(parsed), owner, from });
    return out.end();
  },
};

/** Undefined after a complaint. */
const ownerOf = async (out: Output, reference: string | undefined, text = ''): Promise<Owner | undefined> => {
  if (reference === undefined) return readOwner(out, text);
  const stat = await referenceStat(out, reference);
  if (stat === undefined) return undefined;
  return { uid: stat.uid, gid: stat.gid, userText: String(stat.uid), groupText: String(stat.gid) };
};
