// ls -D: where in the output the names stand, in bytes, for Emacs' dired mode.

import type { QuotingStyle } from './ls-rules.ts';
import type { Output } from './output.ts';
import { toBytes } from './text.ts';

export class Dired {
  readonly #out: Output;
  readonly #names: number[] = [];
  readonly #headings: number[] = [];
  #bytes = 0;
  /** Begins and ends of names in the text that comes next, in characters. */
  #marks: number[] = [];

  constructor(out: Output) {
    this.#out = out;
  }

  mark(start: number, end: number): void {
    this.#marks.push(start, end);
  }

  write(text: string, kind: 'names' | 'headings' = 'names'): void {
    const places = kind === 'names' ? this.#names : this.#headings;
    for (const mark of this.#marks) places.push(this.#bytes + toBytes(text.slice(0, mark)).length);
    this.#marks = [];
    this.#bytes += toBytes(text).length;
    this.#out.text(text);
  }

  end(quoting: QuotingStyle): void {
    const line = (title: string, places: readonly number[]): void => {
      if (places.length > 0) this.#out.line(`//${title}// ${places.join(' ')}`);
    };
    line('DIRED', this.#names);
    line('SUBDIRED', this.#headings);
    this.#out.line(`//DIRED-OPTIONS// --quoting-style=${quoting}`);
  }
}
