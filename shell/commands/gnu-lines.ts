// A row of a comparison written as a command line: words and quotes as in a shell, `<<<` and what stands around.

import type { Row } from './gnu-sides.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  e: '\u001b',
  f: '\f',
  b: '\b',
  v: '\v',
  a: '\u0007',
};

/** `$'...'`: `\xHH` beyond ASCII is a byte that is no text. */
const unescape = (text: string): string =>
  text.replace(/\\(?:x([\da-fA-F]{2})|(.))/gs, (_all, hex: string | undefined, letter: string) => {
    if (hex === undefined) return ESCAPES[letter] ?? letter;
    const byte = Number.parseInt(hex, 16);
    return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
  });

const PIECE = /\$'((?:[^'\\]|\\.)*)'|'([^']*)'|"([^"]*)"|\\(.)|([^\s'"\\])/gsy;

/** Words as a shell would read them, without expansions. */
export const wordsOf = (line: string): string[] => {
  const words: string[] = [];
  for (let at = 0; at < line.length; ) {
    if (/\s/.test(line[at] as string)) {
      at++;
      continue;
    }
    let word = '';
    PIECE.lastIndex = at;
    for (let match = PIECE.exec(line); match; match = PIECE.exec(line)) {
      const [, escaped, single, double, backslash, bare] = match;
      word += escaped === undefined ? (single ?? double ?? backslash ?? bare ?? '') : unescape(escaped);
      at = PIECE.lastIndex;
    }
    words.push(word);
  }
  return words;
};

/**
 * `[NAME=VALUE...] PROGRAM WORDS... [<<< STDIN] [=> FILES...]`: the input has no line break added, the files are
 * read back afterwards. `A ;; B` runs A beforehand on both sides.
 */
export const rowOf = (line: string): Row => {
  const parts = line.split(' ;; ');
  const words = wordsOf(parts.pop() ?? '');
  const arrow = words.indexOf('=>');
  const after = arrow === -1 ? [] : words.splice(arrow).slice(1);
  const input = words.indexOf('<<<');
  const stdin = input === -1 ? undefined : words.splice(input)[1];
  const env: Record<string, string> = {};
  for (let found = NAMED.exec(words[0] ?? ''); found; found = NAMED.exec(words[0] ?? '')) {
    env[found[1] as string] = found[2] as string;
    words.shift();
  }
  return {
    argv: words,
    ...(stdin === undefined ? {} : { stdin }),
    ...(after.length > 0 ? { after } : {}),
    ...(Object.keys(env).length > 0 ? { env } : {}),
    ...(parts.length > 0 ? { before: parts.map(wordsOf) } : {}),
  };
};

const NAMED = /^([A-Z_]+)=(.*)$/s;
