// alias, unalias
import { chain, inOrder } from '../maybe.ts';
import { singleQuote } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, badOption, print, splitOptions } from './builtin.ts';
import { showUsage } from './usage.ts';

export const alias: Builtin = {
  run(shell, argv) {
    const { options, operands: words, bad } = splitOptions(argv.slice(1), 'p');
    const { aliases } = shell.state;
    if (bad !== undefined && shell.dialect === 'bash') return badOption(shell, 'alias', bad);
    const all = (): string =>
      [...aliases.keys()]
        .sort(shell.dialect === 'bash' ? undefined : (a, b) => bucketOf(a) - bucketOf(b))
        .map((name) => line(shell, name))
        .join('');
    if (words.length === 0) return print(shell, 'alias', all());
    let status = 0;
    let output = options.includes('p') ? all() : '';
    return chain(
      inOrder(words, (word) => {
        const equals = word.indexOf('=');
        if (equals > 0 && /[\s/$`'"\\|&;()<>]/.test(word.slice(0, equals)) && shell.dialect === 'bash') {
          status = 1;
          return shell.complain(`alias: \`${word.slice(0, equals)}': invalid alias name`);
        }
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

/** dash and ash list their aliases as their hash table holds them. */
const bucketOf = (name: string): number =>
  [...name].reduce((sum, char) => sum + char.charCodeAt(0), name.charCodeAt(0) << 4) % 39;

const line = (shell: Shell, name: string): string =>
  `${shell.dialect === 'bash' ? 'alias ' : ''}${name}=${singleQuote(shell.state.aliases.get(name) ?? '')}\n`;

export const unalias: Builtin = {
  run(shell, argv) {
    const { options, operands, bad } = splitOptions(argv.slice(1), 'a');
    const { aliases } = shell.state;
    if (bad !== undefined && shell.dialect === 'bash') return badOption(shell, 'unalias', bad);
    if (argv.length === 1 && shell.dialect === 'bash') return showUsage(shell, 'unalias');
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
