// What bc's programs work on when they run: a stack of numbers, variables, arrays and functions.

import { mathFunctions } from './math-library.ts';
import { type Decimal, whole, ZERO } from './number.ts';
import { numberText, readNumber, toInteger } from './number-text.ts';
import type { Given, Instruction, Parameter, Routine } from './program.ts';

const DIMENSION = 16_777_215;
const MAX_BASE = 2_147_483_647;

type Base = 'ibase' | 'obase' | 'scale';
type Elements = Map<number, Decimal>;

/** A routine that is being run. */
interface Frame {
  readonly routine: Routine;
  next: number;
}

/** What the machine needs from outside. */
export interface Surroundings {
  /** Text of the program itself; long lines of it are broken. */
  print(text: string): void;
  complain(text: string): Promise<void>;
  readLine(): Promise<string | undefined>;
  /** Called now and then while a program runs. */
  breathe(): Promise<void>;
}

/** The rest of the line is not run. */
class RuntimeMistake extends Error {}
class Halt extends Error {}

export class Machine {
  readonly #around: Surroundings;
  readonly #functions = new Map<string, Routine>();
  readonly #variables = new Map<string, Decimal>();
  readonly #arrays = new Map<string, Elements>();
  /** Variables that a call has put aside, innermost last. */
  readonly #saved: (() => void)[][] = [];
  readonly #frames: Frame[] = [];
  #stack: Decimal[] = [];
  #bases = { ibase: 10, obase: 10, scale: 0 };
  readonly #library: boolean;

  constructor(around: Surroundings, library: boolean) {
    this.#around = around;
    this.#library = library;
    if (library) this.#bases.scale = 20;
  }

  define(routine: Routine): void {
    this.#functions.set(routine.name, routine);
  }

  /** Makes ready to run a line's code. */
  begin(routine: Routine): void {
    this.#stack = [];
    this.#frames.push({ routine, next: 0 });
  }

  /** The instruction that comes next; undefined when there is none left. */
  next(): Instruction | undefined {
    const frame = this.#frames.at(-1);
    const step = frame?.routine.code[frame.next];
    if (frame !== undefined && step !== undefined) frame.next++;
    return step;
  }

  end(): void {
    this.#frames.length = 0;
  }

  /** After what broke a line off: variables have the values of before its calls. False when the program is over. */
  async recover(error: unknown): Promise<boolean> {
    if (!(error instanceof RuntimeMistake) && !(error instanceof Halt)) throw error;
    if (error instanceof RuntimeMistake && !(error instanceof RuntimeMistakeTold)) {
      await this.#tell('error', error.message);
    }
    while (this.#saved.length > 0) this.#restore();
    return error instanceof RuntimeMistake;
  }

  breathe(): Promise<void> {
    return this.#around.breathe();
  }

  fail(text: string): never {
    throw new RuntimeMistake(text);
  }

  async #tell(kind: 'error' | 'warning', text: string, at?: number): Promise<void> {
    const frame = this.#frames.at(-1);
    const address = at ?? frame?.routine.code[frame.next - 1]?.at ?? 0;
    await this.#around.complain(`Runtime ${kind} (func=${frame?.routine.name}, adr=${address}): ${text}`);
  }

  warn(text: string): Promise<void> {
    return this.#tell('warning', text);
  }

  push(number: Decimal): void {
    this.#stack.push(number);
  }

  pop(): Decimal {
    return this.#stack.pop() ?? ZERO;
  }

  exchange(): void {
    const [above, below] = [this.pop(), this.pop()];
    this.push(above);
    this.push(below);
  }

  get scale(): number {
    return this.#bases.scale;
  }

