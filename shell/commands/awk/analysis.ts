// What can be known of a program before it runs: which names are arrays, and which functions may have to wait.

import type { Expression, FunctionDefinition, Program } from './syntax-tree.ts';
import { type Node, nodesOf } from './tree-walk.ts';

/** Array arguments of built-in functions, by position. */
const ARRAY_ARGUMENTS: Readonly<Record<string, readonly number[]>> = {
  split: [1, 3],
  patsplit: [1, 3],
  match: [2],
  asort: [0, 1],
  asorti: [0, 1],
};

const ALWAYS_ARRAYS = ['ENVIRON', 'ARGV', 'PROCINFO', 'FUNCTAB', 'SYMTAB'];

export interface Analysis {
  readonly arrays: ReadonlySet<string>;
  /** Function → the parameters that are arrays. */
  readonly arrayParameters: ReadonlyMap<string, ReadonlySet<string>>;
  readonly slowFunctions: ReadonlySet<string>;
}

interface Part {
  readonly definition: FunctionDefinition | undefined;
  readonly nodes: readonly Node[];
}

export const analyse = (program: Program): Analysis => {
  const parts: Part[] = [
    { definition: undefined, nodes: [...nodesOf(program.rules)] },
    ...[...program.functions.values()].map((definition) => ({
      definition,
      nodes: [...nodesOf(definition.body)],
    })),
  ];
  const finder = new ArrayFinder(program);
  do finder.changed = false;
  while (parts.map((part) => finder.look(part)) && finder.changed);
  return {
    arrays: finder.globals,
    arrayParameters: finder.parameters,
    slowFunctions: findSlow(parts.slice(1)),
  };
};

class ArrayFinder {
  changed = false;
  readonly globals = new Set<string>(ALWAYS_ARRAYS);
  readonly parameters = new Map<string, Set<string>>();
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
    for (const name of program.functions.keys()) this.parameters.set(name, new Set());
  }

  look({ definition, nodes }: Part): void {
    for (const node of nodes) {
      if (node.kind === 'element' || node.kind === 'in' || node.kind === 'for-in' || node.kind === 'delete')
        this.#mark(node.name, definition);
      else if (node.kind === 'builtin') {
        for (const at of ARRAY_ARGUMENTS[node.name] ?? []) this.#markArgument(node.args[at], definition);
      } else if (node.kind === 'call') this.#lookAtCall(node.name, node.args, definition);
    }
  }

  #lookAtCall(name: string, args: readonly Expression[], caller: FunctionDefinition | undefined): void {
    const callee = this.#program.functions.get(name);
    if (callee === undefined) return;
    const arrays = this.parameters.get(name);
    for (const [at, argument] of args.entries()) {
      const parameter = callee.parameters[at];
      if (parameter === undefined || argument.kind !== 'name') continue;
      if (arrays?.has(parameter)) this.#mark(argument.name, caller);
      else if (this.#isArray(argument.name, caller)) this.#mark(parameter, callee);
    }
  }

  #markArgument(argument: Expression | undefined, definition: FunctionDefinition | undefined): void {
    if (argument?.kind === 'name') this.#mark(argument.name, definition);
  }

  #setOf(name: string, definition: FunctionDefinition | undefined): Set<string> {
    const local = definition?.parameters.includes(name) ? this.parameters.get(definition.name) : undefined;
    return local ?? this.globals;
  }

  #isArray(name: string, definition: FunctionDefinition | undefined): boolean {
    return this.#setOf(name, definition).has(name);
  }

  #mark(name: string, definition: FunctionDefinition | undefined): void {
    const names = this.#setOf(name, definition);
    if (names.has(name)) return;
    names.add(name);
    this.changed = true;
  }
}

const WAITING = new Set(['system', 'close', 'fflush']);

/** Functions with loops, or that call themselves, must let others run now and then. */
const findSlow = (functions: readonly Part[]): Set<string> => {
  const slow = new Set<string>();
  const calls = new Map<string, Set<string>>();
  for (const { definition, nodes } of functions) {
    const name = definition?.name ?? '';
    const waits = nodes.some(
      (node) =>
        node.kind === 'loop' ||
        node.kind === 'for-in' ||
        node.kind === 'getline' ||
        (node.kind === 'builtin' && WAITING.has(node.name)),
    );
    if (waits) slow.add(name);
    calls.set(name, new Set(nodes.flatMap((node) => (node.kind === 'call' ? [node.name] : []))));
  }
  for (const name of calls.keys()) if (reaches(name, name, calls)) slow.add(name);
  for (let before = -1; before !== slow.size; ) {
    before = slow.size;
    for (const [name, called] of calls) if ([...called].some((one) => slow.has(one))) slow.add(name);
  }
  return slow;
};

const reaches = (from: string, to: string, calls: ReadonlyMap<string, ReadonlySet<string>>): boolean => {
  const seen = new Set<string>();
  const queue = [...(calls.get(from) ?? [])];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (name === to) return true;
    if (!seen.has(name)) queue.push(...(calls.get(name) ?? []));
    seen.add(name);
  }
  return false;
};
