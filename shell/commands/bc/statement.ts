// Statements and functions of bc, compiled line by line.

import { ExpressionCompiler } from './expression.ts';
import { KEYWORDS } from './lexer.ts';
import { Assembler, type Parameter, type Routine } from './program.ts';
import { SyntaxMistake, type Words } from './words.ts';

interface Loop {
  readonly goOn: number;
  readonly end: number;
}

interface Scope {
  readonly out: Assembler;
  readonly loop?: Loop;
  readonly inFunction: boolean;
}

/** What one line of a program comes to. */
export type Item =
  | { readonly kind: 'run'; readonly routine: Routine }
  | { readonly kind: 'define'; readonly routine: Routine }
  | { readonly kind: 'nothing' | 'quit' | 'end' };

/** Words that are carried out while they are read. */
export interface Immediate {
  limits(): void;
  warranty(): void;
}

class Quit extends Error {}

export class StatementCompiler {
  readonly #words: Words;
  readonly #expressions: ExpressionCompiler;
  readonly #immediate: Immediate;
  readonly #voids = new Set<string>();

  constructor(words: Words, immediate: Immediate) {
    this.#words = words;
    this.#immediate = immediate;
    this.#expressions = new ExpressionCompiler(words, (name) => this.#voids.has(name));
  }

  /** Reads up to the end of a line, or a function. */
  async item(): Promise<Item> {
    this.#words.mistaken = false;
    try {
      return await this.#read();
    } catch (error) {
      if (error instanceof Quit) return { kind: 'quit' };
      if (!(error instanceof SyntaxMistake)) throw error;
      await this.#words.complain(error.message);
      await this.#words.skipLine();
      return { kind: 'nothing' };
    }
  }

