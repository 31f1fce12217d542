// getfacl: the access control list of files; ours have no more than their modes.

import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { modeString } from './mode-string.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

const options = {
  'absolute-names': { short: 'p' },
  'omit-header': { short: 'c' },
  numeric: { short: 'n' },
  access: { short: 'a' },
} as const;

export const getfacl: Command = {
  name: 'getfacl',
  help: `Usage: getfacl [-acnp] file ...
Show the access control lists of files.

  -a, --access          the list for access (default)
  -c, --omit-header     leave out the comments
  -n, --numeric         numbers of users and groups
  -p, --absolute-names  names keep their leading slash
      --help            this help text
      --version         display version information
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, getfacl, argv, options);
    if ('exit' in parsed) return parsed.exit;
    if (parsed.operands.length === 0) {
      await out.errorText(
        `Usage: ${out.name} [-aceEsRLPtpndvh] file ...\nTry \`${out.name} --help' for more information.\n`,
      );
      return 2;
    }
    const accounts = new Accounts(process);
    let told = parsed.has('absolute-names');
    for (const path of parsed.operands) {
      const { value: stat, error } = attempt(() => process.stat(path));
      if (error !== undefined) {
        await out.complain(path, error);
        continue;
      }
      if (path.startsWith('/') && !told)
        await out.errorText(`${out.name}: Removing leading '/' from absolute path names\n`);
      if (path.startsWith('/')) told = told || true;
      const name = parsed.has('absolute-names') ? path : path.replace(/^\/+/, '') || '.';
      const mode = modeString(stat.mode & 0o777 & 0o777);
      const numeric = parsed.has('numeric');
      if (!parsed.has('omit-header')) {
        out.line(`# file: ${name}`);
        out.line(`# owner: ${numeric ? stat.uid : accounts.userName(stat.uid)}`);
        out.line(`# group: ${numeric ? stat.gid : accounts.groupName(stat.gid)}`);
        const special = [
          stat.mode & 0o4000 ? 's' : '-',
          stat.mode & 0o2000 ? 's' : '-',
          stat.mode & 0o1000 ? 't' : '-',
        ].join('');
        if (special !== '---') out.line(`# flags: ${special}`);
      }
      out.line(`user::${mode.slice(1, 4)}\ngroup::${mode.slice(4, 7)}\nother::${mode.slice(7, 10)}\n`);
    }
    return out.end();
  },
};
