// What a word expands to before splitting: pieces of text that remember whether they were quoted.
import { escapePattern } from '../pattern.ts';

export interface Piece {
  text: string;
  quoted: boolean;
  /** The result of an unquoted expansion: field splitting applies. */
  split: boolean;
}

/** Ends a field, as between the parameters of "$@". */
export const fieldBreak: Piece = { text: ' ', quoted: true, split: false };

/** The pieces as one string; field breaks become spaces. */
export function joinPieces(pieces: readonly Piece[]): string {
  if (pieces.length === 1) return (pieces[0] as Piece).text;
  let text = '';
  for (const piece of pieces) text += piece.text;
  return text;
}

/** The pieces as a pattern in which quoted characters are literal. */
export function patternOf(pieces: readonly Piece[]): string {
  let pattern = '';
  for (const piece of pieces) pattern += piece.quoted ? escapePattern(piece.text) : piece.text;
  return pattern;
}
