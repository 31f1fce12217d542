// Redirections, in order, on the process's real descriptors; undone afterwards for builtins and groups.

import { isFsError } from '../fs/errno.ts';
import { encodeName } from '../fs/name.ts';
import { O } from '../fs/open-flags.ts';
import { assign, elementOf } from './assign.ts';
import { expandHereDocument, expandString, expandWords } from './expand/index.ts';
import { ended, type Outcome } from './outcome.ts';
import { redirectFailure } from './redirect-failure.ts';
import type { Shell } from './shell.ts';
import { ShellError } from './shell-error.ts';
import { forkShell } from './subshell.ts';
import type { HereDoc, Redirection, Word } from './syntax.ts';

/** What descriptors were before: where the old one is kept, or undefined when it was closed. */
export class Redirected {
  readonly #shell: Shell;
  readonly #before = new Map<number, number | undefined>();

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  /** Remembers `fd` before it changes for the first time. */
  keep(fd: number): void {
    if (this.#before.has(fd)) return;
    try {
      const aside = setAside(this.#shell, fd);
      this.#shell.process.setCloseOnExec(aside, true);
      this.#shell.keptAside.add(aside);
      this.#before.set(fd, aside);
    } catch (error) {
      if (!isFsError(error)) throw error;
      this.#before.set(fd, undefined);
    }
  }

  undo(): void {
    const { process } = this.#shell;
    for (const [fd, aside] of [...this.#before].reverse()) {
      if (aside === undefined) {
        closeQuietly(this.#shell, fd);
        continue;
      }
      process.dup2(aside, fd);
      this.#drop(aside);
    }
    this.#before.clear();
  }

  /** After the command: a subshell of bash that it ends keeps them for its EXIT trap. */
  finish({ leave }: Outcome): void {
    const { dialect, subshellLevel } = this.#shell;
    if (dialect !== 'bash' || subshellLevel === 0 || (leave?.kind !== 'exit' && leave?.kind !== 'abandon'))
      this.undo();
  }

  /** Keeps the redirections for good, as `exec` does. */
  commit(): void {
    for (const aside of this.#before.values()) if (aside !== undefined) this.#drop(aside);
    this.#before.clear();
  }

  #drop(aside: number): void {
    this.#shell.keptAside.delete(aside);
    closeQuietly(this.#shell, aside);
  }
}

/** A descriptor out of the way of scripts; where `ulimit -n` leaves none from 10 on, dash gives up. */
function setAside({ process, dialect }: Shell, fd: number): number {
  if (process.limits.nofile.soft > 10) return process.dup(fd, 10);
  if (dialect === 'dash') throw new ShellError(`${fd}: Invalid argument`, { status: 2, scope: 'command' });
  return process.dup(fd, 3);
}

function closeQuietly(shell: Shell, fd: number): void {
  try {
    shell.process.close(fd);
  } catch (error) {
    if (!isFsError(error)) throw error;
  }
}

/**
 * The redirections of a command that runs in a process of its own: bash expands them there, so that only that ends by
 * an error, and what they assign is gone with it.
 */
export async function redirectChild(shell: Shell, redirections: readonly Redirection[]): Promise<Redirected> {
  if (shell.dialect !== 'bash') return redirect(shell, redirections);
  const { state } = shell;
  const { variables, randomSeed } = state;
  if (redirections.some(mayAssign)) state.variables = variables.clone();
  try {
    return await redirect(shell, redirections);
  } catch (error) {
    throw error instanceof ShellError ? error.ending('command') : error;
  } finally {
    state.variables = variables;
    state.randomSeed = randomSeed;
  }
}

/** `${x=}`, `$((x=1))`, `$((x++))`, `{fd}<`, and $RANDOM, which another number follows. */
function mayAssign(redirection: Redirection): boolean {
  const text = redirection.type === 'HereDoc' ? redirection.body.text : redirection.target?.text;
  return (
    redirection.descriptor?.type === 'FileDescriptorVariable' ||
    (text !== undefined && /\$.*(?:=|\+\+|--|RANDOM)/s.test(text))
  );
}

/** Does the redirections in order. On failure undoes them and throws ShellError. */
export async function redirect(shell: Shell, redirections: readonly Redirection[]): Promise<Redirected> {
  const done = new Redirected(shell);
  try {
    for (const redirection of redirections) await redirectOne(shell, redirection, done);
    return done;
  } catch (error) {
    done.undo();
    throw isFsError(error) ? new ShellError(error.message, { scope: 'command' }) : error;
  }
}

async function redirectOne(shell: Shell, redirection: Redirection, done: Redirected): Promise<void> {
  if (redirection.type === 'HereDoc') {
    const text = await hereDocumentText(shell, redirection);
    return place(shell, textReader(shell, text), descriptorOf(shell, redirection, 0), done);
  }
  if (redirection.target === undefined) throw new ShellError('ambiguous redirect', { scope: 'command' });
  if (redirection.type === 'HereString') {
    // Only bash has here-strings.
    if (shell.dialect !== 'bash')
      throw new ShellError('Syntax error: redirection unexpected', { status: 2, scope: 'shell' });
    const text = await expandString(shell, redirection.target);
    return place(shell, textReader(shell, `${text}\n`), descriptorOf(shell, redirection, 0), done);
  }
  const { operator } = redirection;
  const word = await targetOf(shell, redirection.target);
  if (operator === '>&' || operator === '<&') return duplicate(shell, redirection, word, done);
  if (operator === '&>' || operator === '&>>') return openBoth(shell, word, operator === '&>>', done);
  const fd = openTarget(shell, operator, word);
  place(shell, fd, descriptorOf(shell, redirection, operator.startsWith('<') ? 0 : 1), done);
}

// Other shells than bash take what goes wrong inside a here-document for a failed redirection.
async function hereDocumentText(shell: Shell, document: HereDoc): Promise<string> {
  try {
    return await expandHereDocument(shell, document);
  } catch (error) {
    throw error instanceof ShellError && shell.dialect !== 'bash' ? error.ending('command') : error;
  }
}

// A target that expands to other than one word is refused by bash; POSIX shells take it as one string.
async function targetOf(shell: Shell, target: Word): Promise<string> {
  if (shell.dialect !== 'bash' || target.parts === undefined) return expandString(shell, target);
  const words = await expandWords(shell, [target]);
  if (words.length !== 1) throw new ShellError(`${target.text}: ambiguous redirect`, { scope: 'command' });
  return words[0] as string;
}

function descriptorOf(shell: Shell, { descriptor }: Redirection, standard: number): number {
  if (descriptor === undefined) return standard;
  if (descriptor.type === 'FileDescriptor') return descriptor.value;
  const free = shell.process.dup(2, 10);
  shell.process.close(free);
  assign(shell, descriptor.name, String(free));
  return free;
}

/** Moves an open descriptor to where it shall be. */
function place(shell: Shell, from: number, to: number, done: Redirected): void {
  if (from === to) return;
  done.keep(to);
  try {
    shell.process.dup2(from, to);
  } catch (error) {
    throw isFsError(error) ? new ShellError(`${to}: ${error.message}`, { scope: 'command' }) : error;
  } finally {
    shell.process.close(from);
  }
}

type OpenOperator = '>' | '>>' | '<' | '<>' | '>|';

const openFlags: Record<OpenOperator, number> = {
  '<': O.RDONLY,
  '<>': O.RDWR | O.CREAT,
  '>': O.WRONLY | O.CREAT | O.TRUNC,
  '>|': O.WRONLY | O.CREAT | O.TRUNC,
  '>>': O.WRONLY | O.CREAT | O.APPEND,
};

function openTarget(shell: Shell, operator: OpenOperator, path: string): number {
  const { process } = shell;
  try {
    if (operator === '>' && shell.state.has('noclobber')) {
      const existing = process.tryStat(path);
      if (existing?.kind === 'file') throw cannotOverwrite(shell, path);
      if (existing === undefined) return process.open(path, openFlags['>'] | O.EXCL, 0o666);
    }
    return process.open(path, openFlags[operator], 0o666);
  } catch (error) {
    if (error instanceof ShellError) throw error;
    throw redirectFailure(shell, error, path, operator === '<' ? 'open' : 'create');
  }
}

function cannotOverwrite(shell: Shell, path: string): ShellError {
  if (shell.dialect === 'bash')
    return new ShellError(`${path}: cannot overwrite existing file`, { scope: 'command' });
  const status = shell.dialect === 'ash' ? 1 : 2;
  return new ShellError(`cannot create ${path}: File exists`, { status, scope: 'command' });
}

function openBoth(shell: Shell, path: string, append: boolean, done: Redirected): void {
  place(shell, openTarget(shell, append ? '>>' : '>', path), 1, done);
  done.keep(2);
  shell.process.dup2(1, 2);
}

// n>&m, n>&-, n>&m- (bash), and bash's >&file.
function duplicate(
  shell: Shell,
  redirection: Extract<Redirection, { type: 'Redirect' }>,
  word: string,
  done: Redirected,
): void {
  const standard = redirection.operator === '<&' ? 0 : 1;
  const isNumber = /^\d+-?$/.test(word);
  if (!isNumber && word !== '-') {
    if (redirection.operator === '>&' && redirection.descriptor === undefined && shell.dialect !== 'dash')
      return openBoth(shell, word, false, done);
    throw badDescriptor(shell, word);
  }
  const to =
    word === '-' && redirection.descriptor?.type === 'FileDescriptorVariable'
      ? variableDescriptor(shell, redirection.descriptor.name)
      : descriptorOf(shell, redirection, standard);
  if (word === '-') {
    done.keep(to);
    return closeQuietly(shell, to);
  }
  const from = Number.parseInt(word, 10);
  try {
    shell.process.fstat(from);
  } catch (error) {
    if (!isFsError(error)) throw error;
    throw new ShellError(`${from}: ${error.message}`, {
      status: shell.dialect === 'dash' ? 2 : 1,
      scope: 'command',
    });
  }
  if (from !== to) {
    done.keep(to);
    shell.process.dup2(from, to);
  }
  if (word.endsWith('-')) {
    done.keep(from);
    closeQuietly(shell, from);
  }
}

function variableDescriptor(shell: Shell, text: string): number {
  const [, name = '', subscript] = /^(\w+)(?:\[(.*)\])?$/s.exec(text) ?? [];
  return Number.parseInt(elementOf(shell, name, subscript) ?? '-1', 10);
}

function badDescriptor(shell: Shell, word: string): ShellError {
  return shell.dialect === 'bash'
    ? new ShellError(`${word}: ambiguous redirect`, { scope: 'command' })
    : new ShellError('Syntax error: Bad fd number', { status: 2 });
}

const PIPE_SIZE = 65_536;

/** A descriptor from which `text` can be read: a pipe, with a writer behind it when the text is long. */
function textReader(shell: Shell, text: string): number {
  const { process } = shell;
  const bytes = encodeName(text);
  const [reader, writer] = process.pipe();
  if (bytes.length <= PIPE_SIZE) process.write(writer, bytes);
  else
    forkShell(shell, async (sub) => {
      sub.process.onSignal('SIGPIPE', 'default');
      sub.process.close(reader);
      await sub.process.write(writer, bytes);
      return ended(0);
    });
  process.close(writer);
  return reader;
}
