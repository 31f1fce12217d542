// Backslash escapes in awk's strings (POSIX awk, "Lexical Conventions").

import { CONTROL_CHARACTERS } from '../byte-letters.ts';

const LETTERS: Readonly<Record<string, string>> = { ...CONTROL_CHARACTERS, '"': '"', '\\': '\\', '/': '/' };

/** `dropUnknown`: the backslash before another letter goes, as in gawk and busybox; mawk keeps it. */
export const unescapeString = (text: string, dropUnknown: boolean, warn?: (letter: string) => void): string =>
  text.replace(
    /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|([\s\S]))/g,
    (whole, octal: string | undefined, hex: string | undefined, letter: string | undefined) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (letter === '\n') return '';
      const known = LETTERS[letter ?? ''];
      if (known !== undefined) return known;
      warn?.(letter ?? '');
      return dropUnknown ? (letter ?? '') : whole;
    },
  );
