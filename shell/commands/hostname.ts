// hostname: show or set the name of the host.

import { isFsError } from '../fs/errno.ts';
import { readText } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

const options = {
  'all-ip-addresses': { short: 'I' },
  'ip-address': { short: 'i' },
  domain: { short: 'd' },
  fqdn: { short: 'f', alias: ['long'] },
  short: { short: 's' },
} as const;

export const hostname: Command = {
  name: 'hostname',
  help: `Usage: hostname [OPTION]
  or:  hostname NAME
Show the name of this host, or let root give it another NAME.

  -d, --domain            the name of its domain
  -f, --fqdn, --long      the name with the domain
  -i, --ip-address        its address
  -I, --all-ip-addresses  all its addresses
  -s, --short             the name up to the first dot
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, hostname, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const [name] = parsed.operands;
    if (name !== undefined) {
      const { error } = attempt(() => process.sethostname(name));
      if (error) await out.warn('you must be root to change the host name');
      return error ? 1 : 0;
    }
    const own = process.uts.hostname;
    const [short = own, ...rest] = own.split('.');
    if (parsed.has('short')) out.line(short);
    else if (parsed.has('domain')) out.text(rest.length > 0 ? `${rest.join('.')}\n` : '\n');
    else if (parsed.has('ip-address') || parsed.has('all-ip-addresses'))
      out.line(addressOf(process, own) ?? '127.0.0.1');
    else out.line(own);
    return out.end();
  },
};

/** The address that /etc/hosts gives the host. */
const addressOf = (process: Parameters<Command['run']>[0], name: string): string | undefined => {
  try {
    const lines = readText(process, '/etc/hosts').split('\n');
    return lines.map((line) => line.trim().split(/\s+/)).find(([, ...names]) => names.includes(name))?.[0];
  } catch (error) {
    if (isFsError(error)) return undefined;
    throw error;
  }
};
