// getent: entries of the system's databases: passwd, group, hosts.

import { readText } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

const FILES: Readonly<Record<string, string>> = {
  group: '/etc/group',
  hosts: '/etc/hosts',
  passwd: '/etc/passwd',
};

const HINT = "Try `getent --help' or `getent --usage' for more information.";

export const getent: Command = {
  name: 'getent',
  usageStatus: 64,
  usageHint: HINT,
  help: `Usage: getent [OPTION...] database [key ...]
Print entries of the system's databases.

      --help        display this help and exit
      --version     output version information and exit

Databases: group hosts passwd

The exit status is 0, 1 for an unknown database, 2 when a key is not found.
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, getent, argv, {});
    if ('exit' in parsed) return parsed.exit;
    const [database, ...keys] = parsed.operands;
    if (database === undefined) {
      await out.warn('wrong number of arguments');
      out.line(HINT);
      await out.flush();
      return 1;
    }
    const file = FILES[database];
    if (file === undefined) {
      await out.errorText(`Unknown database: ${database}\n`);
      out.line(HINT);
      await out.flush();
      return 1;
    }
    const text = attempt(() => readText(process, file)).value ?? '';
    const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
    const entries = database === 'hosts' ? lines.map(hostEntry) : lines.map(accountEntry);
    for (const { line } of keys.length === 0 ? entries : []) out.line(line);
    for (const key of keys) {
      const found = entries.find(({ names }) => names.includes(key));
      if (found === undefined) out.status = 2;
      else out.line(found.line);
    }
    return out.end();
  },
};

interface Entry {
  readonly line: string;
  readonly names: readonly string[];
}

const accountEntry = (line: string): Entry => {
  const [name = '', , id = ''] = line.split(':');
  return { line, names: [name, id] };
};

const hostEntry = (line: string): Entry => {
  const [address = '', ...names] = (line.split('#')[0] ?? '').trim().split(/\s+/);
  return { line: `${address.padEnd(15)} ${names.join(' ')}`, names: [address, ...names] };
};
