// The interactive shell: prompt, line, run, and again, on the terminal it was started from.

import { loading } from '../fs/loading.ts';
import { encodeName } from '../fs/name.ts';
import { O } from '../fs/open-flags.ts';
import type { Tty } from '../fs/tty.ts';
import { parseFor } from './dialect.ts';
import { LineReader, type Read } from './editor/reader.ts';
import { wordAt } from './editor/word.ts';
import { readTextFile } from './files.ts';
import { wholeEntry, withNextLine } from './history-entry.ts';
import { expandHistory } from './history-expansion.ts';
import { historyFile, readHistory, writeHistory } from './history-file.ts';
import { jobLine } from './job-line.ts';
import type { Outcome } from './outcome.ts';
import { promptText } from './prompt.ts';
import { promptBoard } from './prompt-board.ts';
import type { Shell } from './shell.ts';
import { runSource } from './source.ts';
import { runStream } from './stream.ts';
import { isIncomplete } from './syntax.ts';
import { elementsOf } from './variables.ts';

const HISTORY_LIMIT = 1000;

/** Runs until `exit` or Ctrl-D; gives the status to exit with. */
export async function runInteractive(shell: Shell): Promise<Outcome | number> {
  const tty = shell.process.tty(0);
  if (tty === undefined) return runStream(shell);
  const { process } = shell;
  const board = promptBoard(process.kernel);
  const former = tty.foreground;
  tty.foreground = process.group;
  shell.traps.installInteractive();
  process.onSignal('SIGWINCH', () => {});
  await readKeys(shell);
  await readStartFiles(shell);
  loadHistory(shell);
  board.enter(shell);
  try {
    const status = await promptLoop(shell, tty);
    board.tell({ kind: 'exit', process, status });
    return status;
  } finally {
    board.leave(shell);
    tty.foreground = former;
    saveHistory(shell);
  }
}

async function promptLoop(shell: Shell, tty: Tty): Promise<number> {
  const reader = new LineReader(shell, tty);
  for (;;) {
    await tellJobs(shell);
    shell.interrupted = false;
    shell.restored = false;
    await runPromptCommand(shell);
    if (shell.exiting !== undefined) return shell.exiting;
    const command = await readCommand(shell, reader);
    if (command === 'end-of-file') {
      await shell.write(2, shell.dialect === 'bash' ? 'exit\n' : '\n');
      return shell.state.status;
    }
    if (command === 'restored') continue;
    if (command === 'interrupt') {
      shell.state.status = 130;
      continue;
    }
    if (command.text === '') continue;
    const ended = await runCommandText(shell, command);
    if (ended !== undefined) return ended;
    if (command.cut) {
      await shell.write(2, 'exit\n');
      return shell.state.status;
    }
  }
}

/** PROMPT_COMMAND, or each element of it, before a prompt; `$?` stays what the command left. */
async function runPromptCommand(shell: Shell): Promise<void> {
  const { state } = shell;
  const commands = shell.dialect === 'bash' ? elementsOf(state.variables.get('PROMPT_COMMAND')) : [];
  for (const command of commands) {
    const { status, pipeStatus, lastArgument } = state;
    const outcome = await runSource(shell, command, { command: 'PROMPT_COMMAND' });
    if (outcome.leave?.kind === 'exit') shell.exiting = outcome.status;
    Object.assign(state, { status, pipeStatus, lastArgument });
  }
}

interface Typed {
  readonly text: string;
  /** What the history keeps of it. */
  readonly entry: string;
  /** The end of the input came before its own. */
  readonly cut?: boolean;
}

const NOTHING: Typed = { text: '', entry: '' };

