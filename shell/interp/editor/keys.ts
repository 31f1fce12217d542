// Bytes from a terminal to keys: printable text as itself, the rest by emacs-like names (C-a, M-b, Up, C-Left).

import { keyOfSequence } from '../../commands/key-sequences.ts';

/**
 * Text to insert, or a named key. `pasted` text came between the marks of a bracketed paste; `command` is what the
 * shell runs for a key of bind -x.
 */
export type Key = { text: string; pasted?: boolean } | { name: string; command?: string };

const CONTROL: Record<number, string> = {
  8: 'Backspace',
  9: 'Tab',
  10: 'Enter',
  13: 'Enter',
  27: 'Escape',
  127: 'Backspace',
};

/** C-v and C-q. */
const QUOTED_INSERT: readonly number[] = [22, 17];
const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';

export class KeyDecoder {
  readonly #decoder = new TextDecoder();
  #pending = '';
  #pasting: string | undefined;

  /** The keys these bytes complete; an unfinished sequence waits for the next bytes. */
  feed(bytes: Uint8Array): Key[] {
    this.#pending += this.#decoder.decode(bytes, { stream: true });
    const keys: Key[] = [];
    for (let key = this.#next(); key !== undefined; key = this.#next()) keys.push(key);
    return keys;
  }

  /** True when an Escape waits for what may follow it. */
  get waiting(): boolean {
    return this.#pending !== '';
  }

  #next(): Key | undefined {
    if (this.#pasting !== undefined) return this.#paste();
    const text = this.#pending;
    if (text === '') return undefined;
    if (text.startsWith(PASTE_START)) {
      this.#pending = text.slice(PASTE_START.length);
      this.#pasting = '';
      return this.#paste();
    }
    const code = text.charCodeAt(0);
    if (code === 27) return this.#escape(text);
    if (QUOTED_INSERT.includes(code)) return this.#literal(text);
    const char = String.fromCodePoint(text.codePointAt(0) as number);
    this.#pending = text.slice(char.length);
    if (code >= 32 && code !== 127) return { text: char };
    return { name: CONTROL[code] ?? `C-${String.fromCharCode(code + 64).toLowerCase()}` };
  }

  // The next character is text, whatever it is.
  #literal(text: string): Key | undefined {
    const next = text.codePointAt(1);
    if (next === undefined) return undefined;
    const char = String.fromCodePoint(next);
    this.#pending = text.slice(1 + char.length);
    return { text: char };
  }

  #paste(): Key | undefined {
    const end = this.#pending.indexOf(PASTE_END);
    if (end === -1) {
      // The end mark may be cut in two: keep what could be its beginning.
      const keep = longestPrefix(this.#pending, PASTE_END);
      this.#pasting += this.#pending.slice(0, this.#pending.length - keep);
      this.#pending = this.#pending.slice(this.#pending.length - keep);
      return undefined;
    }
    const text = this.#pasting + this.#pending.slice(0, end);
    this.#pending = this.#pending.slice(end + PASTE_END.length);
    this.#pasting = undefined;
    return { text: text.replace(/\r\n?/g, '\n'), pasted: true };
  }

  #escape(text: string): Key | undefined {
    if (text.length === 1) return undefined;
    const sequence = /^\x1b(?:\[([0-9;]*)([A-Za-z~])|O([A-Za-z])|\x1b?\[\[([A-E])|([^[O]))/s.exec(text);
    if (sequence === null) return /^\x1b(\[[0-9;]*|O|\x1b?\[\[?)$/.test(text) ? undefined : this.#skip(text);
    this.#pending = text.slice(sequence[0].length);
    const [, parameters = '', final, application, , meta] = sequence;
    if (meta !== undefined) return { name: metaName(meta) };
    return { name: keyOfSequence(parameters, application ?? final ?? '') ?? 'Unknown' };
  }

  #skip(text: string): Key {
    this.#pending = text.slice(2);
    return { name: 'Unknown' };
  }
}

function metaName(char: string): string {
  const code = char.charCodeAt(0);
  if (code === 127 || code === 8) return 'M-Backspace';
  if (code === 13) return 'M-Enter';
  return code < 32 ? `C-M-${String.fromCharCode(code + 64).toLowerCase()}` : `M-${char}`;
}

function longestPrefix(text: string, mark: string): number {
  for (let length = Math.min(text.length, mark.length - 1); length > 0; length--)
    if (text.endsWith(mark.slice(0, length))) return length;
  return 0;
}
