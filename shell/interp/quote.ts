// Quoting text so that a shell reads it back: ${x@Q}, set, declare -p, alias, trap, xtrace.

import { ESCAPED_CHARACTERS } from '../commands/byte-letters.ts';
import { decodeName, encodeName } from '../fs/name.ts';

/** bash's ${x@Q}: single quotes, or $'...' when control characters are inside. */
export function quoteForReuse(text: string): string {
  return hasControl(text) ? ansiQuote(text) : singleQuote(text);
}

/** 'it'\''s' */
export function singleQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** As `set -x` prints words: bare when harmless. */
export function quoteIfNeeded(text: string): string {
  if (text === '') return "''";
  return SPECIAL.test(text) ? singleQuote(text) : quoteValue(text);
}

const SPECIAL = /[\s'"\\|&;()<>!{}*[\]?^$`]|^#|(^|[=:])~/;

/** As `set` prints values: an empty one is nothing. */
export function quoteValue(text: string): string {
  if (hasControl(text)) return ansiQuote(text);
  return SPECIAL.test(text) ? singleQuote(text) : text;
}

/** As declare -p prints values: always in double quotes. */
export function doubleQuote(text: string): string {
  return hasControl(text) ? ansiQuote(text) : `"${text.replace(/["$`\\]/g, '\\$&')}"`;
}

/** As printf %q: backslashes. */
export function backslashQuote(text: string): string {
  if (text === '') return "''";
  if (hasControl(text)) return ansiQuote(text);
  return text
    .replace(/[^\w@%+=:./-]/g, (char) => (char > '\x7f' ? char : `\\${char}`))
    .replace(/^\\?~/, '\\~');
}

const hasControl = (text: string): boolean => /[\x00-\x1f\x7f\udc80-\udcff]/.test(text);

const NAMED: Record<string, string> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\E',
  "'": "\\'",
  '\\': '\\\\',
};

function ansiQuote(text: string): string {
  const body = text.replace(/[\x00-\x1f\x7f'\\\udc80-\udcff]/g, (char) => {
    const code = char.charCodeAt(0);
    return NAMED[char] ?? `\\${(code >= 0xdc80 ? code - 0xdc00 : code).toString(8).padStart(3, '0')}`;
  });
  return `$'${body}'`;
}

/** What $'...' makes of its text. */
export function unescapeAnsi(text: string): string {
  const unescaped = text.replace(
    /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}|c[\s\S]|[\s\S])/g,
    (whole, body: string) => {
      if (/^[uU]./.test(body)) return String.fromCodePoint(Number.parseInt(body.slice(1), 16));
      if (/^x./.test(body)) return byteOf(Number.parseInt(body.slice(1), 16));
      if (/^[0-7]/.test(body)) return byteOf(Number.parseInt(body, 8) & 0xff);
      if (/^c./s.test(body)) return String.fromCharCode(body.charCodeAt(1) & 0x1f);
      return ESCAPED_CHARACTERS[body] ?? whole;
    },
  );
  // Bytes that are a character together become it.
  return /[\udc80-\udcff]/.test(unescaped) ? decodeName(encodeName(unescaped)) : unescaped;
}

const byteOf = (byte: number): string => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