/** A whole command: more lines are asked for with PS2 while it is unfinished. */
async function readCommand(
  shell: Shell,
  reader: LineReader,
): Promise<Typed | 'end-of-file' | 'interrupt' | 'restored'> {
  let typed = NOTHING;
  for (;;) {
    const { text } = typed;
    const continued = text !== '';
    const read = await readLine(shell, reader, typed);
    if (read.kind === 'end-of-file') {
      if (!continued) return 'end-of-file';
      return { ...typed, cut: shell.dialect === 'bash' && openQuote(text) === '' };
    }
    if (read.kind === 'edit') return editedCommand(shell, read.text);
    if (read.kind !== 'line') return read.kind;
    const line = await expandTyped(shell, read.text, text);
    if (line === undefined) return NOTHING;
    typed = continued
      ? { text: `${text}\n${line}`, entry: entryWith(shell, typed.entry, line) }
      : { text: line, entry: line };
    if (!(await isUnfinished(shell, `${typed.text}\n`)) && !/(^|[^\\])(\\\\)*\\$/.test(typed.text))
      return { ...typed, entry: wholeEntry(typed.entry) };
    if (read.text === '' && !continued) return NOTHING;
  }
}

/** More lines could complete the text; a [[ ]] that bash cannot read is wrong at once. */
async function isUnfinished(shell: Shell, text: string): Promise<boolean> {
  const { parsed } = parseFor(shell, text);
  if (!isIncomplete(parsed) || shell.dialect !== 'bash' || !text.includes('[[')) return isIncomplete(parsed);
  const { conditionFault } = await loading(import('./condition-fault.ts'));
  return conditionFault(parsed)?.open ?? true;
}

/** One line: of those that came at once, as in a paste, each is read for itself, without a prompt of its own. */
async function readLine(shell: Shell, reader: LineReader, { text, entry }: Typed): Promise<Read> {
  const { variables } = shell.state;
  const continued = text !== '';
  const waiting = reader.waiting.shift();
  const prompt =
    waiting === undefined ? await promptText(shell, variables.scalar(continued ? 'PS2' : 'PS1') ?? '') : '';
  promptBoard(shell.process.kernel).tell({ kind: 'prompt', process: shell.process, continued });
  if (waiting !== undefined) return { kind: 'line', text: waiting };
  const read = await reader.read(prompt, entry);
  if (read.kind !== 'line' || !read.text.includes('\n')) return read;
  const [first = '', ...rest] = read.text.replace(/\n$/, '').split('\n');
  reader.waiting = rest;
  return { kind: 'line', text: first };
}

const entryWith = ({ state }: Shell, entry: string, line: string): string =>
  state.shopted('cmdhist') && !state.shopted('lithist') ? withNextLine(entry, line) : `${entry}\n${line}`;

/** C-x C-e: the line as an editor leaves it. */
async function editedCommand(shell: Shell, line: string): Promise<Typed> {
  const { process } = shell;
  const path = `/tmp/bash-fc.${shell.randomNumber().toString(36)}`;
  const fd = process.open(path, O.WRONLY | O.CREAT | O.EXCL, 0o600);
  await process.write(fd, encodeName(`${line}\n`));
  process.close(fd);
  const outcome = await runSource(shell, `\${VISUAL:-\${EDITOR:-vi}} ${path}`, { command: 'fc' });
  const text = readTextFile(process, path)?.replace(/\n+$/, '') ?? '';
  process.unlink(path);
  if (outcome.status !== 0) return NOTHING;
  if (text !== '') await shell.write(2, `${text}\n`);
  return { text, entry: text };
}

/** Runs it; a status when the shell is to end. */
async function runCommandText(shell: Shell, { text, entry }: Typed): Promise<number | undefined> {
  const { process } = shell;
  const board = promptBoard(process.kernel);
  const remembered = remember(shell, entry);
  if (text.trim() === '') return undefined;
  board.tell({ kind: 'begin', process, line: text, remembered });
  const outcome = await runSource(shell, text);
  if (shell.restored) return undefined;
  if (outcome.leave?.kind === 'abandon') {
    shell.state.status = outcome.status;
    if (shell.interrupted) await shell.write(2, '\n');
  }
  board.tell({ kind: 'end', process, status: shell.state.status });
  return outcome.leave?.kind === 'exit' ? outcome.status : undefined;
}

