// Keys in order, one taker at a time: whoever has the focus when a key's turn comes gets it.
// Bytes of a sequence may come in pieces; a lone ESC is a key when nothing follows it soon.
import { readKeys, type Token } from './read-keys.ts';

const ESCAPE_WAIT_MS = 30;

export class KeyStream {
  readonly #take: (token: Token) => Promise<void> | undefined;
  readonly #queue: Token[] = [];
  #rest: Uint8Array = new Uint8Array();
  #timer: NodeJS.Timeout | undefined;
  #paused = false;

  /** The next key waits for the promise that `take` returns, if it does. */
  constructor(take: (token: Token) => Promise<void> | undefined) {
    this.#take = take;
  }

  push(bytes: Uint8Array): void {
    clearTimeout(this.#timer);
    this.#read(this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]), false);
    if (this.#rest.length > 0) this.#timer = setTimeout(() => this.#read(this.#rest, true), ESCAPE_WAIT_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#queue.length = 0;
  }

  #read(bytes: Uint8Array, final: boolean): void {
    const { tokens, rest } = readKeys(bytes, final);
    this.#rest = rest;
    this.#queue.push(...tokens);
    this.#run();
  }

  #run(): void {
    while (!this.#paused) {
      const token = this.#queue.shift();
      if (token === undefined) return;
      const done = this.#take(token);
      if (done === undefined) continue;
      this.#paused = true;
      void done.then(() => {
        this.#paused = false;
        this.#run();
      });
    }
  }
}
