// What Debian's adduser and deluser have in common: their options, and the programs that do their work.

import type { Command } from '../command.ts';
import { parseOptions } from '../options.ts';
import type { Output } from '../output.ts';
import { basename } from '../path-name.ts';
import { runProgram } from '../run-program.ts';

const options = {
  conf: { argument: 'required' },
  debug: {},
  'disabled-login': {},
  'disabled-password': {},
  'force-badname': { alias: ['allow-badname', 'allow-bad-names'] },
  gecos: { argument: 'required', alias: ['comment'] },
  gid: { argument: 'required' },
  group: {},
  home: { argument: 'required' },
  ingroup: { argument: 'required' },
  'no-create-home': {},
  quiet: { short: 'q' },
  shell: { argument: 'required' },
  system: {},
  uid: { argument: 'required' },
  'remove-home': {},
  'only-if-empty': {},
} as const;

export type Parsed = Exclude<Awaited<ReturnType<typeof parseAccount>>, { exit: number }>;

/** Reads the command line. */
export const parseAccount = (out: Output, command: Command, argv: readonly string[]) =>
  parseOptions(out, command, argv, options);

/** The level below: useradd and its kin do the work, silently; their complaints are theirs. */
export const runBelow = (out: Output, ...argv: string[]): Promise<number> => runProgram(out.process, argv);

export const HELP_END = `
      --help         display this help and exit
      --version      output version information and exit
`;

/** False after a complaint, where somebody else calls. */
export const forRoot = async (out: Output, text: string): Promise<boolean> => {
  if (out.process.cred.uid === 0) return true;
  await out.errorText(`${out.name}: ${text}\n`);
  return false;
};

/** addgroup and delgroup are links to adduser and deluser. */
export const isCalled = (argv: readonly string[], name: string): boolean => basename(argv[0] ?? '') === name;

export const told = async (out: Output, parsed: Parsed, text: string): Promise<void> => {
  if (parsed.has('quiet')) return;
  out.line(text);
  await out.flush();
};
