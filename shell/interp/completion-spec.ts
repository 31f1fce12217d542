// What `complete` stores for a command, and how `complete -p` shows it.
import { singleQuote } from './quote.ts';

export interface CompletionSpec {
  /** -A actions (`file`, `directory`, ...); the letters -a ... -v stand for some of them. */
  actions: readonly string[];
  /** -o: nospace, filenames, ... */
  options: ReadonlySet<string>;
  words?: string;
  glob?: string;
  func?: string;
  command?: string;
  filter?: string;
  prefix?: string;
  suffix?: string;
}

/** The letters that stand for actions, in the order in which bash shows them. */
export const ACTION_LETTERS: Readonly<Record<string, string>> = {
  a: 'alias',
  b: 'builtin',
  c: 'command',
  d: 'directory',
  e: 'export',
  f: 'file',
  g: 'group',
  j: 'job',
  k: 'keyword',
  s: 'service',
  u: 'user',
  v: 'variable',
};

export const ACTIONS = new Set([
  ...Object.values(ACTION_LETTERS),
  'arrayvar',
  'binding',
  'disabled',
  'enabled',
  'function',
  'helptopic',
  'hostname',
  'running',
  'setopt',
  'shopt',
  'signal',
  'stopped',
]);

export const COMPLETION_OPTIONS = [
  'bashdefault',
  'default',
  'dirnames',
  'filenames',
  'noquote',
  'nosort',
  'nospace',
  'plusdirs',
] as const;

/** The `complete` command that would set this. */
export function completionCommand(name: string, spec: CompletionSpec): string {
  const letterOf = (action: string): string | undefined =>
    Object.entries(ACTION_LETTERS).find(([, known]) => known === action)?.[0];
  const letters = Object.values(ACTION_LETTERS).filter((action) => spec.actions.includes(action));
  const named = spec.actions.filter((action) => letterOf(action) === undefined);
  const quoted = (letter: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`-${letter} ${singleQuote(value)}`];
  return [
    'complete',
    ...COMPLETION_OPTIONS.filter((option) => spec.options.has(option)).map((option) => `-o ${option}`),
    ...letters.map((action) => `-${letterOf(action)}`),
    ...named.map((action) => `-A ${action}`),
    ...quoted('G', spec.glob),
    ...quoted('W', spec.words),
    ...quoted('P', spec.prefix),
    ...quoted('S', spec.suffix),
    ...quoted('X', spec.filter),
    ...quoted('C', spec.command),
    ...(spec.func === undefined ? [] : [`-F ${spec.func}`]),
    name,
  ].join(' ');
}