  async #read(): Promise<Item> {
    const first = await this.#words.peek();
    if (first.kind === 'end') return { kind: 'end' };
    if (first.text === 'define') {
      const routine = await this.#define();
      return this.#words.mistaken ? { kind: 'nothing' } : { kind: 'define', routine };
    }
    const out = new Assembler();
    await this.#list({ out, inFunction: false }, 'newline');
    const routine = out.routine('(main)');
    return this.#words.mistaken ? { kind: 'nothing' } : { kind: 'run', routine };
  }

  /** Statements between semicolons up to the newline; between semicolons and newlines up to `}`. */
  async #list(scope: Scope, until: 'newline' | '}'): Promise<void> {
    for (;;) {
      const token = await this.#words.peek();
      const separates = token.text === ';' || (until === '}' && token.kind === 'newline');
      if (separates) {
        await this.#words.take();
        continue;
      }
      if (token.kind === until || token.text === until) {
        await this.#words.take();
        return;
      }
      await this.#statement(scope);
      const after = await this.#words.peek();
      const ends = after.text === ';' || after.kind === 'newline' || (until === '}' && after.text === '}');
      if (ends) continue;
      await this.#words.take();
      this.#words.fail();
    }
  }

  async #statement(scope: Scope): Promise<void> {
    const token = await this.#words.peek();
    if (token.kind === 'string') {
      await this.#words.take();
      scope.out.emit('printString', token.text);
      return;
    }
    if (token.text === '{') {
      await this.#words.take();
      return this.#list(scope, '}');
    }
    const special = token.kind === 'name' ? this.#specials[token.text] : undefined;
    if (special === undefined) return this.#expression(scope);
    await this.#words.take();
    return special(scope);
  }

  async #expression({ out }: Scope): Promise<void> {
    const kind = await this.#expressions.compile(out);
    out.emit(kind === 'value' ? 'printLine' : 'pop');
  }

  readonly #specials: Readonly<Record<string, (scope: Scope) => Promise<void>>> = {
    if: (scope) => this.#if(scope),
    while: (scope) => this.#while(scope),
    for: (scope) => this.#for(scope),
    print: (scope) => this.#print(scope),
    return: (scope) => this.#return(scope),
    break: async ({ out, loop }) => {
      if (loop) out.emit('jump', '', { label: loop.end });
      else await this.#words.complain('Break outside a for/while');
    },
    continue: async ({ out, loop }) => {
      if (loop) out.emit('jump', '', { label: loop.goOn });
      else await this.#words.complain('Continue outside a for');
    },
    quit: async () => {
      throw new Quit();
    },
    halt: async ({ out }) => out.emit('halt'),
    limits: async () => this.#immediate.limits(),
    warranty: async () => this.#immediate.warranty(),
  };

  /** A statement that a condition governs; newlines may come before it. */
  async #governed(scope: Scope): Promise<void> {
    while ((await this.#words.peek()).kind === 'newline') await this.#words.take();
    await this.#statement(scope);
  }

  async #condition({ out }: Scope): Promise<void> {
    await this.#words.expect('(');
    await this.#expressions.compile(out);
    await this.#words.expect(')');
  }

  async #if(scope: Scope): Promise<void> {
    const { out } = scope;
    const [otherwise, end] = [out.newLabel(), out.newLabel()];
    await this.#condition(scope);
    out.emit('jumpIfZero', '', { label: otherwise });
    await this.#governed(scope);
    const hasElse = (await this.#words.peek()).text === 'else';
    if (hasElse) out.emit('jump', '', { label: end });
    out.place(otherwise);
    if (hasElse) {
      await this.#words.take();
      await this.#governed(scope);
    }
    out.place(end);
  }

  async #while(scope: Scope): Promise<void> {
    const { out } = scope;
    const loop = { goOn: out.newLabel(), end: out.newLabel() };
    out.place(loop.goOn);
    await this.#condition(scope);
    out.emit('jumpIfZero', '', { label: loop.end });
    await this.#governed({ ...scope, loop });
    out.emit('jump', '', { label: loop.goOn });
    out.place(loop.end);
  }

  async #for(scope: Scope): Promise<void> {
    const { out } = scope;
    const loop = { goOn: out.newLabel(), end: out.newLabel() };
    const [test, body] = [out.newLabel(), out.newLabel()];
    await this.#words.expect('(');
    await this.#optional(out, ';');
    out.emit('pop');
    out.place(test);
    await this.#optional(out, ';');
    out.emit('jumpUnlessZero', '', { label: body });
    out.emit('jump', '', { label: loop.end });
    out.place(loop.goOn);
    await this.#optional(out, ')');
    out.emit('pop');
    out.emit('jump', '', { label: test });
    out.place(body);
    await this.#governed({ ...scope, loop });
    out.emit('jump', '', { label: loop.goOn });
    out.place(loop.end);
  }

  /** An expression that may be missing, and what ends it. */
  async #optional(out: Assembler, end: string): Promise<void> {
    if ((await this.#words.peek()).text === end) out.emit('constant', '1');
    else await this.#expressions.compile(out);
    await this.#words.expect(end);
  }

  async #print({ out }: Scope): Promise<void> {
    for (;;) {
      const token = await this.#words.peek();
      if (token.kind === 'string') {
        await this.#words.take();
        out.emit('printEscaped', token.text);
      } else {
        await this.#expressions.compile(out);
        out.emit('print');
      }
      if ((await this.#words.peek()).text !== ',') return;
      await this.#words.take();
    }
  }

  async #return({ out, inFunction }: Scope): Promise<void> {
    const next = await this.#words.peek();
    const bare = next.kind === 'newline' || next.text === ';' || next.text === '}';
    if (bare) out.emit('constant', '0');
    else await this.#expressions.compile(out);
    out.emit('return');
    if (inFunction) return;
    await this.#words.peek();
    await this.#words.complain('Return outside of a function.');
  }

  async #define(): Promise<Routine> {
    await this.#words.take();
    const isVoid = (await this.#words.peek()).text === 'void';
    if (isVoid) await this.#words.take();
    const name = await this.#words.take();
    if (name.kind !== 'name' || KEYWORDS.has(name.text)) this.#words.fail();
    await this.#words.expect('(');
    const parameters = await this.#names(')');
    await this.#skipNewlines();
    await this.#words.expect('{');
    await this.#skipNewlines();
    const autos: Parameter[] = [];
    while ((await this.#words.peek()).text === 'auto') {
      await this.#words.take();
      autos.push(...(await this.#names('newline')));
      await this.#skipNewlines();
    }
    if (isVoid) this.#voids.add(name.text);
    else this.#voids.delete(name.text);
    const out = new Assembler();
    await this.#list({ out, inFunction: true }, '}');
    out.emit('constant', '0');
    out.emit('return');
    return out.routine(name.text, parameters, autos);
  }

  async #skipNewlines(): Promise<void> {
    while ((await this.#words.peek()).kind === 'newline') await this.#words.take();
  }

  /** Names between commas, up to `)`, or to the end of the line or a semicolon. */
  async #names(end: ')' | 'newline'): Promise<Parameter[]> {
    const names: Parameter[] = [];
    for (;;) {
      const token = await this.#words.take();
      if (token.text === end || token.kind === end || (end === 'newline' && token.text === ';')) return names;
      if (names.length > 0 && token.text !== ',') this.#words.fail();
      const word = names.length > 0 ? await this.#words.take() : token;
      const shared = word.text === '*' || word.text === '&';
      const name = shared ? await this.#words.take() : word;
      if (name.kind !== 'name' || KEYWORDS.has(name.text)) this.#words.fail();
      const array = (await this.#words.peek()).text === '[';
      if (array) {
        await this.#words.take();
        await this.#words.expect(']');
      }
      names.push({ name: name.text, array, shared });
    }
  }
}
