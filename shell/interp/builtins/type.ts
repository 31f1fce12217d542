// type, command, hash: what a name would run.
import { functionText } from '../function-text.ts';
import { findProgram, searchPath } from '../lookup.ts';
import { chain, inOrder, type Maybe } from '../maybe.ts';
import type { Outcome } from '../outcome.ts';
import { ended } from '../outcome.ts';
import { singleQuote } from '../quote.ts';
import { runProgram } from '../run-program.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, print, splitOptions } from './builtin.ts';
import { builtinFor } from './index.ts';

const RESERVED = new Set(
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
  if (alias !== undefined) found.push({ kind: 'alias', text: alias });
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
    const { options, operands } =
      shell.dialect === 'bash'
        ? splitOptions(argv.slice(1), 'afptP')
        : { options: [] as string[], operands: argv.slice(1) };
    return explain(shell, 'type', operands, options);
  },
};

/** What each name means, in words; a name without meaning makes the status. */
function explain(
  shell: Shell,
  caller: string,
  names: readonly string[],
  options: readonly string[],
): Maybe<number> {
  let status = 0;
  return chain(
    inOrder(names, (name) => {
      const found = meanings(shell, name, options.includes('a'));
      if (found.length > 0) {
        const lines = found.map((meaning) => typeLine(shell, name, meaning, options)).join('');
        return chain(print(shell, caller, lines), () => undefined);
      }
      status = shell.dialect === 'bash' ? 1 : 127;
      if (options.includes('t') || options.includes('p')) return;
      if (shell.dialect === 'bash') return shell.complain(`${caller}: ${name}: not found`);
      return chain(print(shell, caller, `${name}: not found\n`), () => undefined);
    }),
    () => status,
  );
}

function typeLine(shell: Shell, name: string, { kind, text }: Meaning, options: readonly string[]): string {
  if (options.includes('t')) return `${kind}\n`;
  if (options.includes('p') || options.includes('P')) return kind === 'file' ? `${text}\n` : '';
  const bash = shell.dialect === 'bash';
  if (kind === 'alias')
    return bash ? `${name} is aliased to \`${text}'\n` : `${name} is an alias for ${text}\n`;
  if (kind === 'keyword') return `${name} is a shell keyword\n`;
  if (kind === 'function')
    return bash ? `${name} is a function\n${functionText(shell, name)}\n` : `${name} is a shell function\n`;
  if (kind === 'builtin')
    return !bash && builtinFor(shell, name)?.special
      ? `${name} is a special shell builtin\n`
      : `${name} is a shell builtin\n`;
  return bash && shell.state.hashed.get(name) === text
    ? `${name} is hashed (${text})\n`
    : `${name} is ${text}\n`;
}

export const command: Builtin = {
  run(shell, argv, redirected) {
    const { options, operands } = splitOptions(argv.slice(1), 'pvV');
    if (operands.length === 0) return 0;
    if (options.includes('v') || options.includes('V')) return describe(shell, operands, options);
    const builtin = builtinFor(shell, operands[0] as string);
    if (builtin !== undefined) return builtin.run(shell, operands, redirected);
    return runProgram(shell, operands);
  },
};

function describe(shell: Shell, names: readonly string[], options: readonly string[]): Maybe<Outcome> {
  if (options.includes('V')) return chain(explain(shell, 'command', names, []), ended);
  let missing = 0;
  const lines = names.flatMap((name) => {
    const [first] = meanings(shell, name, false);
    if (first === undefined) missing++;
    if (first === undefined) return [];
    return first.kind === 'alias' ? [`alias ${name}=${singleQuote(first.text)}`] : [first.text];
  });
  return chain(print(shell, 'command', lines.map((line) => `${line}\n`).join('')), () =>
    ended(missing === 0 ? 0 : shell.dialect === 'bash' ? 1 : 127),
  );
}

export const hash: Builtin = {
  run(shell, argv) {
    const { options, operands } = splitOptions(argv.slice(1), 'rldpt');
    const { hashed } = shell.state;
    if (options.includes('r')) hashed.clear();
    if (options.includes('d')) for (const name of operands) hashed.delete(name);
    if (operands.length === 0 && options.length === 0) {
      if (hashed.size === 0)
        return shell.dialect === 'bash' ? print(shell, 'hash', 'hash: hash table empty\n') : 0;
      const rows = [...hashed.values()].map((path) =>
        shell.dialect === 'bash' ? `   1\t${path}\n` : `${path}\n`,
      );
      return print(shell, 'hash', (shell.dialect === 'bash' ? 'hits\tcommand\n' : '') + rows.join(''));
    }
    let status = 0;
    return chain(
      inOrder(options.includes('d') ? [] : operands, (name) => {
        if (
          name.includes('/') ||
          builtinFor(shell, name) !== undefined ||
          findProgram(shell, name) !== undefined
        )
          return;
        status = 1;
        return shell.complain(`hash: ${name}: not found`);
      }),
      () => status,
    );
  },
};

export const builtinBuiltin: Builtin = {
  dialects: ['bash'],
  run(shell, argv, redirected) {
    const name = argv[1];
    if (name === undefined) return 0;
    const builtin = builtinFor(shell, name);
    if (builtin === undefined) return chain(shell.complain(`builtin: ${name}: not a shell builtin`), () => 1);
    return builtin.run(shell, argv.slice(1), redirected);
  },
};
