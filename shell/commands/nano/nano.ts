// nano: the small editor. It writes in place: open with O_TRUNC, write, fsync.

import { isFsError, strerror } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import { attempt } from '../attempt.ts';
import type { Command } from '../command.ts';
import { FullScreen } from '../full-screen.ts';
import { readAll } from '../input.ts';
import { printHelp } from '../options.ts';
import { Output } from '../output.ts';
import { toBytes, toText } from '../text.ts';
import { NO_LINES, within } from '../vi/text.ts';
import { insertLines } from './edit.ts';
import { fitNano, nanoFrame } from './frame.ts';
import { pressNano } from './press.ts';
import { type Nano, type Request, startNano, tell } from './state.ts';

const WELCOME = 'Welcome to nano.  For basic help, type Ctrl+G.';

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
const counted = (verb: string, count: number): string => `${verb} ${count} line${count === 1 ? '' : 's'}`;

const readLines = async (process: Process, path: string): Promise<string[]> => {
  const fd = process.open(path, O.RDONLY);
  const bytes = await readAll(process, fd);
  process.close(fd);
  return linesOf(toText(bytes));
};

const load = async (process: Process, path: string): Promise<Nano> => {
  const stat = path === '' ? undefined : process.tryStat(path);
  if (stat?.kind === 'directory') return tell(startNano([], ''), `"${path}" is a directory`);
  if (stat === undefined) return tell(startNano([], path), path === '' ? WELCOME : 'New File');
  try {
    const lines = await readLines(process, path);
    const unwritable = attempt(() => process.access(path, 2)).error !== undefined;
    const message = counted('Read', lines.length) + (unwritable ? ` -- '${path}' is unwritable` : '');
    // Behind the last newline there is a line to type on.
    return tell(startNano(lines.length === 0 ? [] : [...lines, ''], path), message);
  } catch (error) {
    if (!isFsError(error)) throw error;
    return tell(startNano([], path), `Error reading ${path}: ${strerror(error.code)}`);
  }
};

const save = async (process: Process, nano: Nano, path: string): Promise<Nano> => {
  const empty = nano.lines === NO_LINES || (nano.lines.length === 1 && nano.lines[0] === '');
  // A text's last line without a newline gets one; an empty last line is that newline already.
  const lines = nano.lines.at(-1) === '' ? nano.lines.slice(0, -1) : nano.lines;
  try {
    const fd = process.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
    if (!empty) await process.write(fd, toBytes(`${lines.join('\n')}\n`));
    process.fsync(fd);
    process.close(fd);
    const written = { ...nano, file: path, saved: nano.lines, exiting: false };
    return tell(written, counted('Wrote', empty ? 0 : lines.length));
  } catch (error) {
    if (!isFsError(error)) throw error;
    const kept = { ...nano, request: undefined, exiting: false };
    return tell(kept, `Error writing ${path}: ${strerror(error.code)}`);
  }
};

/** Escape and a key that follows at once are that key with Alt. */
const withAlt = (keys: readonly string[]): string[] => {
  const joined: string[] = [];
  for (let at = 0; at < keys.length; at++) {
    const next = keys[at + 1];
    if (keys[at] === '\x1b' && next !== undefined) {
      joined.push(`M-${next.toLowerCase()}`);
      at++;
    } else joined.push(keys[at] as string);
  }
  return joined;
};

/** What to ask before a text goes into another file than its own. */
const doubt = (
  process: Process,
  file: string,
  { path, sure }: Extract<Request, { kind: 'write' }>,
): 'different?' | 'overwrite?' | undefined => {
  if (path === file || sure === 'all') return undefined;
  if (file !== '' && sure === undefined) return 'different?';
  return process.tryStat(path) === undefined ? undefined : 'overwrite?';
};

const obey = async (process: Process, nano: Nano, request: Request): Promise<Nano | 'exit'> => {
  if (request.kind === 'exit') return 'exit';
  if (request.kind === 'insert') {
    try {
      return insertLines(nano, await readLines(process, request.path));
    } catch (error) {
      if (!isFsError(error)) throw error;
      return tell(nano, `File "${request.path}" not found`);
    }
  }
  const question = doubt(process, nano.file, request);
  if (question !== undefined) return { ...nano, prompt: { kind: question, text: '', path: request.path } };
  const saved = await save(process, nano, request.path);
  return request.exit && saved.lines === saved.saved ? 'exit' : saved;
};

const edit = async (process: Process, screen: FullScreen, begun: Nano): Promise<number> => {
  let nano = begun;
  for (;;) {
    nano = fitNano(nano, screen.rows);
    await screen.draw(nanoFrame(nano, screen.columns, screen.rows));
    const keys = await screen.keys();
    if (keys === 'closed') return 1;
    for (const key of keys === 'resized' ? [] : withAlt(keys)) {
      nano = pressNano(nano, key, screen.columns);
      if (nano.request === undefined) continue;
      const done = await obey(process, nano, nano.request);
      if (done === 'exit') return 0;
      nano = { ...done, request: undefined };
    }
  }
};

export const nano: Command = {
  name: 'nano',
  help: `Usage: nano [OPTION]... [+LINE[,COLUMN]] [FILE]
Edit a text on the whole screen.

  -v, --view   read only

  Ctrl-O  write         Ctrl-X  leave          Ctrl-W  search
  Ctrl-K  cut a line    Ctrl-U  paste          Alt-U   undo, Alt-E redo
`,
  run: async (process, argv) => {
    const words = argv.slice(1);
    const out = new Output(process);
    if (words.includes('--help') || words.includes('-h')) return printHelp(out, nano);
    if (process.tty(0) === undefined || process.tty(1) === undefined) {
      await out.errorText('Standard input is not a terminal\n');
      return 1;
    }
    const position = words.find((word) => /^\+\d/.test(word))?.slice(1);
    const path = words.find((word) => !/^[-+]/.test(word)) ?? '';
    process.onSignal('SIGINT', () => {});
    const loaded = await load(process, path);
    const [row = 1, col = 1] = (position ?? '1,1').split(',').map(Number);
    const cursor = within(loaded.lines, { row: row - 1, col: col - 1 }, true);
    const readonly = words.includes('-v') || words.includes('--view');
    const screen = new FullScreen(process);
    await screen.enter();
    try {
      return await edit(process, screen, { ...loaded, cursor, readonly, view: 'centre' });
    } finally {
      await screen.leave();
    }
  },
};
