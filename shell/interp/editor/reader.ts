// Reads one line at a terminal: keys in, editor states drawn, until a line is finished.

import { isFsError } from '../../fs/errno.ts';
import type { Tty } from '../../fs/tty.ts';
import type { Shell } from '../shell.ts';
import { inColumns } from './columns.ts';
import { commonPrefix, complete } from './complete.ts';
import { type Editor, type Habits, press, startEditing, withLine } from './editor.ts';
import { highlight } from './highlight.ts';
import { type Key, KeyDecoder } from './keys.ts';
import { commandLookup } from './known-commands.ts';
import { replace } from './line.ts';
import { argumentPrompt } from './numeric-argument.ts';
import { Renderer } from './renderer.ts';
import { searchPrompt } from './search.ts';
import { suggestion } from './suggestion.ts';

export type Read = { kind: 'line'; text: string } | { kind: 'end-of-file' | 'interrupt' | 'restored' };

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

  constructor(shell: Shell, tty: Tty) {
    this.#shell = shell;
    this.#tty = tty;
  }

  /** Shows the prompt and edits a line; the terminal is raw meanwhile. */
  async read(prompt: string): Promise<Read> {
    const cooked = this.#tty.makeRaw();
    // A prompt of several lines is drawn once; only its last line is drawn again.
    const head = prompt.slice(0, prompt.lastIndexOf('\n') + 1);
    await this.#write(PASTE_ON + head);
    try {
      return await this.#edit(prompt.slice(head.length));
    } finally {
      cooked();
    }
  }

  async #edit(prompt: string): Promise<Read> {
    const renderer = new Renderer();
    const isPlain = isPlainTerminal(this.#shell);
    const exists = commandLookup(this.#shell);
    let editor = startEditing(this.#shell.state.history, { ...this.#habits, suggests: !isPlain });
    let tabs = 0;
    const draw = (finished = false): Promise<void> =>
      this.#write(
        renderer.draw(
          {
            prompt: promptOf(editor, prompt),
            text: editor.line.text,
            cursor: editor.line.cursor,
            styles: isPlain ? [] : highlight(editor.line.text, exists),
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
      const step = press(editor, key);
      const { effect } = step;
      editor = step.editor;
      tabs = effect === 'complete' ? tabs + 1 : 0;
      if (effect === 'complete') {
        await draw(true);
        editor = await this.#complete(editor, tabs > 1, renderer);
      }
      if (effect === 'bell') await this.#write('\x07');
      if (effect === 'clear-screen') {
        await this.#write(CLEAR);
        renderer.forget();
      }
      const ends = effect === 'submit' || effect === 'end-of-file' || effect === 'interrupt';
      // Of keys that came together, only what they lead to is drawn.
      if (effect !== 'end-of-file' && (ends || !this.#hasMore())) await draw(ends);
      if (ends) return this.#finish(effect, editor, renderer);
    }
  }

  async #finish(
    effect: 'submit' | 'end-of-file' | 'interrupt',
    editor: Editor,
    renderer: Renderer,
  ): Promise<Read> {
    this.#habits = { kills: editor.line.kills, sought: editor.sought };
    if (effect === 'interrupt') await this.#write('^C');
    await this.#write(
      (effect === 'end-of-file' ? '' : renderer.finish(this.#tty.columns)) +
        PASTE_OFF +
        (effect === 'end-of-file' ? '' : '\r'),
    );
    return effect === 'submit' ? { kind: 'line', text: editor.line.text } : { kind: effect };
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
        this.#queue.push(...this.#keys.feed(bytes));
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

  async #complete(editor: Editor, listing: boolean, renderer: Renderer): Promise<Editor> {
    const { text, cursor } = editor.line;
    const { start, end, candidates } = await complete(this.#shell, text, cursor);
    const [only] = candidates;
    if (only === undefined) {
      await this.#write('\x07');
      return editor;
    }
    const prefix =
      candidates.length === 1 ? only.text + only.suffix : commonPrefix(candidates.map(({ text }) => text));
    const grows = prefix.length > end - start || !text.slice(start, end).startsWith(prefix);
    if (candidates.length === 1 || (grows && prefix.length >= end - start))
      return withLine(editor, replace(editor.line, start, end, prefix));
    if (listing)
      await this.#list(
        candidates.map(({ label }) => label),
        renderer,
      );
    else await this.#write('\x07');
    return editor;
  }

  async #list(labels: readonly string[], renderer: Renderer): Promise<void> {
    const { columns } = this.#tty;
    await this.#write(renderer.finish(columns));
    if (labels.length >= MANY) {
      await this.#write(`Display all ${labels.length} possibilities? (y or n)`);
      const agreed = await this.#agrees();
      await this.#write('\n');
      if (!agreed) return;
    }
    await this.#write(inColumns(labels, columns));
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

function promptOf({ search, argument }: Editor, prompt: string): string {
  if (search !== undefined) return searchPrompt(search);
  return argument === undefined ? prompt : argumentPrompt(argument);
}

/** Nothing but the text itself: NO_COLOR, or a terminal that knows no more. */
function isPlainTerminal({ state }: Shell): boolean {
  const term = state.variables.scalar('TERM') ?? 'dumb';
  return (state.variables.scalar('NO_COLOR') ?? '') !== '' || term === 'dumb' || term === '';
}
