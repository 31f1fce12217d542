// vi at a terminal: keys in, frames out, and what the editor asks for: files written and read, other programs run.

import { isFsError, strerror } from '../../fs/errno.ts';
import type { Process } from '../../fs/process.ts';
import { attempt } from '../attempt.ts';
import { FullScreen } from '../full-screen.ts';
import { readAll } from '../input.ts';
import { runProgram } from '../run-program.ts';
import { toBytes, toText } from '../text.ts';
import { fitWindow, frameOf, type StatusLine } from './frame.ts';
import { pipeThrough } from './pipe-through.ts';
import { press } from './press.ts';
import { failure, type Request, startVi, tell, type Vi } from './state.ts';
import { SwapFile } from './swap-file.ts';
import { NO_LINES, spliceRows } from './text.ts';
import { changedFrom } from './undo.ts';

/** What differs between vim and busybox. */
export interface Manner {
  readonly status: StatusLine;
  readonly write: (process: Process, path: string, bytes: Uint8Array) => Promise<void>;
  readonly swap: boolean;
  readonly opened: (path: string, lines: number, bytes: number, about: string) => string;
  readonly written: (path: string, lines: number, bytes: number, about: string) => string;
}

interface Loaded {
  readonly lines: readonly string[];
  readonly message: { readonly text: string; readonly error: boolean };
  readonly readonly: boolean;
}

export class EditSession {
  readonly #process: Process;
  readonly #manner: Manner;
  readonly #screen: FullScreen;
  #vi: Vi = startVi([]);
  #swap: SwapFile | undefined;
  /** Set once the editor is to end. */
  #status: number | undefined;

  constructor(process: Process, manner: Manner) {
    this.#process = process;
    this.#manner = manner;
    this.#screen = new FullScreen(process);
  }

  /** Edits until the end; `commands` are colon commands to begin with. */
  async run(path: string, options: { readonly: boolean; commands: readonly string[] }): Promise<number> {
    // Ctrl-C is a key, except while another program has the terminal: and then it is that one's.
    this.#process.onSignal('SIGINT', () => {});
    await this.#open(path);
    if (options.readonly) this.#vi = { ...this.#vi, settings: { ...this.#vi.settings, readonly: true } };
    await this.#screen.enter();
    try {
      for (const command of options.commands) await this.#type([':', ...command, '\r']);
      await this.#draw();
      while (this.#status === undefined) {
        const keys = await this.#screen.keys();
        if (keys === 'closed') return 1;
        if (keys !== 'resized') await this.#type(keys);
        await this.#draw();
      }
      return this.#status;
    } finally {
      this.#swap?.remove();
      await this.#screen.leave();
    }
  }

