// Where fmt breaks the lines of a paragraph: the cheapest way, found from the end (costs as in GNU fmt).

export interface FmtWord {
  readonly text: string;
  /** Blanks after it, when the line goes on. */
  readonly space: number;
  readonly paren: boolean;
  readonly period: boolean;
  readonly punct: boolean;
  /** The last word of a sentence. */
  readonly final: boolean;
}

export interface FmtShape {
  readonly goal: number;
  readonly width: number;
  readonly firstIndent: number;
  readonly otherIndent: number;
}

const square = (value: number): number => value * value;

const LINE_COST = square(70);
const NOBREAK_COST = square(600);
const SENTENCE_BONUS = square(50);
const PAREN_BONUS = square(40);
const PUNCT_BONUS = square(40);
const widowCost = (length: number): number => Math.trunc(square(200) / (length + 2));
const orphanCost = (length: number): number => Math.trunc(square(150) / (length + 2));
const shortCost = (missing: number): number => square(missing * 10);
const raggedCost = (difference: number): number => Math.trunc(shortCost(difference) / 2);

interface Break {
  /** Index of the first word of the next line. */
  readonly next: number;
  readonly length: number;
  readonly cost: number;
}

/** The lines, each as its words. */
export const breakLines = (words: readonly FmtWord[], shape: FmtShape): FmtWord[][] => {
  const { goal, width } = shape;
  const breaks: Break[] = [];
  breaks[words.length] = { next: words.length, length: 0, cost: 0 };
  const lineCost = (next: number, length: number): number => {
    const after = breaks[next] as Break;
    if (next === words.length) return 0;
    const ragged = after.next === words.length ? 0 : raggedCost(length - after.length);
    return shortCost(goal - length) + ragged;
  };
  for (let start = words.length - 1; start >= 0; start--) {
    let best: Break | undefined;
    let length = (start === 0 ? shape.firstIndent : shape.otherIndent) + lengthOf(words[start]);
    for (let next = start + 1; ; next++) {
      const cost = lineCost(next, length) + (breaks[next] as Break).cost;
      if (best === undefined || cost < best.cost) best = { next, length, cost };
      if (next === words.length) break;
      length += (words[next - 1]?.space ?? 0) + lengthOf(words[next]);
      if (length >= width) break;
    }
    breaks[start] = { ...best, cost: best.cost + baseCost(words, start) };
  }
  const lines: FmtWord[][] = [];
  for (let at = 0; at < words.length; ) {
    const { next } = breaks[at] as Break;
    lines.push(words.slice(at, next));
    at = next;
  }
  return lines;
};

const lengthOf = (word: FmtWord | undefined): number => word?.text.length ?? 0;

/** What it costs to begin a line with a word. */
const baseCost = (words: readonly FmtWord[], at: number): number => {
  const word = words[at] as FmtWord;
  const before = words[at - 1];
  let cost = LINE_COST;
  if (before !== undefined) {
    if (before.period) cost += before.final ? -SENTENCE_BONUS : NOBREAK_COST;
    else if (before.punct) cost -= PUNCT_BONUS;
    else if (words[at - 2]?.final) cost += widowCost(before.text.length);
  }
  if (word.paren) return cost - PAREN_BONUS;
  return word.final ? cost + orphanCost(word.text.length) : cost;
};
