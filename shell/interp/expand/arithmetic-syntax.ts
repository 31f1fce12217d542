// The grammar of $((...)): text to tree, with bash's error texts. Trees are cached by text.
import { ShellError } from '../shell-error.ts';

export type Arithmetic =
  | { kind: 'number'; value: bigint }
  | { kind: 'name'; name: string; subscript: string | undefined }
  | { kind: 'unary'; operator: string; operand: Arithmetic }
  | { kind: 'step'; operator: '++' | '--'; prefix: boolean; target: Target }
  | { kind: 'binary'; operator: string; left: Arithmetic; right: Arithmetic; rest: string }
  | { kind: 'assign'; operator: string; target: Target; value: Arithmetic; rest: string }
  | { kind: 'choice'; test: Arithmetic; yes: Arithmetic; no: Arithmetic };

export type Target = Extract<Arithmetic, { kind: 'name' }>;

const PRECEDENCE: Record<string, number> = {
  ',': 1,
  '||': 4,
  '&&': 5,
  '|': 6,
  '^': 7,
  '&': 8,
  '==': 9,
  '!=': 9,
  '<': 10,
  '>': 10,
  '<=': 10,
  '>=': 10,
  '<<': 11,
  '>>': 11,
  '+': 12,
  '-': 12,
  '*': 13,
  '/': 13,
  '%': 13,
  '**': 14,
};

