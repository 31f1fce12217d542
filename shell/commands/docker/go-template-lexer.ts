// Splits a Go template (text/template) into text and the tokens between {{ and }}.

export type TokenKind =
  | 'text'
  | 'open'
  | 'close'
  | 'word'
  | 'field'
  | 'variable'
  | 'string'
  | 'number'
  | 'char'
  | 'dot'
  | 'pipe'
  | 'left'
  | 'right'
  | 'comma'
  | 'declare'
  | 'assign'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Offset in the template, in characters. */
  readonly at: number;
  readonly line: number;
  /** White space stands before it: `.A .B` are two arguments, `.A.B` is one. */
  readonly spaced: boolean;
}

/** A template that does not parse; the message has Go's wording. */
export class TemplateSyntaxError extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['char', /'(?:[^'\\\n]|\\.)'/y],
  ['variable', /\$[\p{L}\p{N}_]*/uy],
  ['number', /[+-]?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)/y],
  ['field', /\.[\p{L}_][\p{L}\p{N}_]*/uy],
  ['dot', /\./y],
  ['word', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['declare', /:=/y],
  ['assign', /=/y],
  ['pipe', /\|/y],
  ['left', /\(/y],
  ['right', /\)/y],
  ['comma', /,/y],
];

const lineAt = (source: string, at: number): number => source.slice(0, at).split('\n').length;

/** Throws TemplateSyntaxError. */
export const tokens = (source: string): Token[] => {
  const found: Token[] = [];
  let at = 0;
  let trimNext = false;
  while (at < source.length) {
    const open = source.indexOf('{{', at);
    const end = open === -1 ? source.length : open;
    let text = source.slice(at, end);
    if (trimNext) text = text.trimStart();
    const trimsBefore = /^\{\{-\s/.test(source.slice(end, end + 4));
    if (trimsBefore) text = text.trimEnd();
    if (text !== '') found.push({ kind: 'text', text, at, line: lineAt(source, at), spaced: false });
    if (open === -1) break;
    const inside = open + (trimsBefore ? 3 : 2);
    const comment = /^\s*\/\*[\s\S]*?\*\/(\s-)?\}\}/.exec(source.slice(inside));
    if (comment) {
      trimNext = comment[1] !== undefined;
      at = inside + comment[0].length;
      continue;
    }
    ({ at, trimNext } = action(source, open, inside, found));
  }
  found.push({
    kind: 'end',
    text: '',
    at: source.length,
    line: lineAt(source, source.length),
    spaced: false,
  });
  return found;
};

const action = (
  source: string,
  open: number,
  start: number,
  found: Token[],
): { at: number; trimNext: boolean } => {
  const line = lineAt(source, open);
  found.push({ kind: 'open', text: '{{', at: open, line, spaced: false });
  let at = start;
  for (;;) {
    const space = /\s*/y;
    space.lastIndex = at;
    const spaced = (space.exec(source)?.[0] ?? '') !== '';
    at = space.lastIndex;
    if (at >= source.length) throw new TemplateSyntaxError(line, 'unclosed action');
    const close = /-?\}\}/y;
    close.lastIndex = at;
    const closed = close.exec(source)?.[0];
    if (closed !== undefined && (closed === '}}' || spaced)) {
      found.push({ kind: 'close', text: closed, at, line: lineAt(source, at), spaced });
      return { at: close.lastIndex, trimNext: closed !== '}}' };
    }
    const token = nextToken(source, at, spaced);
    found.push(token);
    at += token.text.length;
  }
};

const nextToken = (source: string, at: number, spaced: boolean): Token => {
  const line = lineAt(source, at);
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    if (text !== undefined) return { kind, text, at, line, spaced };
  }
  const letter = source[at] as string;
  if (letter === '"') throw new TemplateSyntaxError(line, 'unterminated quoted string');
  if (letter === '`') throw new TemplateSyntaxError(line, 'unterminated raw quoted string');
  const code = letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  throw new TemplateSyntaxError(line, `unexpected bad character U+${code} '${letter}' in command`);
};
