// How GNU programs quote names in messages and listings (gnulib quotearg: shell-escape, shell-escape-always, locale).

import type { Process } from '../fs/process.ts';
import { CONTROL_ESCAPES } from './byte-letters.ts';
import { flavorOf } from './flavor.ts';

const SPECIAL = new Set(' !"$&()*;<=>[^`|?\\\'');
const COMPATIBLE = /^[ %+,\-./:\]_'#~{}0-9A-Za-z\u0080-\u{10ffff}]$/u;

/** True when the program's locale is UTF-8: then letters beyond ASCII are printable and quotes are curly. */
export const isUtf8 = (process: Process): boolean => {
  const { env } = process;
  const locale = env.get('LC_ALL') || env.get('LC_CTYPE') || env.get('LANG') || '';
  return /utf-?8/i.test(locale);
};

const isPrintable = (character: string, utf8: boolean): boolean => {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return code >= 0x20 && code !== 0x7f;
  return utf8 && !/[\p{C}\p{Zl}\p{Zp}]/u.test(character);
};

const bytesOf = (character: string): number[] => {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0xdc80 && code <= 0xdcff ? [code - 0xdc00] : [...new TextEncoder().encode(character)];
};

const escapeCharacter = (character: string): string =>
  CONTROL_ESCAPES[character] ??
  bytesOf(character)
    .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
    .join('');

const needsQuotes = (name: string, utf8: boolean): boolean => {
  if (name === '' || name === '{' || name === '}' || name[0] === '#' || name[0] === '~') return true;
  for (const character of name) {
    if (SPECIAL.has(character) || !isPrintable(character, utf8)) return true;
  }
  return false;
};

const isCompatible = (name: string, utf8: boolean): boolean => {
  let at = 0;
  for (const character of name) {
    if (!COMPATIBLE.test(character) || !isPrintable(character, utf8)) return false;
    if (at > 0 && (character === '#' || character === '~')) return false;
    if (name.length > 1 && (character === '{' || character === '}')) return false;
    at += character.length;
  }
  return true;
};

const quoteForShell = (name: string, utf8: boolean): string => {
  if (name.includes("'") && isCompatible(name, utf8)) return `"${name}"`;
  let quoted = "'";
  let escaping = false;
  for (const character of name) {
    const printable = isPrintable(character, utf8);
    if (!printable) {
      quoted += escaping ? escapeCharacter(character) : `'$'${escapeCharacter(character)}`;
      escaping = true;
      continue;
    }
    if (character === "'") quoted += "'\\''";
    else quoted += escaping ? `''${character}` : character;
    escaping = false;
  }
  return `${quoted}'`;
};

/** `'x'`, always in quotes: names inside a sentence ("cannot remove 'x'"). */
export const quoteAlways = (process: Process, name: string): string =>
  flavorOf(process) === 'busybox' ? `'${name}'` : quoteForShell(name, isUtf8(process));

/** `x`, or `'a b'` when it needs quotes: names that begin a message ("cat: x: ..."). A colon would confuse there. */
export const quoteIfNeeded = (process: Process, name: string): string =>
  name.includes(':') && flavorOf(process) === 'gnu' ? quoteAlways(process, name) : quoteListed(process, name);

/** The same for listings, where a colon needs no quotes. */
export const quoteListed = (process: Process, name: string): string => {
  if (flavorOf(process) === 'busybox') return name;
  const utf8 = isUtf8(process);
  return needsQuotes(name, utf8) ? quoteForShell(name, utf8) : name;
};

/** `‘x’` in a UTF-8 locale and `'x'` elsewhere: operands and option values ("invalid mode: 'x'"). */
export const quoteLocale = (process: Process, text: string): string => {
  if (flavorOf(process) === 'busybox') return `'${text}'`;
  const utf8 = isUtf8(process);
  let quoted = '';
  for (const character of text) {
    if (character === '\\' || (character === "'" && !utf8) || (character === '’' && utf8)) {
      quoted += `\\${character}`;
    } else {
      quoted += isPrintable(character, utf8) ? character : escapeCharacter(character);
    }
  }
  return utf8 ? `‘${quoted}’` : `'${quoted}'`;
};
