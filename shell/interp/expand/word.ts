// A word to its pieces: literals, quotes, and the expansions inside (POSIX 2.6).
import { chain, inOrder, type Maybe } from '../maybe.ts';
import { unescapeAnsi } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { parseQuotedText, type Word, type WordPart } from '../syntax.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import type { Context } from './context.ts';
import { parameterPieces, simplePieces } from './parameter.ts';
import { joinPieces, type Piece } from './pieces.ts';
import { substituteCommand, substituteProcess } from './substitution.ts';
import { tildeAt } from './tilde.ts';

/** The pieces a word expands to. */
export function wordPieces(shell: Shell, word: Word, context: Context): Maybe<Piece[]> {
  const out: Piece[] = [];
  const { parts } = word;
  shell.word = word.text;
  if (parts === undefined) {
    appendLiteral(shell, word.text, context, out, { first: true, last: true });
    return out;
  }
  return chain(appendParts(shell, parts, context, out), () => out);
}

/** The pieces of a here-document's body. */
export function bodyPieces(
  shell: Shell,
  text: string,
  parts: readonly WordPart[] | undefined,
): Maybe<Piece[]> {
  const out: Piece[] = [];
  if (parts === undefined) return [{ text: unescapeQuoted(text, '$`\\\n'), quoted: true, split: false }];
  return chain(
    inOrder(parts, (part) => {
      if (part.type !== 'Literal') return appendPart(shell, part, { quoted: true, noTilde: true }, out);
      out.push({ text: unescapeQuoted(part.text, '$`\\\n'), quoted: true, split: false });
    }),
    () => out,
  );
}

function appendParts(shell: Shell, parts: readonly WordPart[], context: Context, out: Piece[]): Maybe<void> {
  return inOrder(parts, (part, i) => {
    if (part.type !== 'Literal') return appendPart(shell, part, context, out);
    appendLiteral(shell, part.text, context, out, { first: i === 0, last: i === parts.length - 1 });
  });
}

/** The parser loses bytes that are no character: they are read from the source. */
const ansiText = ({ text, value }: Readonly<{ text: string; value: string }>): string =>
  value.includes('\ufffd') ? unescapeAnsi(text.slice(2, -1)) : value;

function appendPart(shell: Shell, part: WordPart, context: Context, out: Piece[]): Maybe<void> {
  switch (part.type) {
    case 'Literal':
      return appendLiteral(shell, part.text, context, out, { first: false, last: false });
    case 'SingleQuoted':
      out.push({ text: part.value, quoted: true, split: false });
      return;
    case 'AnsiCQuoted':
      out.push({
        text: shell.dialect === 'dash' ? `$${part.text.slice(2, -1)}` : ansiText(part),
        quoted: true,
        split: false,
      });
      return;
    case 'DoubleQuoted':
    case 'LocaleString':
      return appendDoubleQuoted(shell, part, context, out);
    case 'Glob':
      if (part.kind !== 'bracket') {
        out.push({ text: part.text, quoted: context.quoted, split: false });
        return;
      }
      out.push({ text: '[', quoted: context.quoted, split: false });
      return chain(appendParts(shell, part.parts, { ...context, noTilde: true }, out), () => {
        out.push({ text: ']', quoted: context.quoted, split: false });
      });
    default:
      return appendExpansion(shell, part, context, out);
  }
}

function appendExpansion(
  shell: Shell,
  part: Exclude<
    WordPart,
    { type: 'Literal' | 'SingleQuoted' | 'AnsiCQuoted' | 'DoubleQuoted' | 'LocaleString' | 'Glob' }
  >,
  context: Context,
  out: Piece[],
): Maybe<void> {
  const unquoted = !context.quoted;
  switch (part.type) {
    case 'SimpleExpansion':
      simplePieces(shell, part.text.slice(1), context, out);
      return;
    case 'ParameterExpansion':
      return parameterPieces(shell, part, context, out);
    case 'CommandExpansion':
      return chain(substituteCommand(shell, part), (text) => {
        out.push({ text, quoted: context.quoted, split: unquoted });
      });
    case 'ArithmeticExpansion':
      return chain(expandArithmetic(shell, part.text), (text) => {
        out.push({ text, quoted: context.quoted, split: unquoted });
      });
    case 'ProcessSubstitution':
      return chain(substituteProcess(shell, part), (text) => {
        out.push({ text, quoted: true, split: false });
      });
    case 'ExtendedGlob':
      out.push({ text: `${part.operator}(`, quoted: context.quoted, split: false });
      return chain(
        part.parts
          ? appendParts(shell, part.parts, { ...context, noTilde: true }, out)
          : appendLiteral(shell, part.pattern, { ...context, noTilde: true }, out, NOT_EDGE),
        () => {
          out.push({ text: ')', quoted: context.quoted, split: false });
        },
      );
    case 'BraceExpansion':
      return part.parts
        ? appendParts(shell, part.parts, { ...context, noTilde: true }, out)
        : appendLiteral(shell, part.text, { ...context, noTilde: true }, out, NOT_EDGE);
  }
}

