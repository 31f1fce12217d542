// getopt_long(3): options and operands in any order, bundles, `--long=value`, abbreviations, `--`;
// messages as glibc words them, `--help` and `--version` answered here for every command.

import { appletOptions, appletUsage } from './busybox/usage.ts';
import type { Command } from './command.ts';
import { flavorOf, libcOf } from './flavor.ts';
import type { OptionTable } from './option-table.ts';
import type { Output } from './output.ts';
import { usageError } from './usage-error.ts';

export type { OptionTable } from './option-table.ts';

/** The names of a table; a digit as a key counts as its text. */
export type NameOf<T extends OptionTable> = `${Extract<keyof T, string | number>}`;

export interface Option<Name extends string> {
  readonly name: Name;
  readonly value: string | undefined;
  /** As it was given: `-n` or `--number`. */
  readonly given: string;
}

export class Options<Name extends string> {
  readonly list: readonly Option<Name>[];
  readonly operands: readonly string[];

  constructor(list: readonly Option<Name>[], operands: readonly string[]) {
    this.list = list;
    this.operands = operands;
  }

  has(name: Name): boolean {
    return this.list.some((option) => option.name === name);
  }

  /** The value of the last such option. */
  value(name: Name): string | undefined {
    return this.list.findLast((option) => option.name === name)?.value;
  }

  values(name: Name): string[] {
    return this.list.flatMap((option) => (option.name === name ? [option.value ?? ''] : []));
  }

  /** Which of these options was given last: how -f and -i overrule each other. */
  last<Among extends Name>(...names: Among[]): Among | undefined {
    return names.find(
      (name) => name === this.list.findLast((option) => this.#isOneOf(option.name, names))?.name,
    );
  }

  #isOneOf(name: string, names: readonly string[]): boolean {
    return names.includes(name);
  }
}

/** A command that has nothing more to do: usage error reported, or help printed. */
export interface Exit {
  readonly exit: number;
}

export interface ParseRules {
  /** Options end at the first operand (`env`, `sudo`): "+" in getopt's words. */
  readonly stopAtOperand?: boolean;
}

const STANDARD = { help: {}, version: {} } satisfies OptionTable;

/** Reads argv[1..]; prints the help, the version or the complaint itself. */
export const parseOptions = async <T extends OptionTable>(
  out: Output,
  command: Command,
  argv: readonly string[],
  table: T,
  rules: ParseRules = {},
): Promise<Options<NameOf<T>> | Exit> => {
  const applet = flavorOf(out.process) === 'busybox';
  const known = applet ? appletOptions(command, table) : { ...table, ...STANDARD };
  const stopAtOperand = rules.stopAtOperand || out.process.env.has('POSIXLY_CORRECT');
  const scan = scanOptions(argv.slice(1), applet ? { help: {}, ...known } : known, { stopAtOperand });
  for (const step of scan.options) {
    if (step.name === 'help' && !('help' in table)) return { exit: await printHelp(out, command) };
    if (step.name === 'version' && !('version' in table)) return { exit: await printVersion(out, command) };
  }
  if (scan.problem !== undefined) return { exit: await usageError(out, command, scan.problem) };
  return new Options(scan.options as Option<NameOf<T>>[], scan.operands);
};

export const printHelp = async (out: Output, command: Command): Promise<number> => {
  const { process } = out;
  const text = flavorOf(process) === 'gnu' ? command.help : appletUsage(command, libcOf(process));
  out.text(text.endsWith('\n') ? text : `${text}\n`);
  await out.flush();
  return 0;
};

export const printVersion = async (out: Output, command: Command): Promise<number> => {
  out.line(`${command.name} (cowsh, in the manner of GNU coreutils 9.1)`);
  await out.flush();
  return 0;
};

interface Scan {
  readonly options: Option<string>[];
  readonly operands: string[];
  problem?: string;
}

/** Reads until the first mistake, as getopt does: options before it count, so `--help -x` is help. */
export const scanOptions = (words: readonly string[], table: OptionTable, rules: ParseRules = {}): Scan => {
  const scan: Scan = { options: [], operands: [] };
  const queue = [...words];
  for (let word = queue.shift(); word !== undefined && scan.problem === undefined; word = queue.shift()) {
    if (word === '--') {
      scan.operands.push(...queue);
      break;
    }
    if (word.startsWith('--')) readLong(word, queue, table, scan);
    else if (word.startsWith('-') && word !== '-') readBundle(word, queue, table, scan);
    else if (rules.stopAtOperand) {
      scan.operands.push(word, ...queue);
      break;
    } else scan.operands.push(word);
  }
  return scan;
};

const readBundle = (word: string, queue: string[], table: OptionTable, scan: Scan): void => {
  const letters = [...word].slice(1);
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] as string;
    const name = nameOfLetter(table, letter);
    if (name === undefined) {
      scan.problem = `invalid option -- '${letter}'`;
      return;
    }
    const argument = table[name]?.argument;
    const given = `-${letter}`;
    if (argument === undefined) {
      scan.options.push({ name, value: undefined, given });
      continue;
    }
    const attached = letters.slice(at + 1).join('');
    const value = attached !== '' ? attached : argument === 'required' ? queue.shift() : undefined;
    if (argument === 'required' && value === undefined) {
      scan.problem = `option requires an argument -- '${letter}'`;
      return;
    }
    scan.options.push({ name, value, given });
    return;
  }
};

const nameOfLetter = (table: OptionTable, letter: string): string | undefined => {
  for (const [name, spec] of Object.entries(table)) {
    if (spec.short?.includes(letter) || (name === letter && spec.short === undefined)) return name;
  }
  return undefined;
};

const readLong = (word: string, queue: string[], table: OptionTable, scan: Scan): void => {
  const equals = word.indexOf('=');
  const typed = equals === -1 ? word.slice(2) : word.slice(2, equals);
  const found = findLong(typed, table);
  if (found.length === 0) {
    scan.problem = `unrecognized option '${word}'`;
    return;
  }
  if (new Set(found.map(({ name }) => name)).size > 1) {
    const names = found.map(({ long }) => ` '--${long}'`).join('');
    scan.problem = `option '${word}' is ambiguous; possibilities:${names}`;
    return;
  }
  const { name, long } = found[0] as { name: string; long: string };
  const argument = table[name]?.argument;
  let value = equals === -1 ? undefined : word.slice(equals + 1);
  if (argument === undefined && value !== undefined) {
    scan.problem = `option '--${long}' doesn't allow an argument`;
    return;
  }
  if (argument === 'required') value ??= queue.shift();
  if (argument === 'required' && value === undefined) {
    scan.problem = `option '--${long}' requires an argument`;
    return;
  }
  scan.options.push({ name, value, given: `--${long}` });
};

/** The options a long word may mean: the exact one alone, or all it abbreviates. */
const findLong = (typed: string, table: OptionTable): { name: string; long: string }[] => {
  const names = Object.entries(table).flatMap(([name, spec]) =>
    [...(name.length > 1 && !spec.hidden ? [name] : []), ...(spec.alias ?? [])].map((long) => ({
      name,
      long,
    })),
  );
  const exact = names.find(({ long }) => long === typed);
  return exact ? [exact] : names.filter(({ long }) => long.startsWith(typed));
};
