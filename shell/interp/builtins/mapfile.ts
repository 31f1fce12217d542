// mapfile (readarray): lines into an indexed array.
import { isFsError } from '../../fs/errno.ts';
import { decodeName } from '../../fs/name.ts';
import { assignElement, readonlyError } from '../assign.ts';
import { readAll } from '../files.ts';
import { singleQuote } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { runSource } from '../source.ts';
import { isName } from '../variables.ts';
import { type Builtin, readFlags, refuse } from './builtin.ts';
import { badIdentifier } from './export.ts';

/** Options with a number, and what a bad one is called. */
const NUMBERS = {
  n: 'invalid line count',
  s: 'invalid line count',
  O: 'invalid array origin',
  c: 'invalid callback quantum',
  u: 'invalid file descriptor specification',
} as const;

export const mapfile: Builtin = {
  dialects: ['bash'],
  async run(shell, argv) {
    const call = argv[0] as string;
    const flags = readFlags(shell, argv, 'd:n:O:s:tu:C:c:');
    if (flags instanceof Promise) return flags;
    const { given, operands } = flags;
    for (const [letter, words] of Object.entries(NUMBERS)) {
      const text = given.get(letter);
      if (text !== undefined && !/^\d+$/.test(text)) return refuse(shell, call, `${text}: ${words}`);
    }
    const name = operands[0] ?? 'MAPFILE';
    if (!isName(name)) return badIdentifier(shell, call, name);
    if (shell.state.variables.get(name)?.keyed !== undefined)
      return refuse(shell, call, `${name}: not an indexed array`);
    const number = (letter: string, standard: number): number => Number(given.get(letter) ?? standard);
    const text = await take(shell, call, number('u', 0));
    if (text === undefined) return 1;
    const delimiter = given.has('d') ? (given.get('d')?.[0] ?? '\0') : '\n';
    const lines = splitLines(text, delimiter, given.has('t'));
    const skip = number('s', 0);
    const kept = lines.slice(skip, skip + (number('n', 0) || lines.length));
    await store(shell, name, kept, {
      origin: given.has('O') ? number('O', 0) : undefined,
      callback: given.get('C'),
      quantum: number('c', 5000),
    });
    return 0;
  },
};

async function take(shell: Shell, call: string, fd: number): Promise<string | undefined> {
  try {
    return decodeName(await readAll(shell.process, fd));
  } catch (error) {
    if (!isFsError(error)) throw error;
    if (error.code === 'EISDIR') return '';
    await refuse(shell, call, `${fd}: invalid file descriptor: ${error.message}`);
    return undefined;
  }
}

function splitLines(text: string, delimiter: string, trim: boolean): string[] {
  const lines = text.split(delimiter);
  const last = lines.pop();
  const whole = lines.map((line) => (trim ? line : line + delimiter));
  return last ? [...whole, last] : whole;
}

interface Storing {
  origin: number | undefined;
  callback: string | undefined;
  quantum: number;
}

async function store(
  shell: Shell,
  name: string,
  lines: readonly string[],
  { origin, callback, quantum }: Storing,
): Promise<void> {
  const variable = shell.state.variables.ensure(name);
  if (variable.readonly) throw readonlyError(shell, name);
  if (origin === undefined) variable.indexed = new Map();
  for (const [i, line] of lines.entries()) {
    const place = (origin ?? 0) + i;
    if (callback !== undefined && (i + 1) % quantum === 0)
      await runSource(shell, `${callback} ${place} ${singleQuote(line)}`);
    assignElement(shell, name, String(place), line);
  }
}
