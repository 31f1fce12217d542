// pwd
import type { Builtin } from './builtin.ts';
import { badOption, print, splitOptions } from './builtin.ts';

export const pwd: Builtin = {
  run(shell, argv) {
    const { options, bad } = splitOptions(argv.slice(1), 'LP');
    if (bad !== undefined) return badOption(shell, 'pwd', bad);
    const physical = options.at(-1) === 'P';
    return print(shell, 'pwd', `${physical ? shell.process.getcwd() : shell.directory()}\n`);
  },
};
