// vim's regular expressions (`:help pattern`), magic and very magic, as JavaScript's.

import type { Settings } from './state.ts';

const CLASSES: Readonly<Record<string, string>> = {
  s: '[ \\t]',
  S: '[^ \\t]',
  d: '\\d',
  D: '\\D',
  w: '\\w',
  W: '\\W',
  a: '[A-Za-z]',
  A: '[^A-Za-z]',
  l: '[a-z]',
  L: '[^a-z]',
  u: '[A-Z]',
  U: '[^A-Z]',
  x: '[0-9A-Fa-f]',
  X: '[^0-9A-Fa-f]',
  h: '[A-Za-z_]',
  o: '[0-7]',
  t: '\\t',
  e: '\\x1b',
  i: '[\\w\u00c0-\u00ff]',
  k: '[\\w\u00c0-\u00ff]',
};

/** What has a meaning of its own, once it is known whether a backslash stood before it. */
const SPECIAL: Readonly<Record<string, string>> = {
  '(': '(',
  ')': ')',
  '|': '|',
  '+': '+',
  '=': '?',
  '?': '?',
  '<': '(?<![\\w])(?=\\w)',
  '>': '(?<=\\w)(?!\\w)',
};

/** The pattern as a regular expression; undefined when it cannot be read. */
export const compilePattern = (
  pattern: string,
  settings: Pick<Settings, 'ignorecase' | 'smartcase'>,
  ignoreCase?: boolean,
): RegExp | undefined => {
  const hasCapital = /(^|[^\\])[A-Z]/.test(pattern);
  const marked = /(?:^|[^\\])\\([cC])/.exec(pattern)?.[1];
  const ignore =
    marked === undefined
      ? (ignoreCase ?? (settings.ignorecase && !(settings.smartcase && hasCapital)))
      : marked === 'c';
  try {
    return new RegExp(translate(pattern), ignore ? 'gi' : 'g');
  } catch {
    return undefined;
  }
};

type Magic = 'magic' | 'very' | 'none';

const MAGIC: Readonly<Record<string, Magic>> = { m: 'magic', v: 'very', M: 'none', V: 'none' };
/** What needs no backslash to be special in a magic pattern. */
const BARE = '^$.*[';

const isSpecial = (character: string, escaped: boolean, magic: Magic): boolean => {
  if (magic === 'very') return !escaped;
  if (character === '^' || character === '$') return !escaped;
  return magic === 'magic' && BARE.includes(character) ? !escaped : escaped;
};

const translate = (pattern: string): string => {
  let magic: Magic = 'magic';
  let out = '';
  for (let at = 0; at < pattern.length; at++) {
    const escaped = pattern[at] === '\\' && at + 1 < pattern.length;
    if (escaped) at++;
    const character = pattern[at] as string;
    if (escaped && 'cC'.includes(character)) continue;
    if (escaped && MAGIC[character] !== undefined) magic = MAGIC[character] as Magic;
    else if (!isSpecial(character, escaped, magic)) out += escaped ? ordinary(character) : literal(character);
    else {
      const atom = special(pattern, at, out, escaped);
      out += atom.text;
      at = atom.end;
    }
  }
  return out;
};

/** A character with a backslash that makes it no operator: a class, a group seen before, or itself. */
const ordinary = (character: string): string => {
  if (character === 'n') return '\\n';
  return /[1-9]/.test(character) ? `(?:\\${character})` : (CLASSES[character] ?? literal(character));
};

interface Atom {
  readonly text: string;
  /** The index of its last character. */
  readonly end: number;
}

const special = (pattern: string, at: number, before: string, escaped: boolean): Atom => {
  const character = pattern[at] as string;
  const rest = pattern.slice(at + 1);
  if (character === '[') return bracket(pattern, at);
  if (character === '{') {
    const close = pattern.indexOf('}', at);
    const end = close < 0 ? pattern.length : close;
    return { text: interval(pattern.slice(at + 1, end).replace(/\\$/, '')), end };
  }
  if (character === '%' && rest.startsWith('(')) return { text: '(?:', end: at + 1 };
  const atStart = before === '' || /(?:[|(]|\(\?:)$/.test(before);
  if (character === '^') return { text: atStart ? '^' : '\\^', end: at };
  if (character === '$') return { text: /^(?:$|\\?[|)])/.test(rest) ? '$' : '\\$', end: at };
  if (character === '.') return { text: '.', end: at };
  if (character === '*') return { text: atStart || before.endsWith('^') ? '\\*' : '*', end: at };
  const meaning = SPECIAL[character];
  return { text: meaning ?? (escaped ? ordinary(character) : literal(character)), end: at };
};

const literal = (character: string): string =>
  /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;

const interval = (body: string): string => {
  const lazy = body.startsWith('-');
  const [, low = '', comma = '', high = ''] = /^-?(\d*)(,?)(\d*)$/.exec(body) ?? [];
  const range = low === '' && high === '' ? '*' : `{${low || '0'}${comma}${high}}`;
  return range + (lazy ? '?' : '');
};

/** `[...]` with its classes; a bracket that nothing closes stands for itself. */
const bracket = (pattern: string, at: number): { text: string; end: number } => {
  const match = /^\[(\^?)(\]?(?:\[:\w+:\]|\\.|[^\]])*)\]/.exec(pattern.slice(at));
  if (match === null) return { text: '\\[', end: at };
  const [whole, not = '', body = ''] = match;
  const inside = body
    .replace(/\[:(\w+):\]/g, (_, name: string) => POSIX[name] ?? '')
    .replace(/\\([ent\\\]^-])|[[\]\\]/g, (piece, meant: string | undefined) => {
      if (meant === undefined) return `\\${piece}`;
      return meant === 'e' ? '\\x1b' : `\\${meant}`;
    });
  return { text: `[${not}${inside}]`, end: at + whole.length - 1 };
};

const POSIX: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  lower: 'a-z',
  upper: 'A-Z',
  space: ' \\t',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
};
