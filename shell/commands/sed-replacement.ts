// The right side of sed's s command: text, &, \1 to \9, and GNU's \U \L \u \l \E.

import { CONTROL_CHARACTERS } from './byte-letters.ts';
import type { RegexMatch } from './posix-regex.ts';

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'group'; readonly group: number }
  | { readonly kind: 'case'; readonly letter: string };

export interface Replacement {
  readonly pieces: readonly Piece[];
  /** The highest group named. */
  readonly groups: number;
}

/** `\b` is the edge of a word on the left side, and a mere b here. */
const { b: _edge, ...LETTERS } = CONTROL_CHARACTERS;

export const readReplacement = (source: string): Replacement => {
  const pieces: Piece[] = [];
  let groups = 0;
  for (const [, escape, hex, plain] of source
    .matchAll(/\\(?:x([0-9a-fA-F]{1,2})|([\s\S]))|([\s\S])/g)
    .map((match) => [match[0], match[2], match[1], match[3]])) {
    if (hex !== undefined) pieces.push({ kind: 'text', text: String.fromCharCode(Number.parseInt(hex, 16)) });
    else if (plain !== undefined)
      pieces.push(plain === '&' ? { kind: 'group', group: 0 } : { kind: 'text', text: plain });
    else if (escape !== undefined && /[0-9]/.test(escape)) {
      groups = Math.max(groups, Number(escape));
      pieces.push({ kind: 'group', group: Number(escape) });
    } else if (escape !== undefined && /[ULElu]/.test(escape)) pieces.push({ kind: 'case', letter: escape });
    else if (escape !== undefined) pieces.push({ kind: 'text', text: LETTERS[escape] ?? escape });
  }
  return { pieces, groups };
};

/** The text that stands in the place of a match. */
export const replacementText = (replacement: Replacement, match: RegexMatch): string => {
  let result = '';
  let lasting = 'E';
  let once = '';
  for (const piece of replacement.pieces) {
    if (piece.kind === 'case') {
      if (/[ULE]/.test(piece.letter)) lasting = piece.letter;
      else once = piece.letter;
      continue;
    }
    const text = piece.kind === 'text' ? piece.text : (match.groups[piece.group] ?? '');
    if (text === '') continue;
    let shown = lasting === 'U' ? text.toUpperCase() : lasting === 'L' ? text.toLowerCase() : text;
    if (once !== '') {
      const [first = ''] = shown;
      shown = (once === 'u' ? first.toUpperCase() : first.toLowerCase()) + shown.slice(first.length);
      once = '';
    }
    result += shown;
  }
  return result;
};