const ASSIGNMENTS = new Set(['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '^=', '|=']);
const TOKEN =
  /\s*(<<=|>>=|\*\*|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&^|]=|[-+*/%&^|<>=!~?:,()]|[0-9][\w@#]*|[A-Za-z_]\w*|\S)?/y;

const cache = new Map<string, Arithmetic>();

/** Parses an expression; throws ShellError with bash's text. */
export function parseArithmetic(text: string): Arithmetic {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const tree = new ArithmeticParser(text).whole();
  if (cache.size > 1000) cache.clear();
  cache.set(text, tree);
  return tree;
}

/** Reads an expression that has an error somewhere, and does on the way what stands before it, as bash does. */
export function reckonArithmetic(text: string, reckon: Reckon): Arithmetic {
  return new ArithmeticParser(text, reckon).whole();
}

/** What a part of an expression comes to. */
type Reckon = (node: Arithmetic) => bigint;

const ZERO: Arithmetic = { kind: 'number', value: 0n };

class ArithmeticParser {
  readonly #text: string;
  readonly #reckon: Reckon | undefined;
  /** Above 0 where nothing is reckoned: behind `0 &&`, `1 ||`, in the choice that is not taken. */
  #idle = 0;
  #at = 0;
  #token = '';
  #start = 0;
  #lastStart = 0;
  #depth = 0;

  constructor(text: string, reckon?: Reckon) {
    this.#text = text;
    this.#reckon = reckon;
    this.#next();
  }

  whole(): Arithmetic {
    if (this.#token === '') return ZERO;
    const tree = this.#comma();
    if (this.#token !== '') this.#stray('syntax error in expression');
    return tree;
  }

  /** A token at a wrong place: bash has read it all the same. */
  #stray(message: string): never {
    const from = this.#token === '' ? this.#lastStart : this.#start;
    if (/^[A-Za-z_]/.test(this.#token)) this.#primary();
    return this.#fail(message, from);
  }

  /** bash reads one token ahead of a name: what it cannot read there comes before all else. */
  #ahead(): void {
    const [at, token, start, lastStart] = [this.#at, this.#token, this.#start, this.#lastStart];
    while (/^[A-Za-z_]/.test(this.#token)) this.#next();
    [this.#at, this.#token, this.#start, this.#lastStart] = [at, token, start, lastStart];
  }

  /** What is no token is told as soon as it is read behind `before`. */
  #readable(before: string): void {
    if (/^[0-9]/.test(this.#token)) this.#number(this.#token);
    if (!/^[^\w=<>+\-*/%!()&|^~?:,]/.test(this.#token)) return;
    this.#fail(`syntax error: ${/\w$/.test(before) ? 'invalid arithmetic operator' : 'operand expected'}`);
  }

  /** A part that has been read: the number that it comes to, where all is reckoned on the way. */
  #made(node: Arithmetic): Arithmetic {
    if (this.#reckon === undefined) return node;
    return this.#idle > 0 ? ZERO : { kind: 'number', value: this.#reckon(node) };
  }

  /** Reads a part that is reckoned only where `needed`. */
  #maybe(needed: boolean, read: () => Arithmetic): Arithmetic {
    if (needed) return read();
    this.#idle++;
    const node = read();
    this.#idle--;
    return node;
  }

  #next(before = this.#token): void {
    this.#lastStart = this.#start;
    TOKEN.lastIndex = this.#at;
    const found = TOKEN.exec(this.#text);
    this.#token = found?.[1] ?? '';
    this.#at = TOKEN.lastIndex;
    this.#start = this.#at - this.#token.length;
    if (this.#reckon !== undefined) this.#readable(before);
  }

  #fail(message: string, from = this.#start, text = this.#text): never {
    throw new ShellError(`${text}: ${message} (error token is "${text.slice(from)}")`);
  }

  #comma(): Arithmetic {
    let left = this.#assignment();
    while (this.#token === ',') {
      this.#next();
      left = this.#made({ kind: 'binary', operator: ',', left, right: this.#assignment(), rest: '' });
    }
    return left;
  }

  #assignment(): Arithmetic {
    if (++this.#depth > 1000) this.#fail('expression recursion level exceeded');
    const left = this.#choice();
    this.#depth--;
    if (!ASSIGNMENTS.has(this.#token)) return left;
    if (left.kind !== 'name') this.#fail('attempted assignment to non-variable');
    const operator = this.#token;
    this.#next();
    const rest = this.#text.slice(this.#start);
    return this.#made({ kind: 'assign', operator, target: left, value: this.#assignment(), rest });
  }

  #choice(): Arithmetic {
    const test = this.#binary(4);
    if (this.#token !== '?') return test;
    this.#next();
    if (/^:?$/.test(this.#token)) this.#fail('expression expected');
    const yes = this.#maybe(!isNumber(test, false), () => this.#comma());
    if (!/^:$/.test(this.#token)) this.#stray("`:' expected for conditional expression");
    this.#next();
    if (/^$/.test(this.#token)) this.#fail('expression expected');
    const no = this.#maybe(!isNumber(test, true), () => this.#choice());
    return this.#made({ kind: 'choice', test, yes, no });
  }

  #binary(lowest: number): Arithmetic {
    let left = this.#unary();
    for (;;) {
      const operator = this.#token;
      const precedence = PRECEDENCE[operator];
      if (precedence === undefined || precedence < lowest) return left;
      this.#next();
      const rest = this.#text.slice(this.#start);
      const decided =
        (operator === '&&' && isNumber(left, false)) || (operator === '||' && isNumber(left, true));
      const right = this.#maybe(!decided, () =>
        this.#binary(operator === '**' ? precedence : precedence + 1),
      );
      left = this.#made({ kind: 'binary', operator, left, right, rest });
    }
  }

  #unary(): Arithmetic {
    const operator = this.#token;
    if (operator === '++' || operator === '--') {
      this.#next();
      if (/^[A-Za-z_]/.test(this.#token))
        return this.#made({ kind: 'step', operator, prefix: true, target: this.#name() });
      const sign = operator[0] as string;
      return this.#made({
        kind: 'unary',
        operator: sign,
        operand: { kind: 'unary', operator: sign, operand: this.#unary() },
      });
    }
    if (operator !== '' && '!~+-'.includes(operator)) {
      if (++this.#depth > 1000) this.#fail('expression recursion level exceeded');
      this.#next();
      const operand = this.#unary();
      this.#depth--;
      return this.#made({ kind: 'unary', operator, operand });
    }
    return this.#primary();
  }

  #primary(): Arithmetic {
    const token = this.#token;
    if (token === '(') {
      this.#next();
      const inside = this.#comma();
      if ((this.#token as string) !== ')') this.#stray("missing `)'");
      this.#next();
      return inside;
    }
    if (/^[0-9]/.test(token)) {
      const value = this.#number(token);
      this.#next();
      return { kind: 'number', value };
    }
    if (/^[A-Za-z_]/.test(token)) return this.#postfix(this.#name());
    return this.#fail('syntax error: operand expected', token === '' ? this.#lastStart : this.#start);
  }

  #postfix(target: Target): Arithmetic {
    const operator = this.#token;
    const value = operator === '=' ? target : this.#made(target);
    if (operator === '++' || operator === '--') {
      this.#next(target.name);
      return this.#made({ kind: 'step', operator, prefix: false, target });
    }
    return ASSIGNMENTS.has(operator) ? target : value;
  }

  #name(): Target {
    const name = this.#token;
    let subscript: string | undefined;
    if (this.#text[this.#at] === '[') {
      const end = closingBracket(this.#text, this.#at);
      if (end === -1) this.#fail('bad array subscript');
      subscript = this.#text.slice(this.#at + 1, end);
      this.#at = end + 1;
    }
    this.#next();
    if (this.#reckon !== undefined) this.#ahead();
    return { kind: 'name', name, subscript };
  }

  #number(token: string): bigint {
    const value = parseInteger(token);
    // bash's text ends with a number that it cannot read.
    if (typeof value === 'string') this.#fail(value, this.#start, this.#text.slice(0, this.#at));
    return value as bigint;
  }
}

/** Whether a part is known to be true, or to be false. */
const isNumber = (node: Arithmetic, truth: boolean): boolean =>
  node.kind === 'number' && (node.value !== 0n) === truth;

function closingBracket(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '[') depth++;
    else if (text[i] === ']' && --depth === 0) return i;
  }
  return -1;
}

/** A C or bash (base#digits) integer constant; the error's text when it is none. */
function parseInteger(token: string): bigint | string {
  if (/^0[xX][0-9a-fA-F]*$/.test(token)) return BigInt.asIntN(64, BigInt(token.length === 2 ? '0' : token));
  if (/^0[0-9]*$/.test(token))
    return /[89]/.test(token) ? 'value too great for base' : BigInt.asIntN(64, BigInt(`0o0${token}`));
  if (/^[0-9]+$/.test(token)) return BigInt.asIntN(64, BigInt(token));
  const based = /^([0-9]+)#([\w@]+)$/.exec(token);
  if (based === null) return 'value too great for base';
  const base = Number(based[1]);
  if (base < 2 || base > 64) return 'invalid arithmetic base';
  let value = 0n;
  for (const digit of based[2] as string) {
    const worth = digitWorth(digit, base);
    if (worth >= base) return 'value too great for base';
    value = value * BigInt(base) + BigInt(worth);
  }
  return BigInt.asIntN(64, value);
}

function digitWorth(digit: string, base: number): number {
  if (/[0-9]/.test(digit)) return Number(digit);
  if (/[a-z]/.test(digit)) return digit.charCodeAt(0) - 87;
  if (/[A-Z]/.test(digit)) return digit.charCodeAt(0) - (base <= 36 ? 55 : 29);
  return digit === '@' ? 62 : 63;
}
