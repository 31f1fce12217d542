// Characters as people count them. The tables behind Intl.Segmenter take 40 ms to load: plain ASCII does without.

let segmenter: Intl.Segmenter | undefined;

const PLAIN = /^[\x00-\x0c\x0e-\x7f]*$/;

export const graphemesOf = (text: string): Iterable<string> => (PLAIN.test(text) ? text : segments(text));

const segments = (text: string): string[] => Array.from(table().segment(text), ({ segment }) => segment);

/** Start of the grapheme that the code unit at `at` belongs to. */
export const graphemeStart = (text: string, at: number): number =>
  PLAIN.test(text) ? at : (table().segment(text).containing(at)?.index ?? at);

const table = (): Intl.Segmenter => (segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' }));
