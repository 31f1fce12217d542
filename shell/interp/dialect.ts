// What a source means to a shell that has less than bash: the parser reads bash, so its tree is searched for what
// the shell at hand reads otherwise. That is either refused where it stands, or spelled so that it means the same.
import type { Shell } from './shell.ts';
import { forEachChild, type Parsed, parse, type SyntaxFault, type SyntaxNode } from './syntax.ts';

/** Text to put in, so that bash's parser takes the source as the other shell does; it never holds a newline. */
export interface Edit {
  pos: number;
  end: number;
  text: string;
}

interface Findings {
  edits: Edit[];
  faults: SyntaxFault[];
}

interface Reading extends Findings {
  /** `plain` is bash without extglob. */
  dialect: 'plain' | 'dash' | 'ash';
  source: string;
}

type NodeOf<T extends SyntaxNode['type']> = Extract<SyntaxNode, { type: T }>;
type Foreign = { [T in SyntaxNode['type']]?: (reading: Reading, node: NodeOf<T>) => void };

const insert = ({ edits }: Findings, pos: number, text: string): void =>
  void edits.push({ pos, end: pos, text });
/** A backslash makes a keyword or an assignment a word. */
const quote = (reading: Reading, { pos }: { pos: number }): void => insert(reading, pos, '\\');
const token = ({ faults }: Findings, pos: number, text: string, expecting?: string): void =>
  void faults.push({ kind: 'token', pos, token: text, expecting });
const say = ({ faults }: Findings, pos: number, text: string): void =>
  void faults.push({ kind: 'said', pos, text });

const onlyDash =
  <Node>(act: (reading: Reading, node: Node) => void) =>
  (reading: Reading, node: Node): void => {
    if (reading.dialect === 'dash') act(reading, node);
  };

const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);

function pipeline(reading: Reading, { prefixes, commands, operators, pos, end }: NodeOf<'Pipeline'>): void {
  const { source } = reading;
  const [first, second] = prefixes;
  if (first?.type === 'Time') return quote(reading, first);
  if (second !== undefined) token(reading, second.pos, source.slice(second.pos, second.end));
  for (const [i, operator] of operators.entries())
    if (operator === '|&') token(reading, source.indexOf('|&', commands[i]?.end ?? pos) + 1 || end, '&');
}

function definition(reading: Reading, { pos, name, body }: NodeOf<'Function'>): void {
  if (/^function\s/.test(reading.source.slice(pos, name.pos))) {
    if (reading.dialect === 'dash') return quote(reading, { pos });
  } else if (!isName(name.text)) return say(reading, name.end, 'Bad function name');
  // POSIX's shells take any command as a function's body.
  if (body.type !== 'CompoundList') return;
  insert(reading, body.pos, '{ ');
  insert(reading, body.end, ';}');
}

function assignment(reading: Reading, node: NodeOf<'Assignment'>): void {
  if (node.index !== undefined || node.append) return quote(reading, node);
  if (node.value.type === 'ArrayValue') token(reading, node.value.pos, '(');
}

function redirection(reading: Reading, node: NodeOf<'Redirect'>): void {
  const { descriptor, operator, target, pos } = node;
  if (descriptor?.type === 'FileDescriptorVariable') return quote(reading, descriptor);
  const inner = target?.parts?.[0];
  if (inner?.type === 'ProcessSubstitution' && reading.dialect === 'dash')
    return token(reading, inner.pos, inner.operator);
  if (!operator.startsWith('&')) return;
  if (reading.dialect === 'dash') insert(reading, pos + 1, ' ');
  else if (operator === '&>>') token(reading, pos + 2, '>');
}

function caseItem(reading: Reading, { terminator, body, end }: NodeOf<'CaseItem'>): void {
  if (terminator === ';&') token(reading, reading.source.indexOf(';&', body.end) + 1, '&');
  else if (terminator === ';;&') token(reading, end, 'word', '")"');
}

