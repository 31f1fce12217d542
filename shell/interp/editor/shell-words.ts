// Words as the shell reads them, quotations kept whole: what C-M-f, C-M-b, C-M-d and C-M-t go by.

const WORD = /(?:\\.|'[^']*'?|"(?:\\.|[^"\\])*"?|[^\s;|&()<>'"\\]|\\$)+/gs;

interface Range {
  readonly start: number;
  readonly end: number;
}

const shellWords = (text: string): Range[] =>
  [...text.matchAll(WORD)].map(({ index, 0: word }) => ({ start: index, end: index + word.length }));

/** Start of the word before `at`; bash passes over an operator that begins the line. */
export function shellWordStart(text: string, at: number): number {
  const start = shellWords(text).findLast((word) => word.start < at)?.start ?? 0;
  return start === 1 ? 0 : start;
}

/** End of the word at or behind `at`. */
export const shellWordEnd = (text: string, at: number): number =>
  shellWords(text).find(({ end }) => end > at)?.end ?? text.length;
