// The one door to the parser: trees of bash source, what is missing at the end of an unfinished
// command (for PS2), and where a syntax error lies. Wording of errors: syntax-report.ts.
import { forEachChild, type ParsedScript, parse as parseBash, type SyntaxNode } from 'unbash';

export type {
  AndOr,
  ArithmeticFor,
  Assignment,
  Case,
  Command,
  CommandExpansionPart,
  CommandNode,
  CompoundCommand,
  CompoundList,
  For,
  Function as FunctionNode,
  HereDoc,
  If,
  ParameterExpansionPart,
  ParameterOperation,
  ParsedScript,
  Pipeline,
  PipelineNode,
  ProcessSubstitutionPart,
  Redirection,
  Select,
  Statement,
  SyntaxNode,
  TestExpression,
  While,
  Word,
  WordPart,
} from 'unbash';

/** Why a source does not parse: the first error in reading order. */
export type SyntaxFault =
  | ParserFault
  /** What dash and ash say in words of its own, as dash puts it. */
  | { kind: 'said'; pos: number; text: string };

/** `inside`: what is wrong stands in a $(...), which bash reads on its own. */
type ParserFault = {
  inside?: true;
} /** The source ends inside a command; `expecting` quotes what would close it. */ & (
  | { kind: 'end'; pos: number; expecting?: string }
  | { kind: 'unclosed'; pos: number; quote: '"' | "'" | '`' | ')' | '}' }
  | { kind: 'token'; pos: number; token: string; expecting?: string }
);

export interface Parsed {
  source: string;
  script: ParsedScript;
  fault: SyntaxFault | undefined;
}

const cache = new Map<string, Parsed>();
const CACHE_LIMIT = 512;

/** Parses `source`; trees of equal sources are shared (they are never changed). */
export function parse(source: string): Parsed {
  const known = cache.get(source);
  if (known !== undefined) return known;
  const script = parseBash(source);
  const parsed = { source, script, fault: firstFault(script, source) };
  if (cache.size >= CACHE_LIMIT) cache.delete(cache.keys().next().value ?? '');
  if (source.length < 65_536) cache.set(source, parsed);
  return parsed;
}

/** True when more lines could still complete the command (an interactive shell then asks with PS2). */
export function isIncomplete({ fault, script, source }: Parsed): boolean {
  if (fault !== undefined)
    return (fault.kind === 'end' || fault.kind === 'unclosed') && !endsAtNewlineToken(fault, source);
  return /(^|[^\\])(\\\\)*\\$/.test(source.replace(/\n$/, '')) || openDocument(script) !== undefined;
}

// `for` or `>` and then nothing: more lines would not mend it.
function endsAtNewlineToken(fault: SyntaxFault, source: string): boolean {
  return fault.kind === 'end' && newlineIsUnexpected(source.slice(0, fault.pos));
}

