// enable: builtins that are not to be found any more, and those that are again.
import { chain, inOrder } from '../maybe.ts';
import { type Builtin, print, readFlags } from './builtin.ts';
import { builtinNames, isSpecial } from './index.ts';

const SPECIAL_IN_BASH = 'source';

export const enable: Builtin = {
  dialects: ['bash'],
  run(shell, argv) {
    const flags = readFlags(shell, argv, 'adnpsf:');
    if (flags instanceof Promise) return flags;
    const { given, operands } = flags;
    const { disabled } = shell.state;
    const known = builtinNames(shell, true);
    if (operands.length === 0) {
      const shown = known.filter(
        (name) =>
          (given.has('a') || disabled.has(name) === given.has('n')) &&
          (!given.has('s') || isSpecial(name) || name === SPECIAL_IN_BASH),
      );
      const lines = shown.map((name) => `enable ${disabled.has(name) ? '-n ' : ''}${name}\n`);
      return print(shell, 'enable', lines.join(''));
    }
    let status = 0;
    return chain(
      inOrder(operands, (name) => {
        if (!known.includes(name)) {
          status = 1;
          return shell.complain(`enable: ${name}: not a shell builtin`);
        }
        if (given.has('n')) disabled.add(name);
        else disabled.delete(name);
      }),
      () => status,
    );
  },
};
