// The options that chown and chgrp share.

import type { OwnerRules } from './change-owner.ts';
import type { Command } from './command.ts';
import type { Output } from './output.ts';
import { missingOperand } from './usage-error.ts';

export const ownerOptions = {
  changes: { short: 'c' },
  silent: { short: 'f', alias: ['quiet'] },
  verbose: { short: 'v' },
  dereference: {},
  'no-dereference': { short: 'h' },
  'no-preserve-root': {},
  'preserve-root': {},
  reference: { argument: 'required' },
  recursive: { short: 'R' },
  H: {},
  L: {},
  P: {},
} as const;

type Name = keyof typeof ownerOptions;

interface GivenOptions {
  readonly operands: readonly string[];
  has(name: Name): boolean;
  value(name: Name): string | undefined;
  last(...names: Name[]): string | undefined;
}

export const ownerRules = (parsed: GivenOptions): Omit<OwnerRules, 'owner' | 'from'> => {
  const traverse = { H: 'operands', L: 'all', P: 'none' } as const;
  return {
    follow: parsed.last('dereference', 'no-dereference') !== 'no-dereference',
    recursive: parsed.has('recursive'),
    traverse: traverse[(parsed.last('H', 'L', 'P') ?? 'P') as keyof typeof traverse],
    silent: parsed.has('silent'),
    tell: parsed.has('verbose') ? 'all' : parsed.has('changes') ? 'changes' : 'nothing',
    preserveRoot: parsed.last('preserve-root', 'no-preserve-root') === 'preserve-root',
  };
};

/** The owner's text, absent with --reference, and the files; a number is the status of a complaint. */
export const ownerOperands = async (
  out: Output,
  command: Command,
  parsed: GivenOptions,
): Promise<{ text: string | undefined; names: readonly string[] } | number> => {
  const names = [...parsed.operands];
  const text = parsed.value('reference') === undefined ? names.shift() : undefined;
  if (names.length > 0) return { text, names };
  return missingOperand(out, command, text === undefined ? [] : [text]);
};
