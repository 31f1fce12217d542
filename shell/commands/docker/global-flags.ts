// Flags between `docker` and its subcommand. There is one daemon here: those that would choose another do nothing.

import type { FlagTable } from './flags.ts';

export const globalFlags = {
  config: {
    kind: 'string',
    help: 'Directory with the settings of the client',
    shownDefault: '"/root/.docker"',
  },
  context: { kind: 'string', short: 'c', help: 'Context that says which daemon to talk to' },
  debug: { kind: 'bool', short: 'D', help: 'Report more than usual' },
  host: { kind: 'list', short: 'H', help: 'Socket of the daemon to talk to' },
  'log-level': {
    kind: 'string',
    short: 'l',
    help: 'Least important kind of message to log',
    initial: 'info',
  },
  tls: { kind: 'bool', help: 'Talk to the daemon over TLS' },
  version: { kind: 'bool', short: 'v', help: 'Print the version of the client and quit' },
} satisfies FlagTable;
