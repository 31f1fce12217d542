// fnmatch: shell patterns (`*`, `?`, `[...]`, extended `@(a|b)`) as regular expressions.
// A backslash makes the next character literal; the expander writes quoted characters that way.

export interface PatternOptions {
  extended?: boolean;
  /** Case-insensitive (nocasematch). */
  fold?: boolean;
}

const cache = new Map<string, RegExp>();
const CACHE_LIMIT = 2000;

/** A regular expression that matches what `pattern` matches as a whole. */
export function compilePattern(pattern: string, options: PatternOptions = {}): RegExp {
  const key = `${options.extended ? 'x' : ''}${options.fold ? 'i' : ''}:${pattern}`;
  let compiled = cache.get(key);
  if (compiled === undefined) {
    compiled = new RegExp(`^(?:${patternSource(pattern, options)})$`, options.fold ? 'svi' : 'sv');
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(key, compiled);
  }
  return compiled;
}

export function matches(pattern: string, text: string, options: PatternOptions = {}): boolean {
  return compilePattern(pattern, options).test(text);
}

/** True when the pattern holds an active `*`, `?`, `[...]` or extended group. */
export function hasMagic(pattern: string, extended = false): boolean {
  if (!/[*?[]|[+@!]\(/.test(pattern)) return false;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] as string;
    if (char === '\\') i++;
    else if (char === '*' || char === '?') return true;
    else if (char === '[' && bracketEnd(pattern, i) !== -1) return true;
    else if (extended && pattern[i + 1] === '(' && '+@!'.includes(char)) return true;
  }
  return false;
}

/** The text a pattern without magic stands for. */
export function unescapePattern(pattern: string): string {
  return pattern.includes('\\') ? pattern.replace(/\\(.)/gsu, '$1') : pattern;
}

export function escapePattern(text: string): string {
  return /[\\*?[\]()|!@+^-]/.test(text) ? text.replace(/[\\*?[\]()|!@+^-]/g, '\\$&') : text;
}

/** The regular expression source (for flags `sv`) of a pattern, not anchored. */
export function patternSource(pattern: string, options: PatternOptions = {}): string {
  let source = '';
  for (let i = 0; i < pattern.length; ) {
    const piece = (options.extended ? extendedAt(pattern, i, options) : undefined) ?? plainAt(pattern, i);
    source += piece.source;
    i = piece.next;
  }
  return source;
}

interface Piece {
  source: string;
  next: number;
}

function plainAt(pattern: string, at: number): Piece {
  const char = String.fromCodePoint(pattern.codePointAt(at) as number);
  const next = at + char.length;
  if (char === '*') return { source: '.*', next: skipStars(pattern, next) };
  if (char === '?') return { source: '.', next };
  if (char === '[') return bracketAt(pattern, at) ?? { source: '\\[', next };
  if (char === '\\' && next < pattern.length) {
    const literal = String.fromCodePoint(pattern.codePointAt(next) as number);
    return { source: escapeRegExp(literal), next: next + literal.length };
  }
  return { source: escapeRegExp(char), next };
}

// One `.*` for a run of stars: nested quantifiers would backtrack without end. An extended `*(` keeps its star.
function skipStars(pattern: string, at: number): number {
  let next = at;
  while (pattern[next] === '*' && pattern[next + 1] !== '(') next++;
  return next;
}

const GROUPS = { '?': '?', '*': '*', '+': '+', '@': '' } as const;

function extendedAt(pattern: string, at: number, options: PatternOptions): Piece | undefined {
  const operator = pattern[at] as string;
  if (pattern[at + 1] !== '(' || !'?*+@!'.includes(operator)) return undefined;
  const alternatives = splitGroup(pattern, at + 2);
  if (alternatives === undefined) return undefined;
  const body = alternatives.parts.map((part) => patternSource(part, options)).join('|');
  const next = alternatives.end;
  if (operator !== '!') return { source: `(?:${body})${GROUPS[operator as keyof typeof GROUPS]}`, next };
  const rest = patternSource(pattern.slice(next), options);
  return { source: `(?!(?:${body})(?:${rest})$).*`, next };
}

function splitGroup(pattern: string, from: number): { parts: string[]; end: number } | undefined {
  const parts: string[] = [];
  let depth = 0;
  let start = from;
  for (let i = from; i < pattern.length; i++) {
    const char = pattern[i];
    if (char === '\\') i++;
    else if (char === '[') i = Math.max(i, bracketEnd(pattern, i));
    else if (char === '(') depth++;
    else if (char === ')' && depth-- === 0) return { parts: [...parts, pattern.slice(start, i)], end: i + 1 };
    else if (char === '|' && depth === 0) {
      parts.push(pattern.slice(start, i));
      start = i + 1;
    }
  }
  return undefined;
}

/** Index of the `]` that closes the bracket expression at `open`, or -1 when there is none. */
function bracketEnd(pattern: string, open: number): number {
  let i = open + 1;
  if (pattern[i] === '!' || pattern[i] === '^') i++;
  if (pattern[i] === ']') i++;
  for (; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === '[' && /[:.=]/.test(pattern[i + 1] ?? '')) {
      const close = pattern.indexOf(`${pattern[i + 1]}]`, i + 2);
      if (close !== -1) i = close + 1;
    } else if (pattern[i] === ']') return i;
  }
  return -1;
}

const CLASSES: Record<string, string> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}\\p{Nd}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~',
  print: '\\x20-\\x7e\\xa0-\\u{10ffff}',
  graph: '\\x21-\\x7e\\xa1-\\u{10ffff}',
  cntrl: '\\x00-\\x1f\\x7f',
  xdigit: '0-9A-Fa-f',
  word: '\\p{L}\\p{Nd}_',
};

function bracketAt(pattern: string, open: number): Piece | undefined {
  const end = bracketEnd(pattern, open);
  if (end === -1) return undefined;
  let i = open + 1;
  const negated = pattern[i] === '!' || pattern[i] === '^';
  if (negated) i++;
  const members: string[] = [];
  while (i < end) {
    const named = /^\[:(\w+):\]/.exec(pattern.slice(i, end));
    if (named !== null) {
      members.push(CLASSES[named[1] as string] ?? '');
      i += named[0].length;
      continue;
    }
    const from = memberAt(pattern, i);
    if (pattern[from.next] === '-' && from.next + 1 < end) {
      const to = memberAt(pattern, from.next + 1);
      if ((from.char.codePointAt(0) as number) <= (to.char.codePointAt(0) as number))
        members.push(`${escapeMember(from.char)}-${escapeMember(to.char)}`);
      i = to.next;
    } else {
      members.push(escapeMember(from.char));
      i = from.next;
    }
  }
  const inside = members.join('');
  if (inside === '') return { source: negated ? '.' : '(?!)', next: end + 1 };
  return { source: `[${negated ? '^' : ''}${inside}]`, next: end + 1 };
}

function memberAt(pattern: string, at: number): { char: string; next: number } {
  const collating = /^\[[.=](.)[.=]\]/su.exec(pattern.slice(at, at + 8));
  if (collating !== null) return { char: collating[1] as string, next: at + collating[0].length };
  const start = pattern[at] === '\\' && at + 1 < pattern.length ? at + 1 : at;
  const char = String.fromCodePoint(pattern.codePointAt(start) as number);
  return { char, next: start + char.length };
}

function escapeMember(char: string): string {
  return /[\w\s]/.test(char) || char > '\x7f'
    ? char === '\n'
      ? '\\n'
      : char
    : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function escapeRegExp(char: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
}
