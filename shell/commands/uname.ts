// uname: what the kernel says of itself.

import { hostKernel } from '../images/host.ts';
import type { Command } from './command.ts';
import { flavorOf, libcOf } from './flavor.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { extraOperand } from './usage-error.ts';

const options = {
  all: { short: 'a' },
  'kernel-name': { short: 's', alias: ['sysname'] },
  nodename: { short: 'n' },
  'kernel-release': { short: 'r', alias: ['release'] },
  'kernel-version': { short: 'v' },
  machine: { short: 'm' },
  processor: { short: 'p' },
  'hardware-platform': { short: 'i' },
  'operating-system': { short: 'o' },
} as const;

const ORDER = [
  'kernel-name',
  'nodename',
  'kernel-release',
  'kernel-version',
  'machine',
  'processor',
  'hardware-platform',
  'operating-system',
] as const;

export const uname: Command = {
  name: 'uname',
  help: `Usage: uname [OPTION]...
Print what is known of the system; without an OPTION, the same as -s.

  -a, --all                all of it
  -s, --kernel-name        the name of the kernel
  -n, --nodename           the name of the host
  -r, --kernel-release     the kernel's release
  -v, --kernel-version     the kernel's version
  -m, --machine            the kind of machine
  -p, --processor          the kind of processor
  -i, --hardware-platform  the hardware platform
  -o, --operating-system   the operating system
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, uname, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const [extra] = parsed.operands;
    if (extra !== undefined) return extraOperand(out, uname, extra);
    const { sysname, release, version, machine } = hostKernel;
    const values: Readonly<Record<(typeof ORDER)[number], string>> = {
      'kernel-name': sysname,
      nodename: process.uts.hostname,
      'kernel-release': release,
      'kernel-version': version,
      machine,
      processor: machine,
      'hardware-platform': machine,
      'operating-system': libcOf(process) === 'glibc' ? 'GNU/Linux' : 'Linux',
    };
    // Alpine's musl knows neither processor nor platform: -a leaves them out.
    const unknown = flavorOf(process) === 'gnu' ? [] : ['processor', 'hardware-platform'];
    const asked = ORDER.filter((name) => (parsed.has('all') && !unknown.includes(name)) || parsed.has(name));
    out.line((asked.length > 0 ? asked : (['kernel-name'] as const)).map((name) => values[name]).join(' '));
    return out.end();
  },
};
