// Reads one line at a terminal: keys in, editor states drawn, until a line is finished.

import { isFsError } from '../../fs/errno.ts';
import type { Tty } from '../../fs/tty.ts';
import type { Shell } from '../shell.ts';
import { commonPrefix, complete, inColumns } from './complete.ts';
import { type Editor, press, startEditing, withLine } from './editor.ts';
import { type Key, KeyDecoder } from './keys.ts';
import { replace } from './line.ts';
import { Renderer } from './renderer.ts';
import { searchPrompt } from './search.ts';

export type Read = { kind: 'line'; text: string } | { kind: 'end-of-file' | 'interrupt' | 'restored' };

const PASTE_ON = '\x1b[?2004h';
const PASTE_OFF = '\x1b[?2004l';
const CLEAR = '\x1b[H\x1b[2J';
const MANY = 100;

export class LineReader {
  readonly #shell: Shell;
  readonly #tty: Tty;
  readonly #keys = new KeyDecoder();
  #killed = '';

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
    let editor = startEditing(this.#shell.state.history, this.#killed);
    let tabs = 0;
    const draw = (): Promise<void> =>
      this.#write(
        renderer.draw(
          {
            prompt: editor.search === undefined ? prompt : searchPrompt(editor.search),
            text: editor.line.text,
            cursor: editor.line.cursor,
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
      if (effect === 'complete') editor = await this.#complete(editor, tabs > 1, renderer);
      if (effect === 'bell') await this.#write('\x07');
      if (effect === 'clear-screen') {
        await this.#write(CLEAR);
        renderer.forget();
      }
      if (effect !== 'end-of-file') await draw();
      if (effect === 'submit' || effect === 'end-of-file' || effect === 'interrupt')
        return this.#finish(effect, editor, renderer);
    }
  }

  async #finish(
    effect: 'submit' | 'end-of-file' | 'interrupt',
    editor: Editor,
    renderer: Renderer,
  ): Promise<Read> {
    this.#killed = editor.line.killed;
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
        const bytes = await this.#shell.process.read(0, 4096);
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

  async #complete(editor: Editor, listing: boolean, renderer: Renderer): Promise<Editor> {
    const { start, end, candidates } = complete(this.#shell, editor.line.text, editor.line.cursor);
    const [only] = candidates;
    if (only === undefined) {
      await this.#write('\x07');
      return editor;
    }
    const prefix =
      candidates.length === 1 ? only.text + only.suffix : commonPrefix(candidates.map(({ text }) => text));
    if (prefix.length > end - start || candidates.length === 1)
      return withLine(editor, replace(editor.line, start, end, prefix));
    if (listing) {
      const shown = candidates.slice(0, MANY).map(({ label }) => label);
      const more = candidates.length > MANY ? `... ${candidates.length - MANY} more\n` : '';
      await this.#write(`${renderer.finish(this.#tty.columns)}${inColumns(shown, this.#tty.columns)}${more}`);
    } else await this.#write('\x07');
    return editor;
  }

  async #write(text: string): Promise<void> {
    if (text !== '') await this.#shell.write(2, text);
  }
}
