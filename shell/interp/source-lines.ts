// Line numbers of positions in a source text, computed when first asked for.

export class SourceLines {
  readonly text: string;
  readonly first: number;
  #starts: number[] | undefined;
  readonly #fixed: boolean;

  /** `first` is the number of the text's first line, or, where `fixed`, of all of it. */
  constructor(text: string, first = 1, fixed = false) {
    this.text = text;
    this.first = first;
    this.#fixed = fixed;
  }

  lineOf(pos: number): number {
    if (this.#fixed) return this.first;
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

  /** The text of the line that holds `pos`, without its newline. */
  lineAt(pos: number): string {
    const start = this.text.lastIndexOf('\n', pos - 1) + 1;
    const end = this.text.indexOf('\n', start);
    return this.text.slice(start, end === -1 ? undefined : end);
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
