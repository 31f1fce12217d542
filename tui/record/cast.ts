// asciicast v2: a header line, then one JSON array per event (docs.asciinema.org/manual/asciicast/v2).
// Of each frame only the rows that changed are written.
import type { Size } from '../state/layout.ts';

export interface Picture {
  /** Terminal text of each row. */
  readonly rows: readonly string[];
  /** Where the cursor shows; undefined = hidden. */
  readonly cursor: { readonly x: number; readonly y: number } | undefined;
}

export class Cast {
  readonly #lines: string[];
  #last: Picture | undefined;
  #micros = 0;

  constructor({ columns, rows }: Size, title: string) {
    const env = { SHELL: '/bin/bash', TERM: 'xterm-256color' };
    this.#lines = [JSON.stringify({ version: 2, width: columns, height: rows, title, env })];
  }

  /** Milliseconds since the start. */
  advance(ms: number): void {
    this.#micros += Math.round(ms * 1000);
  }

  frame(picture: Picture): void {
    const change = changeOf(this.#last, picture);
    this.#last = picture;
    if (change !== '') this.#event('o', change);
  }

  marker(label: string): void {
    this.#event('m', label);
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  #event(kind: 'o' | 'm', data: string): void {
    this.#lines.push(JSON.stringify([this.#micros / 1_000_000, kind, data]));
  }
}

/** What makes `next` of a screen that shows `last`. */
export function changeOf(last: Picture | undefined, next: Picture): string {
  let out = last === undefined ? '\x1b[?25l\x1b[2J' : '';
  next.rows.forEach((row, y) => {
    if (last?.rows[y] !== row) out += `\x1b[${y + 1};1H${row}\x1b[0m\x1b[K`;
  });
  const { cursor } = next;
  const moved = cursor?.x !== last?.cursor?.x || cursor?.y !== last?.cursor?.y;
  if (out === '' && !moved) return '';
  if (cursor === undefined) return last?.cursor === undefined ? out : `${out}\x1b[?25l`;
  const shown = last?.cursor === undefined ? '\x1b[?25h' : '';
  return `${out}\x1b[${cursor.y + 1};${cursor.x + 1}H${shown}`;
}
