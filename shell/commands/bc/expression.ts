// Expressions of bc, compiled as they are read: operators by their strength.

import { KEYWORDS, type Token } from './lexer.ts';
import type { Assembler, Given, Operation } from './program.ts';
import type { Words } from './words.ts';

/** What kind of expression it was: an assignment's value is not printed, a void function has none. */
export type Kind = 'value' | 'assignment' | 'void';

const STRENGTH: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '==': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
  '^': 8,
};
const [NOT, ASSIGN, MINUS] = [3, 5, 9];

const MEASURES: Readonly<Record<string, Operation>> = { length: 'length', sqrt: 'root', scale: 'scale' };
const VARIABLES: ReadonlySet<string> = new Set(['ibase', 'obase', 'scale', 'last', 'history']);

interface Place {
  readonly name: string;
  readonly element: boolean;
}

export class ExpressionCompiler {
  readonly #words: Words;
  readonly #isVoid: (name: string) => boolean;

  constructor(words: Words, isVoid: (name: string) => boolean) {
    this.#words = words;
    this.#isVoid = isVoid;
  }

  /** Reads one expression of operators that bind at least that strongly. */
  async compile(out: Assembler, strength = 0): Promise<Kind> {
    let kind = await this.#operand(out, strength);
    for (;;) {
      const sign = await this.#words.peek();
      const own = sign.kind === 'symbol' || sign.kind === 'relation' ? STRENGTH[sign.text] : undefined;
      if (own === undefined || own < strength) return kind;
      await this.#words.take();
      if (sign.text === '&&' || sign.text === '||') await this.#logical(out, sign.text, own);
      else {
        await this.compile(out, sign.text === '^' ? own : own + 1);
        out.emit('binary', sign.text);
      }
      kind = 'value';
    }
  }

  async #logical(out: Assembler, sign: string, own: number): Promise<void> {
    const [known, end] = [out.newLabel(), out.newLabel()];
    const skip: Operation = sign === '&&' ? 'jumpIfZero' : 'jumpUnlessZero';
    out.emit(skip, '', { label: known });
    await this.compile(out, own + 1);
    out.emit(skip, '', { label: known });
    out.emit('constant', sign === '&&' ? '1' : '0');
    out.emit('jump', '', { label: end });
    out.place(known);
    out.emit('constant', sign === '&&' ? '0' : '1');
    out.place(end);
  }

  async #operand(out: Assembler, strength: number): Promise<Kind> {
    const token = await this.#words.take();
    if (token.kind === 'number') {
      out.emit('constant', token.text);
      return 'value';
    }
    const { text } = token;
    const known = !KEYWORDS.has(text) || VARIABLES.has(text) || text in MEASURES || text === 'read';
    if (token.kind === 'name') return known ? this.#named(out, token) : this.#words.fail();
    if (token.text === '(') {
      await this.compile(out);
      await this.#words.expect(')');
      return 'value';
    }
    if (token.text === '-' || token.text === '!') {
      await this.compile(out, token.text === '-' ? MINUS : Math.max(NOT, strength));
      out.emit(token.text === '-' ? 'negate' : 'not');
      return 'value';
    }
    if (token.text === '++' || token.text === '--') {
      const name = await this.#words.take();
      const place = await this.#place(out, name);
      this.#step(out, place, token.text, 'before');
      return 'value';
    }
    return this.#words.fail();
  }

  async #named(out: Assembler, token: Token): Promise<Kind> {
    const { text } = token;
    const calls = (await this.#words.peek()).text === '(';
    const measure = MEASURES[text];
    if (calls && (measure !== undefined || text === 'read')) {
      await this.#words.take();
      if (measure !== undefined) await this.compile(out);
      await this.#words.expect(')');
      out.emit(measure ?? 'read');
      return 'value';
    }
    if (calls && !KEYWORDS.has(text)) return this.#call(out, text);
    const place = await this.#place(out, token);
    const next = await this.#words.peek();
    if (next.kind === 'assign') return this.#assign(out, place);
    if (next.text === '++' || next.text === '--') {
      await this.#words.take();
      this.#step(out, place, next.text, 'after');
      return 'value';
    }
    out.emit(place.element ? 'loadElement' : 'load', place.name);
    return 'value';
  }

  /** A variable, or an array's element, whose index is then on the stack. */
  async #place(out: Assembler, token: Token): Promise<Place> {
    if (token.kind !== 'name' || (KEYWORDS.has(token.text) && !VARIABLES.has(token.text))) this.#words.fail();
    const element = (await this.#words.peek()).text === '[';
    if (!element) return { name: token.text, element };
    await this.#words.take();
    await this.compile(out);
    await this.#words.expect(']');
    return { name: token.text, element };
  }

  async #assign(out: Assembler, place: Place): Promise<Kind> {
    const sign = (await this.#words.take()).text.slice(0, -1);
    if (sign !== '') {
      if (place.element) out.emit('duplicate');
      out.emit(place.element ? 'loadElement' : 'load', place.name);
    }
    const kind = await this.compile(out, ASSIGN);
    if (kind === 'void') await this.#words.complain('Assignment of a void expression');
    if (sign !== '') out.emit('binary', sign);
    out.emit(place.element ? 'storeElement' : 'store', place.name);
    return 'assignment';
  }

  #step(out: Assembler, { name, element }: Place, sign: string, when: 'before' | 'after'): void {
    const up = sign === '++';
    const step: Operation = element
      ? up
        ? 'incrementElement'
        : 'decrementElement'
      : up
        ? 'increment'
        : 'decrement';
    const load: Operation = element ? 'loadElement' : 'load';
    if (element) out.emit('duplicate');
    out.emit(when === 'before' ? step : load, name);
    if (element && when === 'after') out.emit('exchange');
    out.emit(when === 'before' ? load : step, name);
  }

  async #call(out: Assembler, name: string): Promise<Kind> {
    await this.#words.take();
    const given: Given[] = [];
    while ((await this.#words.peek()).text !== ')') {
      if (given.length > 0) await this.#words.expect(',');
      given.push(await this.#argument(out));
    }
    await this.#words.take();
    out.emit('call', name, { given });
    return this.#isVoid(name) ? 'void' : 'value';
  }

  async #argument(out: Assembler): Promise<Given> {
    const array = await this.#words.takeArray();
    if (array !== undefined) return { array };
    await this.compile(out);
    return 'number';
  }
}