/** A typed line with its history expansions; bash shows what it made of them. Undefined when nothing is to run. */
async function expandTyped(shell: Shell, line: string, before: string): Promise<string | undefined> {
  const { state } = shell;
  if (shell.dialect !== 'bash' || !/[!^]/.test(line) || !state.has('histexpand')) return line;
  const expansion = expandHistory(line, state.history, state.substitution, openQuote(before));
  if ('problem' in expansion) {
    await shell.complain(expansion.problem);
    return undefined;
  }
  if (expansion.changed) await shell.write(2, `${expansion.text}\n`);
  if (!expansion.printOnly) return expansion.text;
  remember(shell, expansion.text);
  return undefined;
}

/** The quotation mark that a text leaves open. */
const openQuote = (text: string): '' | '"' | "'" => wordAt(text).quote;

/** False when HISTCONTROL says otherwise. */
function remember(shell: Shell, command: string): boolean {
  const { state } = shell;
  const control = state.variables.scalar('HISTCONTROL') ?? '';
  if (/ignore(space|both)/.test(control) && command.startsWith(' ')) return false;
  if (/ignore(dups|both)/.test(control) && state.history.at(-1) === command) return false;
  // A new array each time: an editor that holds the old one is not disturbed.
  if (state.history.length > HISTORY_LIMIT) state.historySaved = Math.max(0, state.historySaved - 1);
  state.history = [...state.history.slice(-HISTORY_LIMIT), command];
  return true;
}

async function tellJobs(shell: Shell): Promise<void> {
  // A process that has just been killed gets the time to end.
  if (shell.jobs.list().length > 0) await new Promise((resolve) => setImmediate(resolve));
  for (const job of [...shell.jobs.list()]) {
    if (job.state !== 'done') continue;
    if (!job.told) await shell.write(2, `${jobLine(job, shell.jobs.mark(job), shell.dialect)}\n`);
    shell.jobs.remove(job);
    const pid = job.children.at(-1);
    if (pid !== undefined && job.status !== undefined)
      shell.reaped.set(String(shell.pidOf(pid.process)), job.status.code);
  }
}

/** The keys that a user has made theirs, where there is a file that says so. */
async function readKeys(shell: Shell): Promise<void> {
  const { process, state, dialect } = shell;
  if (dialect !== 'bash') return;
  const files = [
    state.variables.scalar('INPUTRC'),
    `${state.variables.scalar('HOME')}/.inputrc`,
    '/etc/inputrc',
  ];
  if (files.some((path) => path !== undefined && process.tryStat(path) !== undefined))
    (await loading(import('./readline/bind.ts'))).readInitFile(shell);
}

async function readStartFiles(shell: Shell): Promise<void> {
  const home = shell.state.variables.scalar('HOME') ?? '';
  const login =
    shell.dialect === 'bash'
      ? ['/etc/profile', `${home}/.bash_profile`, `${home}/.profile`]
      : ['/etc/profile', `${home}/.profile`];
  const rc = shell.dialect === 'bash' ? ['/etc/bash.bashrc', `${home}/.bashrc`] : [];
  for (const path of shell.login ? login : rc) {
    const text = readTextFile(shell.process, path);
    if (text === undefined) continue;
    shell.calls.push({ name: 'source', file: path, line: shell.line() });
    await runSource(shell, text, { command: path });
    shell.calls.pop();
  }
}

function loadHistory(shell: Shell): void {
  const path = historyFile(shell);
  const commands = path === undefined ? undefined : readHistory(shell, path);
  if (commands === undefined) return;
  shell.state.history = commands.slice(-HISTORY_LIMIT);
  shell.state.historySaved = shell.state.history.length;
}

// bash writes its history when it ends.
function saveHistory(shell: Shell): void {
  const path = historyFile(shell);
  const { history, historySaved } = shell.state;
  if (path === undefined || shell.process.killed !== undefined || history.length === 0) return;
  const append = shell.state.shopted('histappend');
  writeHistory(shell, path, append ? history.slice(historySaved) : history, append);
}
