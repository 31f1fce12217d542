// shopt

import { chain, inOrder } from '../maybe.ts';
import { isOptionName } from '../options.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, print, splitOptions } from './builtin.ts';
import { setOption } from './set.ts';

export const shopt: Builtin = {
  dialects: ['bash'],
  run(shell, argv) {
    const { options, operands } = splitOptions(argv.slice(1), 'supqo');
    const change = options.includes('s') ? true : options.includes('u') ? false : undefined;
    const names =
      operands.length > 0
        ? operands
        : [...shell.state.shopt.keys()].filter(
            (name) => change === undefined || shell.state.shopted(name) === change,
          );
    let status = 0;
    let output = '';
    return chain(
      inOrder(names, (name) => {
        const on = valueOf(shell, name, options.includes('o'));
        if (on === undefined) {
          status = 1;
          return shell.complain(
            `shopt: ${name}: invalid ${options.includes('o') ? '' : 'shell '}option name`,
          );
        }
        if (change !== undefined && operands.length > 0) {
          if (options.includes('o')) setOption(shell, name, change);
          else shell.state.shopt.set(name, change);
          return;
        }
        if (operands.length > 0 && !on) status = 1;
        if (!options.includes('q'))
          output += options.includes('p')
            ? `shopt ${on ? '-s' : '-u'} ${name}\n`
            : `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`;
      }),
      () => chain(print(shell, 'shopt', output), () => status),
    );
  },
};

function valueOf(shell: Shell, name: string, setOptions: boolean): boolean | undefined {
  if (setOptions) return isOptionName(name) ? shell.state.has(name) : undefined;
  return shell.state.shopt.get(name);
}
