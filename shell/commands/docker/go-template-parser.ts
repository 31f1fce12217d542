// Parses a Go template into a tree: text, actions, if, with, range.

import { TemplateSyntaxError, type Token, type TokenKind, tokens } from './go-template-lexer.ts';
import type { Command, Operand, Pipe, TemplateCall, TemplateNode } from './go-template-tree.ts';
import type { GoValue } from './go-value.ts';

const blocks = ['if', 'with', 'range'] as const;
type Block = (typeof blocks)[number];
const isBlock = (word: string): word is Block => (blocks as readonly string[]).includes(word);

/** Throws TemplateSyntaxError. `functions` are the names that may be called. */
export const parseTemplate = (
  source: string,
  functions: ReadonlySet<string>,
): { nodes: TemplateNode[]; definitions: ReadonlyMap<string, readonly TemplateNode[]> } => {
  const parser = new Parser(tokens(source), functions);
  const { nodes, ended } = parser.list(true);
  if (ended !== 'end of file') throw new TemplateSyntaxError(parser.line, `unexpected {{${ended}}}`);
  return { nodes, definitions: parser.definitions };
};

const unquote = (text: string): string => {
  if (text.startsWith('`')) return text.slice(1, -1);
  const escapes: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    r: '\r',
    a: '\x07',
    b: '\b',
    f: '\f',
    v: '\v',
  };
  return text
    .slice(1, -1)
    .replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)/g, (_, code: string) =>
      code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (escapes[code] ?? code),
    );
};

class Parser {
  readonly #tokens: readonly Token[];
  readonly #functions: ReadonlySet<string>;
  /** What {{define}} and {{block}} have named. */
  readonly definitions = new Map<string, readonly TemplateNode[]>();
  #next = 0;
  #scope: string[] = ['$'];
  #loops = 0;

  constructor(list: readonly Token[], functions: ReadonlySet<string>) {
    this.#tokens = list;
    this.#functions = functions;
  }

  get line(): number {
    return this.#peek().line;
  }