  constant(text: string): Decimal {
    return readNumber(text, this.#bases.ibase);
  }

  text(number: Decimal): string {
    return numberText(number, this.#bases.obase);
  }

  print(text: string): void {
    this.#around.print(text);
  }

  readLine(): Promise<string | undefined> {
    return this.#around.readLine();
  }

  variable(name: string): Decimal {
    if (name in this.#bases) return whole(this.#bases[name as Base]);
    if (name === 'history') return whole(-1);
    return this.#variables.get(name) ?? ZERO;
  }

  assign(name: string, value: Decimal): undefined | Promise<void> {
    const limits = LIMITS[name as Base] as readonly [number, number] | undefined;
    if (limits === undefined) {
      this.#variables.set(name, value);
      return undefined;
    }
    const wanted = toInteger(value) ?? (value.units < 0n ? -1 : Number.POSITIVE_INFINITY);
    const [lowest, highest] = limits;
    const kept = Math.min(Math.max(wanted, lowest), highest);
    this.#bases[name as Base] = kept;
    if (kept === wanted) return undefined;
    if (name === 'scale' && wanted < 0) return this.warn('negative scale, set to 0');
    return this.warn(`${name} too ${wanted < lowest ? 'small' : 'large'}, set to ${kept}`);
  }

  #index(name: string): number {
    const index = toInteger(this.pop()) ?? -1;
    if (index < 0 || index > DIMENSION) this.fail(`Array ${name} subscript out of bounds.`);
    return index;
  }

  element(name: string): Decimal {
    return this.#elements(name).get(this.#index(name)) ?? ZERO;
  }

  assignElement(name: string, value: Decimal): void {
    this.#elements(name).set(this.#index(name), value);
  }

  #elements(name: string): Elements {
    let elements = this.#arrays.get(name);
    if (elements === undefined) {
      elements = new Map();
      this.#arrays.set(name, elements);
    }
    return elements;
  }

  jump(label: number): void {
    const frame = this.#frames.at(-1) as Frame;
    frame.next = frame.routine.labels[label] ?? 0;
  }

  halt(): never {
    throw new Halt();
  }

  async call({ text, given, at }: Instruction): Promise<void> {
    const routine = this.#functions.get(text);
    if (routine !== undefined) return this.#enter(routine, given, at);
    const math = this.#library ? mathFunctions[text] : undefined;
    if (math !== undefined && given.length === math.parameters) {
      const values = given.map(() => this.pop()).reverse();
      this.push(math.value(values, this.scale));
      return;
    }
    const named = math !== undefined;
    await this.#tell(
      'error',
      named ? 'Parameter number mismatch' : `Function ${text} not defined.`,
      named ? at : at - given.length - 1,
    );
    throw new RuntimeMistakeTold('told');
  }

  async #enter(routine: Routine, given: readonly Given[], at: number): Promise<void> {
    const { parameters, autos } = routine;
    if (given.length !== parameters.length) {
      const surplus = given.length > parameters.length;
      await this.#tell(
        'error',
        'Parameter number mismatch',
        surplus ? at - given.length + parameters.length : at,
      );
      throw new RuntimeMistakeTold('told');
    }
    const numbers = given.filter((one) => one === 'number').map(() => this.pop());
    const saved: (() => void)[] = [];
    // All arguments are taken before a name gets a new value: `f(a[])` may be given the array it calls a.
    const taken = given.map((one) =>
      one === 'number' ? (numbers.pop() as Decimal) : this.#elements(one.array),
    );
    for (const [index, parameter] of parameters.entries()) {
      const value = taken[index];
      if (value instanceof Map !== parameter.array) {
        this.#saved.push(saved);
        const place = at - given.length + index;
        await this.#tell('error', `Parameter type mismatch, parameter ${parameter.name}.`, place);
        throw new RuntimeMistakeTold('told');
      }
      saved.push(this.#local(parameter, value));
    }
    for (const auto of autos) saved.push(this.#local(auto, undefined));
    this.#saved.push(saved);
    this.#frames.push({ routine, next: 0 });
  }

  /** Gives a name a value of its own; the answer puts the old one back. */
  #local({ name, array, shared }: Parameter, value: Decimal | Elements | undefined): () => void {
    if (array) {
      const old = this.#arrays.get(name);
      const elements = value instanceof Map ? value : new Map<number, Decimal>();
      this.#arrays.set(name, shared ? elements : new Map(elements));
      return () => {
        if (old === undefined) this.#arrays.delete(name);
        else this.#arrays.set(name, old);
      };
    }
    const old = this.variable(name);
    if (!(name in this.#bases) || value !== undefined) void this.assign(name, (value as Decimal) ?? ZERO);
    return () => void this.assign(name, old);
  }

  #restore(): void {
    for (const restore of (this.#saved.pop() ?? []).reverse()) restore();
  }

  leave(): void {
    this.#restore();
    this.#frames.pop();
  }
}

/** A mistake that has been told already, with a place of its own. */
class RuntimeMistakeTold extends RuntimeMistake {}

/** GNU bc reads digits up to Z. */
const LIMITS = { ibase: [2, 36], obase: [2, MAX_BASE], scale: [0, MAX_BASE] } as const;
