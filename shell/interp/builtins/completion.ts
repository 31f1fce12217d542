// complete, compgen, compopt: programmable completion.
import {
  ACTION_LETTERS,
  ACTIONS,
  COMPLETION_OPTIONS,
  type CompletionSpec,
  completionCommand,
} from '../completion-spec.ts';
import { generateCompletions } from '../generate-completions.ts';
import { keyedEntries } from '../keyed-order.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, misused, print, refuse } from './builtin.ts';
import { optionLetters } from './option-letters.ts';
import { showUsage } from './usage.ts';

interface Given {
  spec: CompletionSpec;
  flags: Set<string>;
  operands: readonly string[];
}

/** Reads the options that complete and compgen share; a status where one is wrong. */
async function readSpec(shell: Shell, argv: readonly string[], extra: string): Promise<Given | number> {
  const name = argv[0] as 'complete' | 'compgen';
  const actions: string[] = [];
  const options = new Set<string>();
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const letters = `${Object.keys(ACTION_LETTERS).join('')}${extra}o:A:G:W:F:C:X:P:S:`;
  const { given, operands, wrong } = optionLetters(argv.slice(1), letters);
  for (const [letter, value] of given) {
    const action = ACTION_LETTERS[letter];
    if (letter === 'A' && !ACTIONS.has(value)) return refuse(shell, name, `${value}: invalid action name`, 2);
    if (letter === 'o' && !(COMPLETION_OPTIONS as readonly string[]).includes(value))
      return refuse(shell, name, `${value}: invalid option name`, 2);
    if (action !== undefined) actions.push(action);
    else if (extra.includes(letter)) flags.add(letter);
    else if (letter === 'A') actions.push(value);
    else if (letter === 'o') options.add(value);
    else values.set(letter, value);
  }
  if (wrong !== undefined) return misused(shell, name, wrong.text);
  const spec: CompletionSpec = { actions, options };
  for (const [letter, field] of Object.entries(FIELDS)) {
    const value = values.get(letter);
    if (value !== undefined) spec[field] = value;
  }
  return { spec, flags, operands };
}

const FIELDS = {
  G: 'glob',
  W: 'words',
  F: 'func',
  C: 'command',
  X: 'filter',
  P: 'prefix',
  S: 'suffix',
} as const;

export const complete: Builtin = {
  dialects: ['bash'],
  async run(shell, argv) {
    const given = await readSpec(shell, argv, 'prDEI');
    if (typeof given === 'number') return given;
    const { spec, flags } = given;
    const special = ['D', 'E', 'I'].filter((letter) => flags.has(letter)).map((letter) => `-${letter}`);
    const names = special.length > 0 ? special : given.operands;
    const { completions } = shell.state;
    if (flags.has('r')) {
      if (names.length === 0) completions.clear();
      return eachKnown(shell, names, (name) => completions.delete(name));
    }
    if (flags.has('p') || (names.length === 0 && argv.length === 1)) {
      let output = '';
      const shown = names.length > 0 ? names : listed(shell);
      const status = await eachKnown(shell, shown, (name) => {
        output += `${completionCommand(name, completions.get(name) as CompletionSpec)}\n`;
      });
      return (await print(shell, 'complete', output)) || status;
    }
    if (names.length === 0) return showUsage(shell, 'complete');
    for (const name of names) completions.set(name, spec);
    return 0;
  },
};

/** The names in the order of bash's table. */
const listed = (shell: Shell): string[] =>
  keyedEntries(
    new Map([...shell.state.completions.keys()].map((name) => [SPECIAL[name] ?? name, name])),
    512,
  ).map(([, name]) => name);

const SPECIAL: Readonly<Record<string, string>> = {
  '-D': '_DefaultCmD_',
  '-E': '_EmptycmD_',
  '-I': '_InitialWorD_',
};

async function eachKnown(
  shell: Shell,
  names: readonly string[],
  run: (name: string) => void,
): Promise<number> {
  let status = 0;
  for (const name of names) {
    if (shell.state.completions.has(name)) run(name);
    else status = await refuse(shell, 'complete', `${name}: no completion specification`);
  }
  return status;
}

export const compgen: Builtin = {
  dialects: ['bash'],
  async run(shell, argv) {
    const given = await readSpec(shell, argv, '');
    if (typeof given === 'number') return given;
    const word = given.operands[0] ?? '';
    if (given.spec.func !== undefined || given.spec.command !== undefined)
      await shell.complain(
        `compgen: warning: -${given.spec.func === undefined ? 'C' : 'F'} option may not work as you expect`,
      );
    const found = await generateCompletions(shell, given.spec, { command: 'compgen', word, previous: '' });
    return (
      (await print(shell, 'compgen', found.map((text) => `${text}\n`).join(''))) || (found.length > 0 ? 0 : 1)
    );
  },
};

export const compopt: Builtin = {
  dialects: ['bash'],
  async run(shell, argv) {
    const on = new Set<string>();
    const off = new Set<string>();
    let at = 1;
    for (; argv[at] === '-o' || argv[at] === '+o'; at += 2) {
      const option = argv[at + 1] ?? '';
      if (!(COMPLETION_OPTIONS as readonly string[]).includes(option))
        return refuse(shell, 'compopt', `${option}: invalid option name`, 2);
      (argv[at] === '-o' ? on : off).add(option);
    }
    const names = argv.slice(at);
    if (names.length === 0) return refuse(shell, 'compopt', 'not currently executing completion function');
    let status = 0;
    for (const name of names) {
      const spec = shell.state.completions.get(name);
      if (spec === undefined) status = await refuse(shell, 'compopt', `${name}: no completion specification`);
      else {
        const options = new Set([...spec.options, ...on].filter((option) => !off.has(option)));
        shell.state.completions.set(name, { ...spec, options });
      }
    }
    return status;
  },
};
