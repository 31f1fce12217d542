// Reads one line at a terminal: keys in, editor states drawn, until a line is finished.

import { isFsError } from '../../fs/errno.ts';
import { loading } from '../../fs/loading.ts';
import type { Tty } from '../../fs/tty.ts';
import type { Shell } from '../shell.ts';
import { inColumns } from './columns.ts';
import { type Asked, type Editor, type Effect, type Habits, startEditing } from './editor.ts';
import { highlight } from './highlight.ts';
import { type Key, KeyDecoder } from './keys.ts';
import { commandLookup } from './known-commands.ts';
import { argumentPrompt } from './numeric-argument.ts';
import { seekPrompt } from './prefix-search.ts';
import { press } from './press.ts';
import { Renderer } from './renderer.ts';
import { searchPrompt } from './search.ts';
import { suggestion } from './suggestion.ts';

export type Read =
  | { kind: 'line'; text: string }
  /** C-x C-e: the line is to be edited in an editor, then run. */
  | { kind: 'edit'; text: string }
  | { kind: 'end-of-file' | 'interrupt' | 'restored' };

const PASTE_ON = '\x1b[?2004h';
const PASTE_OFF = '\x1b[?2004l';
const CLEAR = '\x1b[H\x1b[2J';
/** From so many candidates on, somebody who asks for all of them is asked back. */
const MANY = 100;

export class LineReader {
  readonly #shell: Shell;
  readonly #tty: Tty;
  readonly #keys = new KeyDecoder();
  #habits: Habits = {};
  /** Gives the terminal back as it was. */
  #cooked: (() => void) | undefined;
  /** Lines that came together with one that was read. */
  waiting: string[] = [];

  constructor(shell: Shell, tty: Tty) {
    this.#shell = shell;
    this.#tty = tty;
  }

  /** Shows the prompt and edits a line; the terminal is raw meanwhile. `unfinished`: the lines of the command before. */
  async read(prompt: string, unfinished = ''): Promise<Read> {
    this.#cooked = this.#tty.makeRaw();
    // A prompt of several lines is drawn once; only its last line is drawn again.
    const head = prompt.slice(0, prompt.lastIndexOf('\n') + 1);
    await this.#write(PASTE_ON + head);
    try {
      return await this.#edit(prompt.slice(head.length), unfinished);
    } finally {
      this.#cooked();
    }
  }

