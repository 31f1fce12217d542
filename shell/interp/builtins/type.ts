// type, command, hash: what a name would run.
import { functionText } from '../function-text.ts';
import { searchPath } from '../lookup.ts';
import { chain, inOrder, type Maybe } from '../maybe.ts';
import type { Outcome } from '../outcome.ts';
import { ended } from '../outcome.ts';
import { singleQuote } from '../quote.ts';
import { runProgram } from '../run-program.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, print, readFlags } from './builtin.ts';
import { builtinFor } from './index.ts';
import { runOwn } from './posix-options.ts';

export const RESERVED = new Set(
  '! { } [[ ]] case coproc do done elif else esac fi for function if in select then time until while'.split(
    ' ',
  ),
);
const POSIX_RESERVED = new Set('! { } case do done elif else esac fi for if in then until while'.split(' '));

type Meaning = { kind: 'alias' | 'keyword' | 'function' | 'builtin' | 'file'; text: string };

function meanings(shell: Shell, name: string, all: boolean): Meaning[] {
  const { state } = shell;
  const found: Meaning[] = [];
  const alias = state.aliases.get(name);
  const expands = shell.dialect !== 'bash' || shell.interactive || state.shopted('expand_aliases');
  if (alias !== undefined && expands) found.push({ kind: 'alias', text: alias });
  if ((shell.dialect === 'bash' ? RESERVED : POSIX_RESERVED).has(name))
    found.push({ kind: 'keyword', text: name });
  if (state.functions.has(name)) found.push({ kind: 'function', text: name });
  if (builtinFor(shell, name) !== undefined) found.push({ kind: 'builtin', text: name });
  const hashed = state.hashed.get(name);
  const files = name.includes('/')
    ? searchPath(shell, name.replace(/^.*\//, ''), name.replace(/\/[^/]*$/, '') || '/')
    : hashed !== undefined && !all
      ? [hashed]
      : searchPath(shell, name);
  for (const text of files) found.push({ kind: 'file', text: name.includes('/') ? name : text });
  return all ? found : found.slice(0, 1);
}

export const type: Builtin = {
  run(shell, argv) {
    // busybox takes any option as a wish for few words.
    if (shell.dialect === 'ash' && argv[1]?.startsWith('-')) return describe(shell, argv.slice(2), false);
    if (shell.dialect !== 'bash') return explain(shell, 'type', argv.slice(1), new Map());
    const flags = readFlags(shell, argv, 'afptP');
    return flags instanceof Promise ? flags : explain(shell, 'type', flags.operands, flags.given);
  },
};

/** What each name means, in words; a name without meaning makes the status. */
function explain(
  shell: Shell,
  caller: string,
  names: readonly string[],
  options: ReadonlyMap<string, string>,
): Maybe<number> {
  let status = 0;
  return chain(
    inOrder(names, (name) => {
      const path = options.has('P');
      const found = meanings(shell, name, options.has('a') || path).filter(
        ({ kind }) => !(path && kind !== 'file') && !(options.has('f') && kind === 'function'),
      );
      if (path && !options.has('a')) found.splice(1);
      if (found.length > 0) {
        const lines = found.map((meaning) => typeLine(shell, name, meaning, options)).join('');
        return chain(print(shell, caller, lines), () => undefined);
      }
      status = shell.dialect === 'bash' ? 1 : 127;
      if (options.has('t') || options.has('p') || path) return;
      if (shell.dialect === 'bash') return shell.complain(`${caller}: ${name}: not found`);
      return chain(print(shell, caller, `${name}: not found\n`), () => undefined);
    }),
    () => status,
  );
}

function typeLine(
  shell: Shell,
  name: string,
  { kind, text }: Meaning,
  options: ReadonlyMap<string, string>,
): string {
  if (options.has('t')) return `${kind}\n`;
  if (options.has('p') || options.has('P')) return kind === 'file' ? `${text}\n` : '';
  const bash = shell.dialect === 'bash';
  if (kind === 'alias')
    return bash ? `${name} is aliased to \`${text}'\n` : `${name} is an alias for ${text}\n`;
  if (kind === 'keyword') return `${name} is a shell keyword\n`;
  if (kind === 'function')
    return bash
      ? `${name} is a function\n${functionText(shell.state, name)}\n`
      : `${name} is a ${shell.dialect === 'dash' ? 'shell ' : ''}function\n`;
  if (kind === 'builtin')
    return !bash && (name === 'local' || builtinFor(shell, name)?.special)
      ? `${name} is a special shell builtin\n`
      : `${name} is a shell builtin\n`;
  return bash && shell.state.hashed.get(name) === text
    ? `${name} is hashed (${text})\n`
    : `${name} is ${text}\n`;
}

export const command: Builtin = {
  run(shell, argv, redirected) {
    const flags = readFlags(shell, argv, 'pvV');
    if (flags instanceof Promise) return flags;
    const { given, operands } = flags;
    if (operands.length === 0) return 0;
    if (given.has('v') || given.has('V')) return describe(shell, operands, given.has('V'));
    const builtin = builtinFor(shell, operands[0] as string);
    if (builtin !== undefined) return runOwn(shell, builtin, operands, redirected);
    return runProgram(shell, operands);
  },
};

function describe(shell: Shell, operands: readonly string[], verbose: boolean): Maybe<Outcome> {
  let names = operands;
  // dash and ash look at the first name only.
  if (shell.dialect !== 'bash') names = names.slice(0, 1);
  if (verbose) return chain(explain(shell, 'command', names, new Map()), ended);
  const known = names.flatMap((name) => {
    const [first] = meanings(shell, name, false);
    return first === undefined ? [] : [{ name, ...first }];
  });
  const lines = known.map(({ kind, name, text }) =>
    kind === 'alias' ? `alias ${name}=${singleQuote(text)}` : text,
  );
  const bash = shell.dialect === 'bash';
  // One name that is known is enough for bash.
  const found = bash ? known.length > 0 : known.length === names.length;
  return chain(print(shell, 'command', lines.map((line) => `${line}\n`).join('')), () =>
    ended(found ? 0 : bash ? 1 : 127),
  );
}

export const builtinBuiltin: Builtin = {
  dialects: ['bash'],
  run(shell, argv, redirected) {
    const name = argv[1];
    if (name === undefined) return 0;
    const builtin = builtinFor(shell, name);
    if (builtin === undefined) return chain(shell.complain(`builtin: ${name}: not a shell builtin`), () => 1);
    return runOwn(shell, builtin, argv.slice(1), redirected);
  },
};
