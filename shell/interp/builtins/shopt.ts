// shopt

import { chain, inOrder, type Maybe } from '../maybe.ts';
import { isOptionName, optionLetters, shoptDefaults } from '../options.ts';
import type { Shell } from '../shell.ts';
import { type Builtin, print, readFlags, refuse } from './builtin.ts';
import { setOption } from './set.ts';

export const shopt: Builtin = {
  dialects: ['bash'],
  run(shell, argv) {
    const flags = readFlags(shell, argv, 'supqo');
    if (flags instanceof Promise) return flags;
    const { given, operands } = flags;
    if (given.has('s') && given.has('u'))
      return refuse(shell, 'shopt', 'cannot set and unset shell options simultaneously');
    const change = given.has('s') ? true : given.has('u') ? false : undefined;
    const ofSet = given.has('o');
    if (operands.length > 0) return eachOption(shell, operands, given, change);
    const all = ofSet ? Object.keys(optionLetters).sort() : Object.keys(shoptDefaults);
    const shown = all.filter((name) => change === undefined || valueOf(shell, name, ofSet) === change);
    return print(shell, 'shopt', shown.map((name) => optionLine(shell, name, given)).join(''));
  },
};

function eachOption(
  shell: Shell,
  names: readonly string[],
  given: ReadonlyMap<string, string>,
  change: boolean | undefined,
): Maybe<number> {
  let status = 0;
  let output = '';
  const ofSet = given.has('o');
  return chain(
    inOrder(names, (name) => {
      const on = valueOf(shell, name, ofSet);
      if (on === undefined) {
        status = 1;
        return shell.complain(`shopt: ${name}: invalid ${ofSet ? '' : 'shell '}option name`);
      }
      if (change === undefined) {
        if (!on) status = 1;
        if (!given.has('q')) output += optionLine(shell, name, given);
      } else if (ofSet) setOption(shell, name, change);
      else shell.state.shopt.set(name, change);
    }),
    () => chain(print(shell, 'shopt', output), () => status),
  );
}

function optionLine(shell: Shell, name: string, given: ReadonlyMap<string, string>): string {
  const ofSet = given.has('o');
  const on = valueOf(shell, name, ofSet);
  if (!given.has('p')) return `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`;
  return ofSet ? `set ${on ? '-o' : '+o'} ${name}\n` : `shopt ${on ? '-s' : '-u'} ${name}\n`;
}

function valueOf(shell: Shell, name: string, ofSet: boolean): boolean | undefined {
  if (ofSet) return isOptionName(name) ? shell.state.has(name) : undefined;
  return Object.hasOwn(shoptDefaults, name) ? shell.state.shopted(name) : undefined;
}
