// mapfile (readarray): lines into an indexed array.
import { decodeName } from '../../fs/name.ts';
import { readAll } from '../files.ts';
import type { Builtin } from './builtin.ts';

export const mapfile: Builtin = {
  dialects: ['bash'],
  async run(shell, argv) {
    let trim = false;
    let name = 'MAPFILE';
    let delimiter = '\n';
    let most = Number.POSITIVE_INFINITY;
    let skip = 0;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] as string;
      if (word === '-t') trim = true;
      else if (word === '-d') delimiter = argv[++at]?.[0] ?? '\0';
      else if (word === '-n') most = Number(argv[++at]) || Number.POSITIVE_INFINITY;
      else if (word === '-s') skip = Number(argv[++at]) || 0;
      else if (!word.startsWith('-')) name = word;
    }
    const text = decodeName(await readAll(shell.process, 0));
    const lines = text.split(delimiter);
    const last = lines.pop();
    const whole = lines.map((line) => (trim ? line : line + delimiter));
    if (last) whole.push(last);
    const variable = shell.state.variables.ensure(name);
    variable.indexed = new Map(whole.slice(skip, skip + most).map((line, i) => [i, line]));
    return 0;
  },
};