/** Some words must be followed on their own line: bash calls what it finds `newline`, not end of file. */
export function newlineIsUnexpected(before: string): boolean {
  return (
    /(^|[\s;&|(])(for|case|select|function)\s*$|[<>]\s*$|[<>]&\s*$|\bin\s+\(?[^\s;)]+$/.test(before) &&
    !/\bfor\s+\w+\s+in\s/.test(before)
  );
}

function firstFault(script: ParsedScript, source: string): ParserFault | undefined {
  const own = script.errors?.[0];
  const closing = script.errors?.find(({ message }) =>
    /^expected '?\S+'? to close|^expected '(then|do|in)'/.test(message),
  );
  const stray =
    own !== undefined && /^expected '(then|do)'/.test(own.message)
      ? strayWord(script, source, own.pos)
      : undefined;
  const inner = /\$\(|`|[<>]\(/.test(source) ? nestedFault(script, source) : undefined;
  const first =
    own === undefined ? undefined : describe(own.message, own.pos, source, expected(closing?.message));
  if (first === undefined) return inner;
  if (stray !== undefined)
    return { ...stray, ...(first.kind === 'unclosed' ? {} : { expecting: first.expecting }) } as ParserFault;
  return inner !== undefined && inner.pos >= first.pos && first.kind === 'unclosed' ? inner : first;
}

/** What stands where `then` or `do` was expected: the parser notices only when it has read past it. */
function strayWord(root: SyntaxNode, source: string, error: number): ParserFault | undefined {
  let before: number | undefined;
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Word' || before !== undefined) return;
    if (node.type === 'If' && node.then.commands.length === 0 && node.then.pos === error)
      before = node.clause.end;
    else if (node.type === 'While' && node.body.commands.length === 0 && node.body.pos === error)
      before = node.clause.end;
    else if (node.type === 'For' && node.pos < error && error <= node.end)
      before = node.wordlist?.at(-1)?.end ?? node.name.end;
    forEachChild(node, visit);
  };
  visit(root);
  if (before === undefined) return undefined;
  const from = before + (/^[\s;]*/.exec(source.slice(before))?.[0].length ?? 0);
  const token = tokenAt(source, from);
  return token === undefined || /^(then|do)$/.test(token.token) ? undefined : { kind: 'token', ...token };
}

/** What an error of the parser says is missing, quoted as dash does. */
function expected(message: string | undefined): string | undefined {
  const word = message === undefined ? undefined : /^expected '?([^' ]+)'?/.exec(message)?.[1];
  return word === undefined ? undefined : `"${word}"`;
}

function describe(message: string, pos: number, source: string, expecting?: string): ParserFault {
  if (message.startsWith('unterminated'))
    return { kind: 'unclosed', pos, quote: closer(message, source.slice(pos)) };
  // An empty group: what follows its opening is the token that should not be there.
  const token = tokenAt(source, /in (subshell|brace group)$/.test(message) ? pos + 1 : pos);
  return token === undefined
    ? { kind: 'end', pos: source.length, expecting }
    : { kind: 'token', ...token, expecting: /^unexpected token/.test(message) ? expecting : undefined };
}

function closer(message: string, text: string): '"' | "'" | '`' | ')' | '}' {
  if (message.includes('single') || message.includes('ANSI')) return "'";
  if (message.includes('backtick')) return '`';
  if (message.includes('parameter')) return /^\$\{[^"]*"[^"]*$/.test(text) ? '"' : '}';
  if (message.includes('double')) return /\$\{[^}"]*$/.test(text) ? '}' : '"';
  return ')';
}

/** The token at or after `pos`; undefined at the end of the source. */
function tokenAt(source: string, pos: number): { token: string; pos: number } | undefined {
  const blank = /(?:[ \t]|\\\n|#[^\n]*)*/y;
  blank.lastIndex = pos;
  const start = pos + (blank.exec(source)?.[0].length ?? 0);
  if (start >= source.length || source.slice(start).trim() === '') return undefined;
  const shape = /\n|;;&|;;|;&|&&|\|\||\|&|&>>|&>|<<<|<<-|<<|>>|<>|>&|<&|>\||[;&|()<>]|[^\s;&|()<>]+/y;
  shape.lastIndex = start;
  const found = shape.exec(source)?.[0] ?? source[start] ?? '';
  return { token: found === '\n' ? 'newline' : found, pos: start };
}

function nestedFault(root: SyntaxNode, source: string): ParserFault | undefined {
  let found: ParserFault | undefined;
  const visit = (node: SyntaxNode, depth: number): void => {
    if (found !== undefined || depth > 400) return;
    if ((node.type === 'Word' || node.type === 'DoubleQuoted') && !/[$`<>]/.test(node.text)) return;
    if (node.type === 'Script' && node !== root && node.errors?.[0] !== undefined) {
      const { message, pos } = node.errors[0];
      found =
        node.source === undefined
          ? { ...closing(describe(message, pos, source), node, source), inside: true }
          : { kind: 'token', token: ')', pos: root.pos };
      return;
    }
    forEachChild(node, (child) => visit(child, depth + 1));
  };
  visit(root, 0);
  return found;
}

// Where a substitution ends too early, its own parenthesis is the unexpected token.
function closing(fault: ParserFault, script: SyntaxNode, source: string): ParserFault {
  return fault.pos >= script.end && source[script.end] === ')'
    ? { kind: 'token', token: ')', pos: script.end }
    : fault.kind === 'unclosed'
      ? fault
      : { ...fault, expecting: '")"' };
}

/** The here-document whose end is missing, if there is one. */
export function openDocument(root: SyntaxNode): import('unbash').HereDoc | undefined {
  let open: import('unbash').HereDoc | undefined;
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'HereDoc' && node.closing === undefined) open = node;
    if (open === undefined && node.type !== 'Word') forEachChild(node, visit);
  };
  visit(root);
  return open;
}

/** Words of a text read as arguments (after brace expansion), without its other syntax. */
export function parseWord(text: string): ReturnType<typeof firstWord> {
  return firstWord(parseBash(`: ${text}`));
}

function firstWord(script: ParsedScript) {
  const command = script.commands[0]?.command;
  const word = command?.type === 'Command' ? command.args[0] : undefined;
  return word?.type === 'Word' ? word : undefined;
}

/** The parts of a text read as inside double quotes where a `"` has no meaning (prompts, arithmetic). */
export function parseQuotedText(text: string): import('unbash').HereDoc['body'] | undefined {
  const end = text.includes('COWSH_END') ? 'COWSH_END_OF_TEXT_0' : 'COWSH_END';
  const command = parseBash(`: <<${end}\n${text}\n${end}\n`).commands[0]?.command;
  const redirect = command?.type === 'Command' ? command.redirects[0] : undefined;
  return redirect?.type === 'HereDoc' ? redirect.body : undefined;
}

export { forEachChild } from 'unbash';
