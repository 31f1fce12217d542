// Bracket expressions of POSIX patterns: `[^a-z[:digit:]_]` as a JavaScript class.

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: ' \\t\\n\\v\\f\\r',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~',
  print: ' -~',
  graph: '!-~',
  cntrl: '\\x00-\\x1f\\x7f',
  xdigit: '0-9A-Fa-f',
};

export const CLASSES_UTF8: Readonly<Record<string, string>> = {
  ...CLASSES,
  alpha: '\\p{L}',
  alnum: '\\p{L}\\p{N}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  punct: '\\p{P}\\p{S}',
};

type Bracket = { readonly pattern: string; readonly end: number } | { readonly problem: string };

/** A `[` with nothing behind it has a message of its own. */
const ALONE = { problem: 'Invalid regular expression' };
const UNMATCHED = { problem: 'Unmatched [, [^, [:, [., or [=' };

/** Reads the expression whose first character after `[` is at `start`. */
export const readBracket = (source: string, start: number, utf8: boolean): Bracket => {
  let at = start;
  if (at >= source.length) return ALONE;
  const negated = source[at] === '^';
  if (negated) at++;
  let body = '';
  for (let first = true; ; first = false) {
    if (at >= source.length) return UNMATCHED;
    if (source[at] === ']' && !first) break;
    const item = readItem(source, at, utf8);
    if ('problem' in item) return item;
    at = item.end;
    if (item.kind === 'class' || source[at] !== '-' || source[at + 1] === ']' || at + 1 >= source.length) {
      body += item.pattern;
      continue;
    }
    const to = readItem(source, at + 1, utf8);
    if ('problem' in to) return to;
    if (to.kind === 'class' || to.code < item.code) return { problem: 'Invalid range end' };
    body += `${item.pattern}-${to.pattern}`;
    at = to.end;
  }
  return { pattern: `[${negated ? '^' : ''}${body}]`, end: at + 1 };
};

type Item =
  | {
      readonly kind: 'character' | 'class';
      readonly pattern: string;
      readonly code: number;
      readonly end: number;
    }
  | { readonly problem: string };

const readItem = (source: string, at: number, utf8: boolean): Item => {
  const opening = source.slice(at, at + 2);
  if (opening === '[:' || opening === '[.' || opening === '[=') {
    const close = source.indexOf(`${opening[1]}]`, at + 2);
    if (close < 0) return UNMATCHED;
    const name = source.slice(at + 2, close);
    if (opening !== '[:') return character(name, close + 2);
    const pattern = (utf8 ? CLASSES_UTF8 : CLASSES)[name];
    if (pattern === undefined) return { problem: 'Invalid character class name' };
    return { kind: 'class', pattern, code: 0, end: close + 2 };
  }
  const one = String.fromCodePoint(source.codePointAt(at) ?? 0);
  return character(one, at + one.length);
};

const character = (text: string, end: number): Item => {
  const code = text.codePointAt(0) ?? 0;
  const pattern = /[\\\]^[\-/(){}|$.*+?&~!#%,:;<=>@`]/.test(text) ? `\\u{${code.toString(16)}}` : text;
  return { kind: 'character', pattern, code, end };
};
