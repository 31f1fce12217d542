// What apt's actions are given: the options of its command line, and names.

import type { Options, OptionTable } from './options.ts';
import type { Output } from './output.ts';

export const aptOptions = {
  yes: { short: 'y', alias: ['assume-yes'] },
  'assume-no': {},
  quiet: { short: 'q' },
  simulate: { short: 's', alias: ['just-print', 'dry-run', 'recon', 'no-act'] },
  'download-only': { short: 'd' },
  'fix-broken': { short: 'f' },
  reinstall: {},
  purge: {},
  'no-install-recommends': {},
  'no-install-suggests': {},
  'install-recommends': {},
  'allow-downgrades': {},
  'allow-unauthenticated': {},
  'fix-missing': { short: 'm' },
  autoremove: { alias: ['auto-remove'] },
  'no-upgrade': {},
  'only-upgrade': {},
  upgradable: {},
  installed: {},
  option: { short: 'o', argument: 'required' },
  'target-release': { short: 't', argument: 'required' },
} as const satisfies OptionTable;

export type AptOptions = Options<keyof typeof aptOptions>;

/** An action of apt: gives the exit status. */
export type AptAction = (out: Output, given: AptOptions, names: readonly string[]) => Promise<number>;
