// dmesg: the kernel's log.

import { CAP_SYSLOG } from '../fs/capability.ts';
import { capable } from '../fs/credentials.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

const options = {
  human: { short: 'H' },
  ctime: { short: 'T' },
  notime: { short: 't' },
  level: { short: 'l', argument: 'required' },
} as const;

export const dmesg: Command = {
  name: 'dmesg',
  help: `Usage: dmesg [OPTION]...
Show the kernel's log: what mounts were refused, and why.

  -t, --notime   without times
  -T, --ctime    (accepted)
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, dmesg, argv, options);
    if ('exit' in parsed) return parsed.exit;
    // kernel.dmesg_restrict is 1.
    if (!capable(process.cred, CAP_SYSLOG)) {
      await out.warn('read kernel buffer failed: Operation not permitted');
      return 1;
    }
    for (const line of process.kernel.log)
      out.line(parsed.has('notime') ? line.replace(/^\[[^\]]*\] /, '') : line);
    return out.end();
  },
};
