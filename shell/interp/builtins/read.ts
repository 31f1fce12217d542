// read: one line into variables, split by IFS.

import { isFsError } from '../../fs/errno.ts';
import { assign, assignList } from '../assign.ts';
import { chain } from '../maybe.ts';
import { type Line, readLine } from '../read-line.ts';
import type { Shell } from '../shell.ts';
import { ShellError } from '../shell-error.ts';
import { isName } from '../variables.ts';
import { type Builtin, refuse } from './builtin.ts';
import { badIdentifier } from './export.ts';
import { optionLetters } from './option-letters.ts';
import { showUsage } from './usage.ts';

interface ReadOptions {
  raw: boolean;
  prompt: string;
  delimiter: string;
  limit: number | undefined;
  /** -N: the delimiter and IFS mean nothing. */
  exact: boolean;
  array: string | undefined;
  fd: number;
  timeout: number | undefined;
  silent: boolean;
  names: readonly string[];
}

export const read: Builtin = {
  run(shell, argv) {
    const options = parseOptions(argv);
    if (typeof options === 'string' && shell.dialect === 'bash' && /^-.: /.test(options))
      return chain(refuse(shell, 'read', options), () => showUsage(shell, 'read'));
    if (typeof options === 'string') return refuse(shell, 'read', options, shell.dialect === 'bash' ? 1 : 2);
    const wrong = options.names.find((name) => !isName(name.replace(/\[.*\]$/s, '')));
    if (wrong !== undefined)
      return shell.dialect === 'bash'
        ? badIdentifier(shell, 'read', wrong)
        : refuse(shell, 'read', `${shell.dialect === 'ash' ? `'${wrong}'` : wrong}: bad variable name`, 2);
    if (options.names.length === 0 && shell.dialect === 'dash') return refuse(shell, 'read', 'arg count', 2);
    return readVariables(shell, options);
  },
};

function parseOptions(argv: readonly string[]): ReadOptions | string {
  const { given, operands, wrong } = optionLetters(argv.slice(1), 'rsep:d:n:N:a:t:u:i:');
  if (wrong !== undefined) return wrong.text;
  const flags = new Map(given);
  const count = flags.get('N') ?? flags.get('n');
  if (count !== undefined && !/^\d+$/.test(count)) return `${count}: invalid number`;
  const fd = flags.get('u');
  if (fd !== undefined && !/^\d+$/.test(fd)) return `${fd}: invalid file descriptor specification`;
  const timeout = flags.get('t');
  if (timeout !== undefined && !/^\d*\.?\d*$/.test(timeout))
    return `${timeout}: invalid timeout specification`;
  return {
    raw: flags.has('r'),
    prompt: flags.get('p') ?? '',
    delimiter: flags.has('d') ? ((flags.get('d') as string)[0] ?? '\0') : '\n',
    limit: count === undefined ? undefined : Number(count),
    exact: flags.has('N'),
    array: flags.get('a'),
    fd: Number(fd ?? 0),
    timeout: timeout === undefined ? undefined : Number(timeout),
    silent: flags.has('s'),
    names: operands,
  };
}

async function readVariables(shell: Shell, options: ReadOptions): Promise<number> {
  const terminal = shell.process.tty(options.fd);
  if (options.prompt !== '' && terminal !== undefined) await shell.write(2, options.prompt);
  const echo = terminal?.echo;
  if (terminal !== undefined && options.silent) terminal.echo = false;
  try {
    const line = await take(shell, options);
    if (line === undefined) return 142;
    store(shell, options, line.characters);
    return line.ended ? 1 : 0;
  } catch (error) {
    if (isFsError(error, 'EINTR')) return 130;
    if (!isFsError(error)) throw error;
    await shell.complain(
      `read: ${error.code === 'EBADF' ? `${options.fd}: invalid file descriptor: ${error.message}` : `read error: ${options.fd}: ${error.message}`}`,
    );
    return 1;
  } finally {
    if (terminal !== undefined && echo !== undefined) terminal.echo = echo;
  }
}

