// alias, unalias
import { chain, inOrder } from '../maybe.ts';
import { singleQuote } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, print, splitOptions } from './builtin.ts';

export const alias: Builtin = {
  run(shell, argv) {
    const words = argv[1] === '-p' ? argv.slice(2) : argv.slice(1);
    const { aliases } = shell.state;
    if (words.length === 0)
      return print(
        shell,
        'alias',
        [...aliases.keys()]
          .sort()
          .map((name) => line(shell, name))
          .join(''),
      );
    let status = 0;
    let output = '';
    return chain(
      inOrder(words, (word) => {
        const equals = word.indexOf('=');
        if (equals > 0) aliases.set(word.slice(0, equals), word.slice(equals + 1));
        else if (aliases.has(word)) output += line(shell, word);
        else {
          status = 1;
          return shell.dialect === 'dash'
            ? shell.write(2, `alias: ${word} not found\n`)
            : shell.complain(`alias: ${word}: not found`);
        }
      }),
      () => chain(print(shell, 'alias', output), (printed) => printed || status),
    );
  },
};

const line = (shell: Shell, name: string): string =>
  `${shell.dialect === 'bash' ? 'alias ' : ''}${name}=${singleQuote(shell.state.aliases.get(name) ?? '')}\n`;

export const unalias: Builtin = {
  run(shell, argv) {
    const { options, operands } = splitOptions(argv.slice(1), 'a');
    const { aliases } = shell.state;
    if (options.includes('a')) aliases.clear();
    let status = 0;
    return chain(
      inOrder(operands, (name) => {
        if (aliases.delete(name)) return;
        status = 1;
        return shell.dialect === 'dash'
          ? shell.write(2, `unalias: ${name} not found\n`)
          : shell.complain(`unalias: ${name}: not found`);
      }),
      () => status,
    );
  },
};
