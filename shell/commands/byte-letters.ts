// Bytes as od and hexdump name them, and what backslash letters stand for where a shell reads them.

/** Control characters with a letter of their own. */
export const LETTER_ESCAPES: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};

export const isPrintable = (byte: number): boolean => byte >= 32 && byte < 127;

/** The control characters that a letter after a backslash stands for in C, and so in awk and find. */
export const CONTROL_CHARACTERS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The other way round: what C, ls, sed's l and the shell's $'...' write for a control character. */
export const CONTROL_ESCAPES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(CONTROL_CHARACTERS).map(([letter, character]) => [character, `\\${letter}`]),
);

/** The character after a backslash, in printf's formats and in $'...' (bash(1), QUOTING). */
export const ESCAPED_CHARACTERS: Readonly<Record<string, string>> = {
  ...CONTROL_CHARACTERS,
  e: '\x1b',
  E: '\x1b',
  '\\': '\\',
  '"': '"',
  "'": "'",
  '?': '?',
};
