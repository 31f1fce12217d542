// Field splitting by IFS (POSIX 2.6.5).
import { fieldBreak, type Piece } from './pieces.ts';

const DEFAULT_IFS = ' \t\n';

/** The fields of a word; a field is the list of its pieces. */
export function splitFields(pieces: readonly Piece[], ifs: string = DEFAULT_IFS): Piece[][] {
  const splitter = new Splitter(ifs);
  for (const piece of pieces) {
    if (piece === fieldBreak) splitter.endField();
    else if (piece.split && ifs !== '') splitter.addSplit(piece);
    else splitter.add(piece);
  }
  return splitter.finish();
}

class Splitter {
  readonly #ifs: string;
  readonly #fields: Piece[][] = [];
  #field: Piece[] = [];
  #started = false;
  // IFS whitespace just ended a field: one other separator after it belongs to the same gap.
  #afterBlank = false;

  constructor(ifs: string) {
    this.#ifs = ifs;
  }

  add(piece: Piece): void {
    if (!piece.quoted && piece.text === '') return;
    this.#field.push(piece);
    this.#started = true;
    this.#afterBlank = false;
  }

  addSplit({ text, quoted }: Piece): void {
    let start = 0;
    for (let i = 0; i < text.length; i++) {
      const char = text[i] as string;
      if (!this.#ifs.includes(char)) continue;
      if (i > start) this.add({ text: text.slice(start, i), quoted, split: false });
      start = i + 1;
      this.#separate(char);
    }
    if (start < text.length) this.add({ text: text.slice(start), quoted, split: false });
  }

  #separate(char: string): void {
    if (DEFAULT_IFS.includes(char)) {
      if (this.#started) {
        this.endField();
        this.#afterBlank = true;
      }
    } else if (this.#started || !this.#afterBlank) {
      this.#started = true;
      this.endField();
    } else {
      this.#afterBlank = false;
    }
  }

  endField(): void {
    if (this.#started) this.#fields.push(this.#field);
    this.#field = [];
    this.#started = false;
    this.#afterBlank = false;
  }

  finish(): Piece[][] {
    this.endField();
    return this.#fields;
  }
}
