// fc: lists commands of the history, runs one again, or opens them in an editor first.
import { isFsError } from '../../fs/errno.ts';
import { decodeName, encodeName } from '../../fs/name.ts';
import { O } from '../../fs/open-flags.ts';
import { readAll } from '../files.ts';
import type { Outcome } from '../outcome.ts';
import type { Shell } from '../shell.ts';
import { runSource } from '../source.ts';
import { type Builtin, print, readFlags, refuse } from './builtin.ts';

/** So many commands `fc -l` lists. */
const LISTED = 16;

export const fc: Builtin = {
  dialects: ['bash'],
  async run(shell, argv) {
    // A number is no option: fc -l -5.
    const numbers = argv.findIndex((word, i) => i > 0 && /^-\d+$/.test(word));
    const words = numbers === -1 ? argv : [...argv.slice(0, numbers), '--', ...argv.slice(numbers)];
    const flags = readFlags(shell, words, 'e:lnrs');
    if (flags instanceof Promise) return flags;
    const { given, operands } = flags;
    // The fc that is running is no part of it.
    const commands = shell.interactive ? shell.state.history.slice(0, -1) : shell.state.history;
    if (given.has('s') || given.get('e') === '-') return again(shell, commands, operands);
    const listing = given.has('l');
    if (commands.length === 0) return 0;
    const first = place(commands, operands[0] ?? String(listing ? -LISTED : -1));
    const last = place(commands, operands[1] ?? (listing || operands[0] === undefined ? '-1' : operands[0]));
    if (first === undefined || last === undefined)
      return refuse(shell, 'fc', 'history specification out of range');
    const numbered = commands
      .map((text, i) => ({ text, number: i + 1 }))
      .slice(Math.min(first, last), Math.max(first, last) + 1);
    if (given.has('r') !== first > last) numbered.reverse();
    if (listing) {
      const lines = numbered.map(({ text, number }) => `${given.has('n') ? '' : number}\t ${text}\n`);
      return print(shell, 'fc', lines.join(''));
    }
    const { variables } = shell.state;
    const editor = given.get('e') ?? (variables.scalar('FCEDIT') || variables.scalar('EDITOR') || 'vi');
    return edit(shell, editor, numbered.map(({ text }) => `${text}\n`).join(''));
  },
};

/** A number, a negative one from the end, or the beginning of a command. */
function place(commands: readonly string[], text: string): number | undefined {
  if (/^-?\d+$/.test(text)) {
    const number = Number(text);
    const at = number < 0 ? commands.length + number : number - 1;
    return Math.min(Math.max(at, 0), commands.length - 1);
  }
  const found = commands.findLastIndex((command) => command.startsWith(text));
  return found === -1 ? undefined : found;
}

async function again(
  shell: Shell,
  commands: readonly string[],
  operands: readonly string[],
): Promise<number | Outcome> {
  const changes = operands.filter((word) => word.includes('='));
  const wanted = operands.find((word) => !word.includes('='));
  const at = commands.length === 0 ? undefined : place(commands, wanted ?? '-1');
  if (at === undefined) return refuse(shell, 'fc', 'no command found');
  let text = commands[at] as string;
  for (const change of changes) {
    const equals = change.indexOf('=');
    text = text.replaceAll(change.slice(0, equals), change.slice(equals + 1));
  }
  return run(shell, text);
}

async function run(shell: Shell, text: string): Promise<Outcome> {
  await shell.write(2, `${text}\n`);
  const { state } = shell;
  state.history = shell.interactive ? [...state.history.slice(0, -1), text] : [...state.history, text];
  return runSource(shell, text);
}

async function edit(shell: Shell, editor: string, text: string): Promise<number | Outcome> {
  const { process } = shell;
  const path = `/tmp/bash-fc.${shell.randomNumber().toString(36)}`;
  try {
    const fd = process.open(path, O.WRONLY | O.CREAT | O.EXCL, 0o600);
    await process.write(fd, encodeName(text));
    process.close(fd);
    const edited = await runSource(shell, `${editor} ${path}`);
    if (edited.status !== 0) return edited.status;
    const reading = process.open(path, O.RDONLY);
    const changed = decodeName(await readAll(process, reading));
    process.close(reading);
    return await run(shell, changed.trimEnd());
  } catch (error) {
    if (!isFsError(error)) throw error;
    return refuse(shell, 'fc', `${path}: ${error.message}`);
  } finally {
    if (process.tryLstat(path) !== undefined) process.unlink(path);
  }
}
