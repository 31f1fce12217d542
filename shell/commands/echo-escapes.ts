// The backslash escapes of `echo -e`.

import { CONTROL_CHARACTERS } from './byte-letters.ts';
import { toBytes, toText } from './text.ts';

const LETTERS: Readonly<Record<string, string>> = { ...CONTROL_CHARACTERS, e: '\x1b', '\\': '\\' };

const ESCAPE = /\\(?:0([0-7]{0,3})|x([0-9a-fA-F]{1,2})|([1-7][0-7]{0,2})|([\\abefnrtvc]))/g;

const CODE_POINT = /\\(?:\\|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,6}))/g;

/** The text with its escapes read; `stopped` when `\c` cut it short. */
export const unescapeEcho = (given: string, unicode = false): { text: string; stopped: boolean } => {
  const text = unicode
    ? given.replace(CODE_POINT, (whole, short, long) =>
        (short ?? long) ? String.fromCodePoint(Number.parseInt(short ?? long, 16)) : whole,
      )
    : given;
  let read = '';
  let from = 0;
  for (const match of text.matchAll(ESCAPE)) {
    const [whole, zero, hex, octal, letter] = match;
    // bash wants the 0 in front of octal digits.
    if (octal !== undefined && unicode) continue;
    read += text.slice(from, match.index);
    if (letter === 'c') return { text: joinOddBytes(read), stopped: true };
    if (letter !== undefined) read += LETTERS[letter];
    else
      read += byteCharacter(
        hex === undefined ? Number.parseInt(zero ?? octal ?? '', 8) || 0 : Number.parseInt(hex, 16),
      );
    from = match.index + whole.length;
  }
  return { text: joinOddBytes(read + text.slice(from)), stopped: false };
};

/** A byte as a character: beyond ASCII the one that stands for an odd byte. */
const byteCharacter = (value: number): string =>
  String.fromCharCode((value & 0xff) < 0x80 ? value & 0xff : 0xdc00 + (value & 0xff));

/** Odd bytes that together are UTF-8 become the characters they spell. */
const joinOddBytes = (text: string): string => (/[\udc80-\udcff]/.test(text) ? toText(toBytes(text)) : text);
