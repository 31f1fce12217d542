// getopts
import { assign } from '../assign.ts';
import { chain, type Maybe } from '../maybe.ts';
import type { Shell } from '../shell.ts';
import { isName } from '../variables.ts';
import type { Builtin } from './builtin.ts';
import { badIdentifier } from './export.ts';
import { showUsage } from './usage.ts';

export const getopts: Builtin = {
  run(shell, argv) {
    const [, letters, name, ...rest] = argv;
    if (letters === undefined || name === undefined) {
      return chain<unknown, number>(
        shell.dialect === 'bash'
          ? showUsage(shell, 'getopts')
          : shell.complain(
              `getopts: Usage: getopts optstring var [arg${shell.dialect === 'dash' ? '...' : ''}]`,
            ),
        () => 2,
      );
    }
    if (!isName(name)) return badIdentifier(shell, 'getopts', name);
    return next(shell, letters, name, rest.length > 0 ? rest : shell.state.positional);
  },
};

function next(shell: Shell, letters: string, name: string, words: readonly string[]): Maybe<number> {
  const { state } = shell;
  let index = Number(state.variables.scalar('OPTIND') ?? '1') || 1;
  if (index !== state.getoptsIndex) state.getoptsOffset = 1;
  const word = words[index - 1];
  const finish = (status: number, value: string, at: number, offset: number): number => {
    state.getoptsOffset = offset;
    state.getoptsIndex = at;
    assign(shell, 'OPTIND', String(at));
    assign(shell, name, value);
    return status;
  };
  if (word === undefined || !/^-./.test(word) || word === '--') {
    state.variables.delete('OPTARG');
    return finish(1, '?', word === '--' ? index + 1 : index, 1);
  }
  const letter = word[state.getoptsOffset] as string;
  const place = letter === ':' ? -1 : letters.replace(/^:/, '').indexOf(letter);
  const takesValue = letters.replace(/^:/, '')[place + 1] === ':';
  let offset = state.getoptsOffset + 1;
  const bundleEnds = offset >= word.length;
  if (place === -1) {
    if (bundleEnds) index++;
    return chain(complainOf(shell, letters, letter, 'illegal option'), () =>
      finish(0, '?', index, bundleEnds ? 1 : offset),
    );
  }
  if (!takesValue) {
    state.variables.delete('OPTARG');
    if (bundleEnds) index++;
    return finish(0, letter, index, bundleEnds ? 1 : offset);
  }
  offset = 1;
  const value = bundleEnds ? words[index] : word.slice(state.getoptsOffset + 1);
  if (value === undefined) {
    return chain(complainOf(shell, letters, letter, 'option requires an argument'), () =>
      finish(0, letters.startsWith(':') ? ':' : '?', index + 1, 1),
    );
  }
  assign(shell, 'OPTARG', value);
  return finish(0, letter, index + (bundleEnds ? 2 : 1), 1);
}

function complainOf(
  shell: Shell,
  letters: string,
  letter: string,
  what: 'illegal option' | 'option requires an argument',
): Maybe<void> {
  if (letters.startsWith(':')) return assign(shell, 'OPTARG', letter);
  shell.state.variables.delete('OPTARG');
  if (shell.state.variables.scalar('OPTERR') === '0' && shell.dialect === 'bash') return;
  if (shell.dialect === 'bash') return shell.write(2, `${shell.state.name}: ${what} -- ${letter}\n`);
  return shell.write(
    2,
    what === 'illegal option' ? `Illegal option -${letter}\n` : `No arg for -${letter} option\n`,
  );
}
