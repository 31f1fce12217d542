// What each instruction of bc does.

import type { Machine } from './machine.ts';
import {
  add,
  compare,
  type Decimal,
  digitCount,
  divide,
  multiply,
  negate,
  ONE,
  power,
  remainder,
  rescale,
  squareRoot,
  subtract,
  whole,
  ZERO,
} from './number.ts';
import type { Instruction, Operation } from './program.ts';

type Handler = (machine: Machine, step: Instruction) => void | Promise<void>;

const truth = (value: boolean): Decimal => (value ? ONE : ZERO);

const BINARY: Readonly<
  Record<string, (machine: Machine, a: Decimal, b: Decimal) => Decimal | Promise<Decimal>>
> = {
  '+': (_machine, a, b) => add(a, b),
  '-': (_machine, a, b) => subtract(a, b),
  '*': (machine, a, b) => multiply(a, b, machine.scale),
  '/': (machine, a, b) => (b.units === 0n ? machine.fail('Divide by zero') : divide(a, b, machine.scale)),
  '%': (machine, a, b) => (b.units === 0n ? machine.fail('Modulo by zero') : remainder(a, b, machine.scale)),
  '^': (machine, a, b) => raise(machine, a, b),
  '==': (_machine, a, b) => truth(compare(a, b) === 0),
  '!=': (_machine, a, b) => truth(compare(a, b) !== 0),
  '<': (_machine, a, b) => truth(compare(a, b) < 0),
  '<=': (_machine, a, b) => truth(compare(a, b) <= 0),
  '>': (_machine, a, b) => truth(compare(a, b) > 0),
  '>=': (_machine, a, b) => truth(compare(a, b) >= 0),
};

/** Bits of a power that memory has room for. */
const MOST_BITS = 1e9;

const raise = async (machine: Machine, base: Decimal, exponent: Decimal): Promise<Decimal> => {
  if (exponent.scale > 0) await machine.warn('non-zero scale in exponent');
  const { units } = rescale(exponent, 0);
  const bits = (base.units < 0n ? -base.units : base.units).toString(2).length - 1;
  const size = Number(units < 0n ? -units : units) * (bits + base.scale);
  if (size > MOST_BITS) machine.fail('exponent too large in raise');
  return power(base, units, machine.scale);
};

const unary =
  (value: (machine: Machine, number: Decimal) => Decimal): Handler =>
  (machine) =>
    machine.push(value(machine, machine.pop()));

/** ++ and --: of a variable, or of the element whose index is on the stack. */
const stepBy =
  (difference: Decimal, element: boolean): Handler =>
  (machine, { text }) => {
    if (!element) return machine.assign(text, add(machine.variable(text), difference));
    const index = machine.pop();
    machine.push(index);
    const value = add(machine.element(text), difference);
    machine.push(index);
    machine.assignElement(text, value);
    return undefined;
  };

const MINUS_ONE = whole(-1);

export const operations: Readonly<Record<Operation, Handler>> = {
  constant: (machine, { text }) => machine.push(machine.constant(text)),
  load: (machine, { text }) => machine.push(machine.variable(text)),
  store: (machine, { text }) => {
    const value = machine.pop();
    machine.push(value);
    return machine.assign(text, value);
  },
  increment: stepBy(ONE, false),
  decrement: stepBy(MINUS_ONE, false),
  loadElement: (machine, { text }) => machine.push(machine.element(text)),
  storeElement: (machine, { text }) => {
    const value = machine.pop();
    machine.assignElement(text, value);
    machine.push(value);
  },
  incrementElement: stepBy(ONE, true),
  decrementElement: stepBy(MINUS_ONE, true),
  duplicate: (machine) => {
    const top = machine.pop();
    machine.push(top);
    machine.push(top);
  },
  exchange: (machine) => machine.exchange(),
  pop: (machine) => void machine.pop(),
  binary: (machine, { text }) => {
    const [b, a] = [machine.pop(), machine.pop()];
    const value = BINARY[text]?.(machine, a, b) ?? ZERO;
    if (!(value instanceof Promise)) return machine.push(value);
    return value.then((number) => machine.push(number));
  },
  not: unary((_machine, number) => truth(number.units === 0n)),
  negate: unary((_machine, number) => negate(number)),
  length: unary((_machine, number) => whole(digitCount(number))),
  root: unary((machine, number) =>
    number.units < 0n ? machine.fail('Square root of a negative number') : squareRoot(number, machine.scale),
  ),
  scale: unary((_machine, number) => whole(number.scale)),
  read: async (machine) => {
    const line = (await machine.readLine()) ?? '';
    const [, sign, digits = '0'] = /^\s*(-?)([0-9A-Z]*\.?[0-9A-Z]*)/.exec(line) ?? [];
    const number = machine.constant(digits === '' || digits === '.' ? '0' : digits);
    machine.push(sign === '-' ? negate(number) : number);
  },
  jump: (machine, { label }) => machine.jump(label),
  jumpIfZero: (machine, { label }) => {
    if (machine.pop().units === 0n) machine.jump(label);
  },
  jumpUnlessZero: (machine, { label }) => {
    if (machine.pop().units !== 0n) machine.jump(label);
  },
  call: (machine, step) => machine.call(step),
  return: (machine) => machine.leave(),
  halt: (machine) => machine.halt(),
  printLine: (machine) => {
    show(machine);
    machine.print('\n');
  },
  print: (machine) => show(machine),
  printString: (machine, { text }) => machine.print(text),
  printEscaped: (machine, { text }) => machine.print(unescape(text)),
};

const show = (machine: Machine): void => {
  const number = machine.pop();
  machine.print(machine.text(number));
  void machine.assign('last', number);
};

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  q: '"',
  r: '\r',
  t: '\t',
  '\\': '\\',
};

/** What follows a backslash and means nothing is left out with it. */
const unescape = (text: string): string =>
  text.replace(/\\([\s\S])/g, (_all, letter: string) => ESCAPES[letter] ?? '');