  async #edit(prompt: string, unfinished: string): Promise<Read> {
    const renderer = new Renderer();
    const isPlain = isPlainTerminal(this.#shell);
    const exists = commandLookup(this.#shell);
    const { history } = this.#shell.state;
    const known = unfinished === '' ? history : [...history, unfinished];
    let editor = startEditing(known, { ...this.#habits, suggests: !isPlain });
    let listing = false;
    const draw = (finished = false): Promise<void> =>
      this.#write(
        renderer.draw(
          {
            prompt: promptOf(editor, prompt),
            text: editor.seeking?.text ?? editor.line.text,
            cursor: editor.seeking?.text.length ?? editor.line.cursor,
            styles: isPlain || editor.seeking !== undefined ? [] : highlight(editor.line.text, exists),
            suggestion: finished ? '' : suggestion(editor),
          },
          this.#tty.columns,
        ),
      );
    await draw();
    for (;;) {
      const key = await this.#nextKey(draw);
      if (key === 'closed') return { kind: 'end-of-file' };
      if (key === 'restored') return { kind: 'restored' };
      if ('command' in key && key.command !== undefined) {
        editor = await this.#runBound(editor, key.command, renderer);
        if (this.#shell.exiting !== undefined) return { kind: 'interrupt' };
        await draw();
        continue;
      }
      const step = press(editor, key);
      const { effect } = step;
      const former = editor.line.text;
      editor = step.editor;
      if (isAsked(effect)) {
        await draw(true);
        editor = await this.#answer(editor, effect, listing, renderer);
      }
      listing = effect === 'complete' && editor.line.text === former;
      if (effect === 'bell') await this.#ring();
      if (effect === 'clear-screen') {
        await this.#write(CLEAR);
        renderer.forget();
      }
      const ends = isEnd(effect);
      // Of keys that came together, only what they lead to is drawn.
      if (effect !== 'end-of-file' && (ends || !this.#hasMore())) await draw(ends);
      if (ends) return this.#finish(effect, editor, renderer);
    }
  }

  async #finish(effect: End, editor: Editor, renderer: Renderer): Promise<Read> {
    const { kills, yankAt } = editor.line;
    const next = effect === 'submit-next' ? editor.at + 1 : undefined;
    this.#habits = { kills, yankAt, sought: editor.sought, next };
    if (effect === 'interrupt') await this.#write('^C');
    const interrupted = effect === 'interrupt';
    const goesOn = effect === 'end-of-file' ? '' : renderer.finish(this.#tty.columns, { interrupted });
    await this.#write(`${goesOn}${PASTE_OFF}\r${effect === 'end-of-file' ? '\n' : ''}`);
    if (effect === 'submit' || effect === 'submit-next') return { kind: 'line', text: editor.line.text };
    return effect === 'edit' ? { kind: 'edit', text: editor.line.text } : { kind: effect };
  }

  /** The next key; a resize draws again, an interrupt from outside counts as C-c. */
  async #nextKey(draw: () => Promise<void>): Promise<Key | 'closed' | 'restored'> {
    for (;;) {
      if (this.#shell.restored) return 'restored';
      const queued = this.#queue.shift();
      if (queued !== undefined) return queued;
      try {
        // Byte by byte, as readline does: what is typed behind Enter is for the program that Enter starts.
        const bytes = await this.#shell.process.read(0, 1);
        if (bytes.length === 0) return 'closed';
        this.#queue.push(...(this.#shell.state.keymap?.feed(bytes, this.#keys) ?? this.#keys.feed(bytes)));
      } catch (error) {
        if (!isFsError(error, 'EINTR')) throw error;
        if (this.#shell.restored) return 'restored';
        if (this.#shell.interrupted) {
          this.#shell.interrupted = false;
          return { name: 'C-c' };
        }
        await draw();
      }
    }
  }

  readonly #queue: Key[] = [];

  #hasMore(): boolean {
    return this.#queue.length > 0 || this.#tty.hasInput;
  }

  async #ring(): Promise<void> {
    if (this.#shell.state.keymap?.variables.get('bell-style') !== 'none') await this.#write('\x07');
  }

  get #listsAtOnce(): boolean {
    return this.#shell.state.keymap?.on('show-all-if-ambiguous') ?? false;
  }

  /** A command of bind -x runs on a line of its own, with the terminal as programs expect it. */
  async #runBound(editor: Editor, command: string, renderer: Renderer): Promise<Editor> {
    const { runBoundCommand } = await loading(import('../readline/bound-command.ts'));
    await this.#write(renderer.finish(this.#tty.columns));
    this.#cooked?.();
    try {
      return await runBoundCommand(this.#shell, editor, command);
    } finally {
      this.#cooked = this.#tty.makeRaw();
    }
  }

  async #answer(editor: Editor, asked: Asked, listing: boolean, renderer: Renderer): Promise<Editor> {
    const { answer } = await loading(import('./asked.ts'));
    const { editor: answered, labels } = await answer(
      this.#shell,
      editor,
      asked,
      this.#listsAtOnce ? 'at once' : listing,
    );
    if (labels !== undefined) await this.#list(labels, renderer);
    else if (answered === editor) await this.#ring();
    return answered;
  }

  async #list(labels: readonly string[], renderer: Renderer): Promise<void> {
    const { columns, rows } = this.#tty;
    await this.#write(renderer.finish(columns));
    if (labels.length >= MANY) {
      await this.#write(`Display all ${labels.length} possibilities? (y or n)`);
      const agreed = await this.#agrees();
      await this.#write('\n');
      if (!agreed) return;
    }
    let room = rows - 1;
    for (const line of inColumns(labels, columns)) {
      if (room === 0) room = await this.#more(rows);
      if (room === 0) return;
      await this.#write(`${line}\n`);
      room--;
    }
  }

  /** How many more rows of a long list somebody wants to see. */
  async #more(rows: number): Promise<number> {
    await this.#write('--More--');
    for (;;) {
      const key = await this.#nextKey(async () => {});
      const name = typeof key === 'string' ? 'q' : 'text' in key ? key.text : key.name;
      const wanted = /^[yY ]$/.test(name)
        ? rows - 1
        : name === 'Enter'
          ? 1
          : /^([nNqQ]|Backspace|C-g|C-c)$/.test(name)
            ? 0
            : undefined;
      if (wanted !== undefined) {
        await this.#write(`\r${' '.repeat(8)}\r`);
        return wanted;
      }
      await this.#write('\x07');
    }
  }

  /** y, Space or n, Backspace, Ctrl-G; other keys wait. */
  async #agrees(): Promise<boolean> {
    for (;;) {
      const key = await this.#nextKey(async () => {});
      if (typeof key === 'string') return false;
      const name = 'text' in key ? key.text : key.name;
      if (/^[yY ]$/.test(name)) return true;
      if (/^[nN]$|^(Backspace|C-g|C-c)$/.test(name)) return false;
      await this.#write('\x07');
    }
  }

  async #write(text: string): Promise<void> {
    if (text !== '') await this.#shell.write(2, text);
  }
}

type End = Extract<Effect, 'submit' | 'submit-next' | 'end-of-file' | 'interrupt' | 'edit'>;

const ENDS: ReadonlySet<Effect> = new Set<End>(['submit', 'submit-next', 'end-of-file', 'interrupt', 'edit']);
const isEnd = (effect: Effect | undefined): effect is End => effect !== undefined && ENDS.has(effect);
const isAsked = (effect: Effect | undefined): effect is Asked =>
  effect !== undefined && !isEnd(effect) && effect !== 'clear-screen' && effect !== 'bell';

function promptOf({ search, argument, seeking }: Editor, prompt: string): string {
  if (seeking !== undefined) return seekPrompt(prompt);
  if (search !== undefined) return searchPrompt(search);
  return argument === undefined ? prompt : argumentPrompt(argument);
}

/** Nothing but the text itself: NO_COLOR, or a terminal that knows no more. */
function isPlainTerminal({ state }: Shell): boolean {
  const term = state.variables.scalar('TERM') ?? 'dumb';
  return (state.variables.scalar('NO_COLOR') ?? '') !== '' || term === 'dumb' || term === '';
}