const NOT_EDGE = { first: false, last: false };

function appendDoubleQuoted(
  shell: Shell,
  { parts, text }: { parts: readonly WordPart[]; text: string },
  context: Context,
  out: Piece[],
): Maybe<void> {
  const before = out.length;
  const inside: Context = { quoted: true, noTilde: true, single: context.single };
  let emptyList = false;
  shell.word = text.replace(/^\$?"|"$/g, '');
  return chain(
    inOrder(parts, (part) => {
      if (part.type === 'Literal') out.push({ text: part.value, quoted: true, split: false });
      else {
        const had = out.length;
        return chain(appendPart(shell, part, inside, out), () => {
          emptyList ||= out.length === had;
        });
      }
    }),
    () => {
      // "" is a field, "$@" without parameters is none.
      if (out.length === before && !emptyList) out.push({ text: '', quoted: true, split: false });
    },
  );
}

interface Edge {
  first: boolean;
  last: boolean;
}

function appendLiteral(shell: Shell, text: string, context: Context, out: Piece[], edge: Edge): void {
  if (context.quoted) {
    out.push({ text: context.operand ? unescapeQuoted(text, '$`"\\}\n') : text, quoted: true, split: false });
    return;
  }
  let rest = text;
  if (!context.noTilde && rest.includes('~')) {
    if (context.assignment) return appendTildeList(shell, rest, context, out, edge);
    if (edge.first && shell.dialect === 'bash' && /^[A-Za-z_]\w*=~/.test(rest)) {
      const equals = rest.indexOf('=') + 1;
      appendEscaped(rest.slice(0, equals), context, out);
      return appendTildeList(shell, rest.slice(equals), context, out, edge);
    }
    if (edge.first) rest = takeTilde(shell, rest, out, edge.last, false);
  }
  appendEscaped(rest, context, out);
}

// x=~/a:~/b: each part after a colon may start with a tilde.
function appendTildeList(shell: Shell, text: string, context: Context, out: Piece[], edge: Edge): void {
  text.split(':').forEach((item, i, items) => {
    if (i > 0) out.push({ text: ':', quoted: false, split: false });
    const starts = i > 0 || edge.first;
    const last = i < items.length - 1 || edge.last;
    appendEscaped(starts ? takeTilde(shell, item, out, last, true) : item, context, out);
  });
}

function takeTilde(shell: Shell, text: string, out: Piece[], ends: boolean, assignment: boolean): string {
  const tilde = tildeAt(shell, text, ends, assignment);
  if (tilde === undefined) return text;
  out.push({ text: tilde.directory, quoted: true, split: false });
  return text.slice(tilde.length);
}

function appendEscaped(text: string, context: Context, out: Piece[]): void {
  const split = context.operand === true;
  if (!text.includes('\\')) {
    if (text !== '') out.push({ text, quoted: false, split });
    return;
  }
  for (const [piece, escaped] of text.matchAll(/\\([\s\S]?)|[^\\]+/gu)) {
    if (escaped === undefined) out.push({ text: piece, quoted: false, split });
    else if (escaped !== '\n')
      out.push({ text: escaped === '' ? '\\' : escaped, quoted: true, split: false });
  }
}

/** Takes backslashes away where they have a meaning between double quotes. */
function unescapeQuoted(text: string, special: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\([\s\S])/g, (whole, char: string) =>
    char === '\n' ? '' : special.includes(char) ? char : whole,
  );
}

/** The value of `$((...))` or `$[...]`, as text. */
function expandArithmetic(shell: Shell, source: string): Maybe<string> {
  const body = source.startsWith('$((') ? source.slice(3, -2) : source.slice(2, -1);
  return chain(expandArithmeticText(shell, body), (text) => String(evaluateArithmetic(shell, text)));
}

/** Without double quotes, which mean nothing in arithmetic save inside $(...). */
const withoutQuotes = (text: string): string =>
  parseQuotedText(text)
    ?.parts?.map((part) => (part.type === 'CommandExpansion' ? part.text : part.text.replaceAll('"', '')))
    .join('')
    .replace(/\n$/, '') ?? text.replaceAll('"', '');

const bodies = new Map<string, ReturnType<typeof parseQuotedText>>();

/** An arithmetic text after parameter expansion, command substitution and quote removal. */
export function expandArithmeticText(shell: Shell, text: string): Maybe<string> {
  if (!/[$`"'\\]/.test(text)) return text;
  // dash and busybox leave double quotes where they are.
  const bare = shell.dialect === 'bash' && text.includes('"') ? withoutQuotes(text) : text;
  let body = bodies.get(bare);
  if (body === undefined) {
    body = parseQuotedText(bare);
    if (bodies.size > 500) bodies.clear();
    bodies.set(bare, body);
  }
  if (body === undefined) return text;
  return chain(bodyPieces(shell, body.text, body.parts), (pieces) => joinPieces(pieces).replace(/\n$/, ''));
}