  #peek(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #take(): Token {
    const token = this.#peek();
    if (token.kind !== 'end') this.#next += 1;
    return token;
  }

  #at(kind: TokenKind, text?: string): boolean {
    const token = this.#peek();
    return token.kind === kind && (text === undefined || token.text === text);
  }

  #fail(message: string): never {
    throw new TemplateSyntaxError(this.line, message);
  }

  /** Nodes up to {{end}}, {{else}} or the end of the template; definitions stand at its top alone. */
  list(top = false): { nodes: TemplateNode[]; ended: 'end' | 'else' | 'end of file' } {
    const nodes: TemplateNode[] = [];
    for (;;) {
      const token = this.#take();
      if (token.kind === 'end') return { nodes, ended: 'end of file' };
      if (token.kind === 'text') {
        nodes.push({ kind: 'text', text: token.text });
        continue;
      }
      if (this.#at('word', 'end')) {
        this.#take();
        this.#close('end');
        return { nodes, ended: 'end' };
      }
      if (this.#at('word', 'else')) {
        this.#take();
        return { nodes, ended: 'else' };
      }
      if (top && this.#at('word', 'define')) this.#define();
      else nodes.push(this.#action());
    }
  }

  #close(context: string): void {
    if (!this.#at('close')) this.#fail(`unexpected ${this.#describe()} in ${context}`);
    this.#take();
  }

  #describe(): string {
    const token = this.#peek();
    return token.kind === 'end' ? 'EOF' : `<${token.text}>`;
  }

  #action(): TemplateNode {
    const { kind, text } = this.#peek();
    if (kind === 'word' && isBlock(text)) return this.#block(text);
    if (kind === 'word' && (text === 'template' || text === 'block')) return this.#call(text);
    if (kind === 'word' && text === 'define') this.#fail('unexpected <define> in command');
    if (kind === 'word' && (text === 'break' || text === 'continue')) {
      this.#take();
      if (this.#loops === 0) this.#fail(`{{${text}}} outside {{range}}`);
      this.#close(`{{${text}}}`);
      return { kind: text };
    }
    const pipe = this.#pipe('command');
    this.#close('command');
    return { kind: 'print', pipe };
  }

  #define(): void {
    this.#take();
    const { name } = this.#name('define clause');
    this.#close('define clause');
    this.#body(name);
  }

  /** {{template}}, and {{block}}, which defines what it calls. */
  #call(word: 'template' | 'block'): TemplateCall {
    this.#take();
    const clause = `${word} clause`;
    const { name, token } = this.#name(clause);
    const pipe = word === 'template' && this.#at('close') ? undefined : this.#pipe(clause);
    this.#close(clause);
    if (word === 'block') this.#body(name);
    const data = pipe === undefined ? '' : ` ${pipe.commands.map(({ text }) => text).join(' | ')}`;
    const text = `{{template ${JSON.stringify(name)}${data}}}`;
    return { kind: 'template', name, pipe, text, at: token.at, line: token.line };
  }

  #name(clause: string): { name: string; token: Token } {
    const token = this.#take();
    if (token.kind !== 'string') this.#fail(`unexpected ${JSON.stringify(token.text)} in ${clause}`);
    return { name: unquote(token.text), token };
  }

  /** Up to {{end}}, with no variables but $. */
  #body(name: string): void {
    const outer = this.#scope;
    this.#scope = ['$'];
    const { nodes, ended } = this.list();
    this.#scope = outer;
    if (ended !== 'end') this.#fail(ended === 'else' ? 'unexpected {{else}}' : 'unexpected EOF');
    if (this.definitions.has(name))
      this.#fail(`template: multiple definition of template ${JSON.stringify(name)}`);
    this.definitions.set(name, nodes);
  }

  #block(kind: Block): TemplateNode {
    this.#take();
    const outer = [...this.#scope];
    const pipe = this.#pipe(kind);
    this.#close(kind);
    if (kind === 'range') this.#loops += 1;
    const { nodes: body, ended } = this.list();
    if (kind === 'range') this.#loops -= 1;
    const otherwise = ended === 'else' ? this.#otherwise() : [];
    if (ended === 'end of file') this.#fail('unexpected EOF');
    this.#scope = outer;
    return { kind, pipe, body, otherwise };
  }

  #otherwise(): TemplateNode[] {
    const word = this.#peek();
    if (word.kind === 'word' && (word.text === 'if' || word.text === 'with')) return [this.#block(word.text)];
    this.#close('else');
    const { nodes, ended } = this.list();
    if (ended !== 'end') this.#fail(ended === 'else' ? 'expected end; found {{else}}' : 'unexpected EOF');
    return nodes;
  }

  #pipe(context: string): Pipe {
    const { variables, declares } = this.#declaration(context);
    const commands: Command[] = [];
    for (;;) {
      if (this.#at('close') || this.#at('right')) break;
      commands.push(this.#command(context));
      if (!this.#at('pipe')) break;
      this.#take();
      if (this.#at('close') || this.#at('right')) this.#fail(`missing value for ${context}`);
    }
    if (commands.length === 0) this.#fail(`missing value for ${context}`);
    for (const name of declares ? variables : []) this.#scope.push(name);
    return { variables, declares, commands };
  }

  #declaration(context: string): { variables: string[]; declares: boolean } {
    const start = this.#next;
    const variables: string[] = [];
    while (this.#at('variable')) {
      variables.push(this.#take().text);
      if (this.#at('declare') || this.#at('assign'))
        return { variables, declares: this.#take().kind === 'declare' };
      if (!this.#at('comma') || context !== 'range') break;
      this.#take();
    }
    this.#next = start;
    return { variables: [], declares: false };
  }

  #command(context: string): Command {
    const first = this.#operand(context);
    const operands: [Operand, ...Operand[]] = [first];
    while (!this.#at('pipe') && !this.#at('close') && !this.#at('right')) {
      if (!this.#peek().spaced) this.#fail(`unexpected ${this.#describe()} in operand`);
      operands.push(this.#operand(context));
    }
    return {
      operands,
      text: operands.map((operand) => operand.text).join(' '),
      at: first.at,
      line: first.line,
    };
  }

  #operand(context: string): Operand {
    const token = this.#take();
    const place = { text: token.text, at: token.at, line: token.line };
    const read = operandReaders[token.kind];
    if (token.kind === 'left') {
      const pipe = this.#pipe('parenthesized pipeline');
      if (!this.#at('right')) this.#fail('unclosed left paren');
      this.#take();
      const text = `(${pipe.commands.map((command) => command.text).join(' | ')})`;
      const chain = this.#chain();
      return { ...place, text: text + chain.text, kind: 'group', pipe, names: chain.names };
    }
    if (token.kind === 'word' && !wordConstants.has(token.text) && !this.#functions.has(token.text)) {
      throw new TemplateSyntaxError(token.line, `function "${token.text}" not defined`);
    }
    if (token.kind === 'variable' && !this.#scope.includes(token.text)) {
      throw new TemplateSyntaxError(token.line, `undefined variable "${token.text}"`);
    }
    if (!read) {
      this.#next -= 1;
      return this.#fail(`unexpected ${this.#describe()} in ${context}`);
    }
    const operand: Operand = { ...place, ...read(token) };
    if (operand.kind !== 'field' && operand.kind !== 'variable') return operand;
    const chain = this.#chain();
    // Go places a chained field at its second link.
    const at = operand.kind === 'field' && chain.at !== undefined ? chain.at : operand.at;
    return { ...operand, at, text: operand.text + chain.text, names: [...operand.names, ...chain.names] };
  }

  #chain(): { names: string[]; text: string; at: number | undefined } {
    const names: string[] = [];
    let at: number | undefined;
    while (this.#at('field') && !this.#peek().spaced) {
      at ??= this.#peek().at;
      names.push(this.#take().text.slice(1));
    }
    return { names, text: names.map((name) => `.${name}`).join(''), at };
  }
}

const wordConstants: ReadonlyMap<string, GoValue> = new Map([
  ['true', true],
  ['false', false],
  ['nil', null],
]);

type Bare<T> = T extends unknown ? Omit<T, 'text' | 'at' | 'line'> : never;
const operandReaders: Partial<Record<TokenKind, (token: Token) => Bare<Operand>>> = {
  string: ({ text }) => ({ kind: 'constant', value: unquote(text) }),
  char: ({ text }) => ({ kind: 'constant', value: unquote(text).codePointAt(0) ?? 0 }),
  number: ({ text }) => ({ kind: 'constant', value: Number(text) }),
  dot: () => ({ kind: 'dot' }),
  field: ({ text }) => ({ kind: 'field', names: [text.slice(1)] }),
  variable: ({ text }) => ({ kind: 'variable', name: text, names: [] }),
  word: ({ text }) => {
    if (text === 'nil') return { kind: 'nil' };
    const constant = wordConstants.get(text);
    return constant === undefined ? { kind: 'function', name: text } : { kind: 'constant', value: constant };
  },
};