function loop(reading: Reading, { name, wordlist, body }: NodeOf<'For'>): void {
  if (!isName(name.text)) return say(reading, name.pos, 'Bad for loop variable');
  const from = wordlist?.at(-1)?.end ?? name.end;
  const opening = /^[\s;]*\{/.exec(reading.source.slice(from, body.pos));
  if (opening !== null) token(reading, from + opening[0].length - 1, '{', '"do"');
}

/** busybox's [[ is a command whose && and || are words. */
function bracketTest(reading: Reading, node: NodeOf<'TestCommand'>): void {
  quote(reading, node);
  if (reading.dialect !== 'ash') return;
  const visit = (expression: SyntaxNode): void => {
    if (expression.type === 'TestLogical')
      for (const { end } of expression.operands.slice(0, -1)) {
        const pos = reading.source.indexOf(expression.operator, end);
        reading.edits.push({ pos, end: pos + 2, text: expression.operator === '&&' ? ' -a ' : ' -o ' });
      }
    forEachChild(expression, visit);
  };
  visit(node.expression);
}

const parenthesis = (reading: Reading, { pos }: { pos: number }): void => token(reading, pos + 1, '(');

/** What dash and busybox ash read otherwise. */
const posix: Foreign = {
  ArithmeticCommand: (reading, { pos }) => insert(reading, pos + 1, ' '),
  ArithmeticFor: (reading, { pos }) => say(reading, pos, 'Bad for loop variable'),
  ArithmeticExpansion: (reading, node) => {
    if (reading.source.startsWith('$[', node.pos)) quote(reading, node);
  },
  AnsiCQuoted: onlyDash(quote),
  Assignment: assignment,
  CaseItem: caseItem,
  Coproc: quote,
  ExtendedGlob: parenthesis,
  For: loop,
  Function: definition,
  LocaleString: quote,
  Pipeline: pipeline,
  ProcessSubstitution: onlyDash(parenthesis),
  Redirect: redirection,
  Select: quote,
  TestCommand: bracketTest,
};

const withoutExtglob: Foreign = { ExtendedGlob: parenthesis };

/** Nothing of the kind is in a text without these. */
const suspicious = {
  plain: /[?*+@!]\(/,
  posix:
    /\(\(|\[\[|\]\+?=|\w\+=|=\(|\$['"[]|[?*+@!<>|]\(|&>|[|;]&|\}[<>]|!\s*!|\(\)\s*[^\s{(]|[^\w\s]\w*\s*\(\)|\b(for|function|select|time|coproc)\b/,
} as const;

function search(parsed: Parsed, dialect: Reading['dialect']): Findings {
  const reading: Reading = { dialect, source: parsed.source, edits: [], faults: [] };
  const table: Foreign = dialect === 'plain' ? withoutExtglob : posix;
  const visit = (node: SyntaxNode): void => {
    // Backquoted text with escapes has a source of its own, and is read when it runs.
    if (node.type === 'Script' && node.source !== undefined) return;
    // Patterns there are extended ones without being asked for.
    if (dialect === 'plain' && (node.type === 'TestCommand' || node.type === 'ParameterExpansion')) return;
    (table[node.type] as ((reading: Reading, node: SyntaxNode) => void) | undefined)?.(reading, node);
    if (node.type !== 'Word' || /[$`<>?*+@!]/.test(node.text)) forEachChild(node, visit);
  };
  visit(parsed.script);
  return reading;
}

/** A tree as a shell reads it, and the edits that led to it, each in the text that the ones before it left. */
export interface Read {
  parsed: Parsed;
  edits: readonly Edit[];
}

const ROUNDS = 20;
const known = {
  plain: new WeakMap<Parsed, Read>(),
  dash: new WeakMap<Parsed, Read>(),
  ash: new WeakMap<Parsed, Read>(),
};

function translate(original: Parsed, dialect: Reading['dialect']): Read {
  let parsed = original;
  const made: Edit[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { edits, faults } = search(parsed, dialect);
    if (edits.length === 0) return { parsed: refused(parsed, faults), edits: made };
    let { source } = parsed;
    for (const edit of edits.sort((a, b) => b.pos - a.pos)) {
      source = source.slice(0, edit.pos) + edit.text + source.slice(edit.end);
      made.push(edit);
    }
    parsed = parse(source);
  }
  return { parsed, edits: made };
}

function refused(parsed: Parsed, faults: readonly SyntaxFault[]): Parsed {
  const first = [...faults, ...(parsed.fault === undefined ? [] : [parsed.fault])].sort(
    (a, b) => a.pos - b.pos,
  )[0];
  return first === parsed.fault ? parsed : { ...parsed, fault: first };
}

/** The source as this shell reads it. */
export function parseFor(shell: Shell, source: string): Read {
  const parsed = parse(source);
  const dialect =
    shell.dialect !== 'bash' ? shell.dialect : shell.state.shopted('extglob') ? undefined : 'plain';
  if (dialect === undefined || !suspicious[dialect === 'plain' ? 'plain' : 'posix'].test(source))
    return { parsed, edits: [] };
  const memory = known[dialect];
  let read = memory.get(parsed);
  if (read === undefined) {
    read = translate(parsed, dialect);
    memory.set(parsed, read);
  }
  return read;
}
