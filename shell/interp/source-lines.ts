// Line numbers of positions in a source text, computed when first asked for.

export class SourceLines {
  readonly text: string;
  readonly first: number;
  #starts: number[] | undefined;
  readonly #count: boolean | ((pos: number) => number);

  /** `first` is the number of the text's first line, or, with `true`, of all of it; or something else counts. */
  constructor(text: string, first = 1, count: boolean | ((pos: number) => number) = false) {
    this.text = text;
    this.first = first;
    this.#count = count;
  }

  lineOf(pos: number): number {
    if (this.#count === true) return this.first;
    if (this.#count !== false) return this.#count(pos);
    this.#starts ??= lineStarts(this.text);
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= pos) low = middle;
      else high = middle - 1;
    }
    return this.first + low;
  }

  /**
   * Where a reader stands that has read one token more from `pos` on, the end of a word: behind joined lines, and behind
   * the here-documents of a line that ends there.
   */
  behind(pos: number): number {
    const { text } = this;
    const blank = /(?:[ \t]|\\\n)*/y;
    blank.lastIndex = pos;
    blank.exec(text);
    const at = blank.lastIndex;
    if (text[at] !== '\n') return text.slice(pos, at).includes('\n') ? at : pos - 1;
    const line = text.slice(text.lastIndexOf('\n', pos - 1) + 1, at);
    return line.includes('<<') ? behindDocuments(text, line, at) : pos - 1;
  }

  /** The text of the line that holds `pos`, without its newline. */
  lineAt(pos: number): string {
    const start = this.text.lastIndexOf('\n', pos - 1) + 1;
    const end = this.text.indexOf('\n', start);
    return this.text.slice(start, end === -1 ? undefined : end);
  }
}

function behindDocuments(text: string, line: string, newline: number): number {
  let at = newline;
  for (const [, dash, , delimiter] of line.matchAll(/(?<!<)<<(-?)[ \t]*(['"\\]?)([\w.]+)/g)) {
    const end = new RegExp(`\\n${dash ? '\\t*' : ''}${delimiter}(?=\\n|$)`, 'g');
    end.lastIndex = at;
    const found = end.exec(text);
    if (found === null) return text.length;
    at = found.index + found[0].length;
  }
  return Math.max(newline - 1, at - 1);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