interface Character {
  char: string;
  /** Came after a backslash: no separator. */
  quoted: boolean;
}

async function take(
  shell: Shell,
  options: ReadOptions,
): Promise<{ characters: Character[]; ended: boolean } | undefined> {
  const characters: Character[] = [];
  if (options.limit === 0) return { characters, ended: false };
  for (;;) {
    const line = await timed(shell, options, characters.length);
    if (line === undefined) return undefined;
    const continued = appendCharacters(line, options, characters);
    if (!continued || line.ended) return { characters, ended: line.ended };
  }
}

async function timed(shell: Shell, options: ReadOptions, taken: number): Promise<Line | undefined> {
  const reading = readLine(shell.process, options.fd, {
    delimiter: options.exact ? '\0' : options.delimiter,
    limit: options.limit === undefined ? undefined : options.limit - taken,
    escapes: !options.raw,
  });
  if (options.timeout === undefined) return reading;
  const late = shell.process.sleep(options.timeout * 1000).then(() => undefined);
  return Promise.race([reading, late]);
}

/** Adds a line; true when it ended in a backslash, so that the next one belongs to it. */
function appendCharacters({ text }: Line, options: ReadOptions, into: Character[]): boolean {
  const characters = [...text];
  for (let i = 0; i < characters.length; i++) {
    const char = characters[i] as string;
    if (char !== '\\' || options.raw) into.push({ char, quoted: false });
    else if (i === characters.length - 1) return true;
    else if (characters[++i] !== '\n') into.push({ char: characters[i] as string, quoted: true });
  }
  return false;
}

function store(shell: Shell, options: ReadOptions, characters: readonly Character[]): void {
  const whole = (): string => characters.map(({ char }) => char).join('');
  if (options.array !== undefined) {
    if (shell.state.variables.get(options.array)?.keyed !== undefined)
      throw new ShellError(`read: ${options.array}: not an indexed array`, { scope: 'command' });
    const fields = splitCharacters(shell, characters, Number.POSITIVE_INFINITY);
    return assignList(shell, options.array, fields);
  }
  if (options.names.length === 0) return assign(shell, 'REPLY', whole());
  if (options.exact) {
    for (const [i, name] of options.names.entries()) assign(shell, name, i === 0 ? whole() : '');
    return;
  }
  const fields = splitCharacters(shell, characters, options.names.length);
  for (const [i, name] of options.names.entries()) assign(shell, name, fields[i] ?? '');
}

/** At most `most` fields; the last one is the rest of the line, its outer blanks gone. */
function splitCharacters(shell: Shell, characters: readonly Character[], most: number): string[] {
  const ifs = shell.state.variables.scalar('IFS') ?? ' \t\n';
  const blank = (item: Character | undefined): boolean =>
    item !== undefined && !item.quoted && ' \t\n'.includes(item.char) && ifs.includes(item.char);
  const separator = (item: Character | undefined): boolean =>
    item !== undefined && !item.quoted && ifs.includes(item.char);
  const fields: string[] = [];
  let at = 0;
  while (blank(characters[at])) at++;
  while (at < characters.length) {
    const start = at;
    while (at < characters.length && !separator(characters[at])) at++;
    let next = at;
    while (blank(characters[next])) next++;
    if (separator(characters[next])) next++;
    while (blank(characters[next])) next++;
    if (fields.length === most - 1 && next < characters.length) {
      fields.push(rest(characters.slice(start), blank));
      return fields;
    }
    fields.push(
      characters
        .slice(start, at)
        .map(({ char }) => char)
        .join(''),
    );
    at = next;
  }
  return fields;
}

function rest(characters: readonly Character[], blank: (item: Character | undefined) => boolean): string {
  let end = characters.length;
  while (end > 0 && blank(characters[end - 1])) end--;
  return characters
    .slice(0, end)
    .map(({ char }) => char)
    .join('');
}