  async #type(keys: Iterable<string>): Promise<void> {
    for (const key of keys) {
      if (this.#status !== undefined) return;
      // Enter only takes a message of several lines away.
      const covered = this.#vi.message.text.includes('\n');
      if (covered && (key === '\r' || key === ' ' || key === '\n')) {
        this.#vi = tell(this.#vi, '');
        continue;
      }
      this.#vi = press(this.#fitted(), key);
      if (this.#vi.request !== undefined) await this.#obey(this.#vi.request);
    }
  }

  #fitted(): Vi {
    const now = Number(this.#process.kernel.clock.now() / 1_000_000_000n);
    return fitWindow({ ...this.#vi, now }, this.#screen.columns, this.#screen.rows);
  }

  async #draw(): Promise<void> {
    if (this.#status !== undefined) return;
    const { columns, rows } = this.#screen;
    this.#vi = this.#fitted();
    await this.#screen.draw(frameOf(this.#vi, columns, rows, this.#manner.status));
  }

  async #obey(request: Request): Promise<void> {
    this.#vi = { ...this.#vi, request: undefined };
    try {
      await this.#carryOut(request);
    } catch (error) {
      if (!isFsError(error)) throw error;
      this.#vi = failure(this.#vi, `${error.path === '' ? '' : `"${error.path}" `}${strerror(error.code)}`);
    }
  }

  async #carryOut(request: Request): Promise<void> {
    if (request.kind === 'quit') this.#status = request.status;
    else if (request.kind === 'write') await this.#write(request);
    else if (request.kind === 'edit') await this.#open(request.path ?? this.#vi.file);
    else if (request.kind === 'read') await this.#read(request.path, request.row);
    else if (request.kind === 'read-command')
      this.#insert(await this.#output(request.command, ''), request.row);
    else if (request.kind === 'filter') await this.#filter(request.command, request.rows, request.replace);
    else if (request.kind === 'run') await this.#run(request.command);
    else if (request.kind === 'suspend') await this.#suspend();
    else this.#screen.forget();
  }

  async #open(path: string): Promise<void> {
    const again = path === this.#vi.file && path !== '';
    const loaded = path === '' ? undefined : await this.#load(path);
    if (!again) {
      this.#swap?.remove();
      const made = this.#manner.swap && path !== '' ? SwapFile.create(this.#process, path) : {};
      this.#swap = made.swap;
      if (made.found !== undefined) this.#warnOfSwap(made.found);
    }
    const fresh = startVi(loaded?.lines ?? [], path);
    const { registers, pattern, substitution, history, settings, cursor } = this.#vi;
    this.#vi = {
      ...fresh,
      registers,
      pattern,
      substitution,
      history,
      historyAt: history.length,
      settings: { ...settings, readonly: loaded?.readonly ?? false },
      message: this.#vi.message.text.startsWith('E325')
        ? this.#vi.message
        : (loaded?.message ?? fresh.message),
      cursor: again ? { row: Math.min(cursor.row, fresh.lines.length - 1), col: 0 } : fresh.cursor,
    };
  }

  #warnOfSwap(found: string): void {
    const text = `E325: ATTENTION\nFound a swap file by the name "${found}"\nAnother program may be editing the same file, or one was interrupted.`;
    this.#vi = { ...this.#vi, message: { text, error: true } };
  }

  async #load(path: string): Promise<Loaded> {
    const none = { lines: [], readonly: false };
    const stat = this.#process.tryStat(path);
    const opened = attempt(() => this.#process.open(path, 0));
    if (opened.error) {
      if (opened.error.code === 'ENOENT') {
        return { ...none, message: { text: this.#manner.opened(path, 0, 0, '[New]'), error: false } };
      }
      return { ...none, message: { text: `"${path}" [${deniedWords(opened.error.code)}]`, error: false } };
    }
    if (stat?.kind === 'directory') {
      this.#process.close(opened.value);
      return { ...none, message: { text: `"${path}" is a directory`, error: true } };
    }
    const bytes = await readAll(this.#process, opened.value);
    this.#process.close(opened.value);
    const text = toText(bytes);
    const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
    const readonly = attempt(() => this.#process.access(path, 2)).error !== undefined;
    const about =
      `${readonly ? '[readonly] ' : ''}${text !== '' && !text.endsWith('\n') ? '[noeol] ' : ''}`.trim();
    const message = { text: this.#manner.opened(path, lines.length, bytes.length, about), error: false };
    return { lines, message, readonly };
  }

  async #write(request: Request & { kind: 'write' }): Promise<void> {
    const path = request.path ?? this.#vi.file;
    const old = this.#process.tryStat(path);
    if (old?.kind === 'directory') {
      this.#vi = failure(this.#vi, `E17: "${path}" is a directory`);
      return;
    }
    if (old && request.path !== undefined && path !== this.#vi.file && !request.force && !request.append) {
      this.#vi = failure(this.#vi, 'E13: File exists (add ! to override)');
      return;
    }
    const lines = request.rows ? this.#vi.lines.slice(request.rows[0], request.rows[1] + 1) : this.#vi.lines;
    const empty = lines === NO_LINES;
    const bytes = toBytes(empty ? '' : `${lines.join('\n')}\n`);
    this.#swap?.preserve();
    try {
      if (request.append) await this.#append(path, bytes, request.force);
      else await this.#manner.write(this.#process, path, bytes);
    } catch (error) {
      if (!isFsError(error)) throw error;
      const why = error.code === 'EROFS' || error.code === 'ENOSPC' ? ` (${strerror(error.code)})` : '';
      this.#vi = failure(this.#vi, `"${path}" E212: Can't open file for writing${why}`);
      return;
    }
    const about = old === undefined ? '[New]' : '';
    const text = this.#manner.written(path, empty ? 0 : lines.length, bytes.length, about);
    const named = this.#vi.file === '' ? { ...this.#vi, file: path } : this.#vi;
    const whole = request.rows === undefined && path === named.file && !request.append;
    this.#vi = tell(
      whole ? { ...named, saved: named.lines } : named,
      request.append ? text.replace(/written$/, 'appended') : text,
    );
    if (request.quit) this.#status = 0;
  }

  async #append(path: string, bytes: Uint8Array, force: boolean): Promise<void> {
    const fd = this.#process.open(path, O_APPEND | (force ? O_CREATE : 0), 0o666);
    await this.#process.write(fd, bytes);
    this.#process.close(fd);
  }

  async #read(path: string, row: number): Promise<void> {
    const opened = attempt(() => this.#process.open(path, 0));
    if (opened.error) {
      this.#vi = failure(this.#vi, `E484: Can't open file ${path}`);
      return;
    }
    const bytes = await readAll(this.#process, opened.value);
    this.#process.close(opened.value);
    const lines = this.#insert(toText(bytes), row);
    this.#vi = tell(this.#vi, this.#manner.opened(path, lines, bytes.length, ''));
  }

  /** Puts a text's lines below a row, as one step of undo. */
  #insert(text: string, row: number): number {
    if (text === '') return 0;
    const put = text.replace(/\n$/, '').split('\n');
    this.#change(spliceRows(this.#vi.lines, row + 1, row, put), row + 1);
    return put.length;
  }

  #change(lines: readonly string[], row: number): void {
    const place = { row: Math.max(0, Math.min(row, lines.length - 1)), col: 0 };
    this.#vi = { ...changedFrom(this.#vi, this.#vi), lines, cursor: place, rest: { lines, cursor: place } };
  }

  async #filter(command: string, [from, to]: readonly [number, number], replace: boolean): Promise<void> {
    const text = `${this.#vi.lines.slice(from, to + 1).join('\n')}\n`;
    const output = await this.#output(command, text);
    if (!replace) {
      this.#vi = tell(this.#vi, `:w !${command}\n${output.replace(/\n$/, '')}`);
      return;
    }
    const put = output === '' ? [] : output.replace(/\n$/, '').split('\n');
    this.#change(spliceRows(this.#vi.lines, from, to, put), from);
    if (to - from > 1) this.#vi = tell(this.#vi, `${to - from + 1} lines filtered`);
  }

  #output(command: string, input: string): Promise<string> {
    return pipeThrough(this.#process, this.#shell(command), input);
  }

  #shell(command: string): readonly string[] {
    return [this.#process.env.get('SHELL') ?? '/bin/sh', '-c', command];
  }

  /** Another program has the terminal, as if vi were not there, until a key is pressed. */
  async #run(command: string): Promise<void> {
    await this.#screen.leave();
    const say = (text: string): number | Promise<number> => this.#process.write(1, toBytes(text));
    await say(this.#vi.lines === this.#vi.saved ? '\n' : '\n[No write since last change]\n');
    try {
      const status = await runProgram(this.#process, this.#shell(command));
      if (status !== 0) await say(`\nshell returned ${status}\n`);
    } catch (error) {
      if (!isFsError(error)) throw error;
      await say(`\nCannot execute shell ${this.#shell('')[0]}\n`);
    }
    await say('\nPress ENTER or type command to continue');
    const restore = this.#process.tty(0)?.makeRaw();
    const keys = await this.#screen.keys();
    restore?.();
    await say('\n');
    await this.#screen.enter();
    this.#vi = tell(this.#vi, '');
    if (keys[0] === ':') await this.#type([':']);
  }

  async #suspend(): Promise<void> {
    await this.#screen.leave();
    this.#process.raise('SIGTSTP');
    await this.#process.breathe();
    await this.#screen.enter();
  }
}

const O_APPEND = 0o2001;
const O_CREATE = 0o100;

const deniedWords = (code: string): string => (code === 'EACCES' ? 'Permission Denied' : 'Error');
