// What a shell is started with: its options, its operands, and what it says of wrong ones.

import type { Process } from '../fs/process.ts';
import type { Dialect } from './shell.ts';

export interface Invocation {
  command: string | undefined;
  /** Read commands from standard input although there are operands (-s). */
  fromInput: boolean;
  interactive: boolean;
  login: boolean;
  letters: [letter: string, on: boolean][];
  names: [name: string, on: boolean][];
  operands: readonly string[];
  bad?: string;
}

const LONG = new Set(['login', 'norc', 'noprofile', 'posix', 'noediting', 'restricted', 'verbose']);

export function readInvocation(argv: readonly string[], dialect: Dialect): Invocation {
  const found: Invocation = {
    command: undefined,
    fromInput: false,
    interactive: false,
    login: /^-/.test(argv[0] ?? ''),
    letters: [],
    names: [],
    operands: [],
  };
  let wantsCommand = false;
  let at = 1;
  for (; at < argv.length; at++) {
    const word = argv[at] as string;
    if (word === '--' || word === '-') {
      at++;
      break;
    }
    if (word.startsWith('--') && dialect === 'bash') {
      if (!LONG.has(word.slice(2))) return { ...found, bad: word };
      found.login ||= word === '--login';
      continue;
    }
    if (!/^[-+]./.test(word)) break;
    const on = word.startsWith('-');
    for (const letter of word.slice(1)) {
      if (letter === 'c') wantsCommand = true;
      else if (letter === 's') found.fromInput = true;
      else if (letter === 'i') found.interactive = true;
      else if (letter === 'l') found.login = true;
      else if (letter === 'o' || (letter === 'O' && dialect === 'bash'))
        found.names.push([argv[++at] ?? '', on]);
      else found.letters.push([letter, on]);
    }
  }
  found.operands = argv.slice(at);
  if (wantsCommand) {
    found.command = found.operands[0];
    found.operands = found.operands.slice(1);
    if (found.command === undefined) found.bad = '-c';
  }
  return found;
}

export async function refuseInvocation(
  process: Process,
  name: string,
  bad: string,
  dialect: Dialect,
): Promise<number> {
  const text =
    bad === '-c'
      ? dialect === 'dash'
        ? `${name}: 0: -c requires an argument\n`
        : `${name}: -c: option requires an argument\n`
      : dialect === 'dash'
        ? `${name}: 0: Illegal option ${bad}\n`
        : `${name}: ${bad}: invalid option\n`;
  await process.write(2, new TextEncoder().encode(text));
  return 2;
}
