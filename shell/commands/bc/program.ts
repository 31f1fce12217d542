// What a bc program is compiled to: the instructions of GNU bc, each with the place in its byte code that
// messages about errors name.

export type Operation =
  | 'constant'
  | 'load'
  | 'store'
  | 'increment'
  | 'decrement'
  /** An element's index is on the stack, and its new value above it where there is one. */
  | 'loadElement'
  | 'storeElement'
  | 'incrementElement'
  | 'decrementElement'
  | 'duplicate'
  | 'exchange'
  | 'pop'
  | 'binary'
  | 'not'
  | 'negate'
  | 'length'
  | 'root'
  | 'scale'
  | 'read'
  | 'jump'
  | 'jumpIfZero'
  | 'jumpUnlessZero'
  | 'call'
  | 'return'
  | 'halt'
  | 'printLine'
  | 'print'
  | 'printString'
  | 'printEscaped';

/** What a call is given: a number from the stack, or the array of that name. */
export type Given = { readonly array: string } | 'number';

export interface Instruction {
  readonly op: Operation;
  /** A constant's digits, a variable's or function's name, an operator, a string. */
  readonly text: string;
  readonly label: number;
  readonly given: readonly Given[];
  /** The byte after it. */
  readonly at: number;
}

export interface Parameter {
  readonly name: string;
  readonly array: boolean;
  /** An array that the caller shares. */
  readonly shared: boolean;
}

/** A function's code, or that of what was typed. */
export interface Routine {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly autos: readonly Parameter[];
  readonly code: readonly Instruction[];
  /** Label → index of the instruction that it stands before. */
  readonly labels: readonly number[];
}

/** How many bytes an instruction takes in GNU bc. */
const SIZES: Partial<Record<Operation, (text: string, given: number) => number>> = {
  constant: (text) => (text === '0' || text === '1' ? 1 : text.length + 2),
  load: () => 2,
  store: () => 2,
  increment: () => 2,
  decrement: () => 2,
  loadElement: () => 2,
  storeElement: () => 2,
  incrementElement: () => 2,
  decrementElement: () => 2,
  length: () => 2,
  root: () => 2,
  scale: () => 2,
  read: () => 2,
  jump: () => 3,
  jumpIfZero: () => 3,
  jumpUnlessZero: () => 3,
  call: (_text, given) => 3 + given,
  printString: (text) => text.length + 2,
  printEscaped: (text) => text.length + 2,
};

/** Collects the instructions of one routine. */
export class Assembler {
  readonly code: Instruction[] = [];
  readonly labels: number[] = [];
  #at = 0;

  emit(op: Operation, text = '', rest: { label?: number; given?: readonly Given[] } = {}): void {
    const given = rest.given ?? [];
    // An array that is handed on is a constant with its number.
    this.#at += (SIZES[op]?.(text, given.length) ?? 1) + given.filter((one) => one !== 'number').length * 3;
    this.code.push({ op, text, label: rest.label ?? 0, given, at: this.#at });
  }

  newLabel(): number {
    return this.labels.push(0) - 1;
  }

  /** The label stands before what comes next. */
  place(label: number): void {
    this.labels[label] = this.code.length;
  }

  routine(name: string, parameters: readonly Parameter[] = [], autos: readonly Parameter[] = []): Routine {
    return { name, parameters, autos, code: this.code, labels: this.labels };
  }
}
