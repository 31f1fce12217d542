// hash: where the shell remembers programs to be.
import { findProgram } from '../lookup.ts';
import { chain, inOrder, type Maybe } from '../maybe.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, print, readFlags } from './builtin.ts';
import { builtinFor } from './index.ts';

export const hash: Builtin = {
  run(shell, argv) {
    const bash = shell.dialect === 'bash';
    const flags = readFlags(shell, argv, bash ? 'rldp:t' : 'rv');
    if (flags instanceof Promise) return flags;
    const { given, operands } = flags;
    const { hashed } = shell.state;
    if (given.has('r')) hashed.clear();
    if (operands.length === 0) return given.has('r') ? 0 : listing(shell, given.has('l'));
    if (given.has('t')) return places(shell, operands, given.has('l'));
    const path = given.get('p');
    return eachName(shell, operands, (name) => {
      if (path !== undefined) {
        findProgram(shell, name);
        hashed.set(name, path);
        return true;
      }
      if (given.has('d')) return hashed.delete(name);
      if (name.includes('/') || builtinFor(shell, name) !== undefined) return true;
      hashed.delete(name);
      return findProgram(shell, name) !== undefined;
    });
  },
};

function eachName(shell: Shell, names: readonly string[], run: (name: string) => boolean): Maybe<number> {
  let status = 0;
  return chain(
    inOrder(names, (name) => {
      if (run(name)) return;
      status = 1;
      return shell.complain(`hash: ${name}: not found`);
    }),
    () => status,
  );
}

function listing(shell: Shell, reusable: boolean): Maybe<number> {
  const { hashed } = shell.state;
  if (shell.dialect !== 'bash')
    return print(shell, 'hash', [...hashed.values()].map((path) => `${path}\n`).join(''));
  if (hashed.size === 0) return print(shell, 'hash', 'hash: hash table empty\n');
  if (reusable)
    return print(
      shell,
      'hash',
      [...hashed].map(([name, path]) => `builtin hash -p ${path} ${name}\n`).join(''),
    );
  return print(
    shell,
    'hash',
    `hits\tcommand\n${[...hashed.values()].map((path) => `   1\t${path}\n`).join('')}`,
  );
}

function places(shell: Shell, names: readonly string[], reusable: boolean): Maybe<number> {
  let output = '';
  return chain(
    eachName(shell, names, (name) => {
      const path = shell.state.hashed.get(name);
      if (path === undefined) return false;
      if (reusable) output += `builtin hash -p ${path} ${name}\n`;
      else output += names.length > 1 ? `${name}\t${path}\n` : `${path}\n`;
      return true;
    }),
    (status) => chain(print(shell, 'hash', output), () => status),
  );
}
