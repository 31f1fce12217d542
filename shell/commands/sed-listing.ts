// What sed's l command prints.

import { CONTROL_ESCAPES } from './byte-letters.ts';
import type { TextCodec } from './text-codec.ts';

const LISTED: Readonly<Record<string, string>> = { ...CONTROL_ESCAPES, '\\': '\\\\' };

/** Everything visible, `$` at the end, folded at `width`. */
export const listed = (text: string, width: number, codec: TextCodec): string => {
  const pieces = [...text].map((character) => {
    const known = LISTED[character];
    if (known !== undefined) return known;
    if (/^[ -~]$/.test(character) || (codec.utf8 && /^\P{C}$/u.test(character))) return character;
    return [...codec.encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  });
  let result = '';
  let column = 0;
  for (const piece of pieces) {
    if (width > 1 && column + piece.length > width - 1) {
      result += '\\\n';
      column = 0;
    }
    result += piece;
    column += piece.length;
  }
  return `${result}$\n`;
};
