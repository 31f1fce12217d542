// Runs Go templates (text/template): `{{.Name}}`, pipes, if, with, range, variables, Docker's functions.

import { absentField } from './api-types.ts';
import { FunctionError, type TemplateFunction, templateFunctions } from './go-template-functions.ts';
import { TemplateSyntaxError } from './go-template-lexer.ts';
import { parseTemplate } from './go-template-parser.ts';
import type { BlockNode, Command, Operand, Pipe, TemplateCall, TemplateNode } from './go-template-tree.ts';
import {
  type GoValue,
  goPrint,
  isList,
  isMap,
  isStruct,
  isTrue,
  Methods,
  sortedEntries,
} from './go-value.ts';

export interface Template {
  readonly nodes: readonly TemplateNode[];
  readonly definitions: ReadonlyMap<string, readonly TemplateNode[]>;
  readonly functions: ReadonlyMap<string, TemplateFunction>;
  readonly source: string;
}

/** `error` reads as Go's: `template: :1: unclosed action`. */
export const compileTemplate = (
  source: string,
  functions: ReadonlyMap<string, TemplateFunction> = templateFunctions,
): { template: Template; error?: undefined } | { template?: undefined; error: string } => {
  try {
    const names = new Set([...functions.keys(), 'call']);
    return { template: { ...parseTemplate(source, names), functions, source } };
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    return { error: `template: :${error.line}: ${error.message}` };
  }
};

/** The text, and what went wrong after it, if anything did. */
export const runTemplate = (template: Template, data: GoValue): { text: string; error?: string } => {
  const run = new Run(template, data);
  try {
    run.nodes(template.nodes, data);
    return { text: run.text };
  } catch (error) {
    if (!(error instanceof ExecutionError)) throw error;
    return { text: run.text, error: error.message };
  }
};

class ExecutionError extends Error {}
type Leaving = 'break' | 'continue' | undefined;

/** What a template without data is given: every field of it is missing. */
class NoData extends Map<string, GoValue> {}

const DEEPEST = 500;

// Go says "<no value>" for a missing map entry; the evaluator carries it as undefined.
type Value = GoValue | undefined;

class Run {
  readonly #source: Template;
  #variables: [string, Value][];
  /** Names of the templates that call each other. */
  readonly #names: string[] = [''];
  text = '';

  constructor(template: Template, data: GoValue) {
    this.#source = template;
    this.#variables = [['$', data]];
  }

  nodes(list: readonly TemplateNode[], dot: Value): Leaving {
    for (const node of list) {
      if (node.kind === 'text') this.text += node.text;
      else if (node.kind === 'break' || node.kind === 'continue') return node.kind;
      else if (node.kind === 'print') this.#print(node.pipe, dot);
      else if (node.kind === 'template') this.#template(node, dot);
      else {
        const leaving = node.kind === 'range' ? this.#range(node, dot) : this.#choose(node, dot);
        if (leaving) return leaving;
      }
    }
    return undefined;
  }

  #print(pipe: Pipe, dot: Value): void {
    const value = this.#pipe(pipe, dot);
    if (pipe.variables.length > 0) return;
    this.text += value === undefined || value instanceof NoData ? '<no value>' : goPrint(value);
  }

  /** With data of its own and no variables of its caller's. */
  #template(node: TemplateCall, dot: Value): void {
    const body = this.#source.definitions.get(node.name);
    if (body === undefined) return this.#fail(node, `template ${JSON.stringify(node.name)} not defined`);
    if (this.#names.length > DEEPEST) this.#fail(node, 'exceeded maximum template depth (100000)');
    const data = node.pipe === undefined ? new NoData() : this.#pipe(node.pipe, dot);
    const outer = this.#variables;
    this.#variables = [['$', data]];
    this.#names.push(node.name);
    this.nodes(body, data);
    this.#names.pop();
    this.#variables = outer;
  }

  #choose(node: BlockNode, dot: Value): Leaving {
    const depth = this.#variables.length;
    const value = this.#pipe(node.pipe, dot);
    const inner = node.kind === 'with' ? value : dot;
    const leaving = isTrue(value ?? null) ? this.nodes(node.body, inner) : this.nodes(node.otherwise, dot);
    this.#variables.length = depth;
    return leaving;
  }

  #range(node: BlockNode, dot: Value): Leaving {
    const depth = this.#variables.length;
    const { variables, ...bare } = node.pipe;
    const items = this.#items(this.#pipe({ ...bare, variables: [] }, dot), node.pipe);
    if (items.length === 0) return this.nodes(node.otherwise, dot);
    for (const [key, item] of items) {
      const [first, second] = variables;
      if (first !== undefined) this.#variables.push([first, second === undefined ? item : key]);
      if (second !== undefined) this.#variables.push([second, item]);
      const leaving = this.nodes(node.body, item);
      this.#variables.length = depth;
      if (leaving === 'break') break;
    }
    return undefined;
  }

  #items(value: Value, pipe: Pipe): (readonly [GoValue, GoValue])[] {
    if (value === undefined || value === null) return [];
    if (typeof value === 'number')
      return Array.from({ length: Math.max(0, value) }, (_, at) => [at, at] as const);
    if (isList(value)) return value.map((item, at) => [at, item] as const);
    if (isMap(value)) return sortedEntries(value);
    const at = pipe.commands[0] as Command;
    return this.#fail(at, `range can't iterate over ${goPrint(value)}`);
  }

  #pipe(pipe: Pipe, dot: Value): Value {
    let value: Value;
    for (const [at, command] of pipe.commands.entries()) {
      value = this.#command(command, dot, at === 0 ? [] : [value]);
    }
    for (const name of pipe.variables) {
      const known = pipe.declares ? undefined : this.#variables.findLast(([variable]) => variable === name);
      if (known) known[1] = value;
      else this.#variables.push([name, value]);
    }
    return value;
  }

  #command(command: Command, dot: Value, piped: readonly Value[]): Value {
    const [first, ...rest] = command.operands;
    if (first.kind === 'function') return this.#call(command, first.name, rest, dot, piped);
    const args = (): Value[] => [...rest.map((operand) => this.#operand(operand, dot)), ...piped];
    if (first.kind === 'field') return this.#fields(dot, first.names, first, args);
    if (first.kind === 'variable') return this.#fields(this.#variable(first.name), first.names, first, args);
    if (first.kind === 'nil') this.#fail(command, 'nil is not a command');
    if (rest.length > 0 || piped.length > 0) {
      return this.#fail(command, `can't give argument to non-function ${first.text}`);
    }
    return this.#operand(first, dot);
  }

  #call(
    command: Command,
    name: string,
    rest: readonly Operand[],
    dot: Value,
    piped: readonly Value[],
  ): Value {
    if (name === 'and' || name === 'or') {
      let value: Value;
      for (const operand of rest) {
        value = this.#operand(operand, dot);
        if (isTrue(value ?? null) === (name === 'or')) return value;
      }
      return piped.length > 0 ? piped[0] : value;
    }
    const args = [...rest.map((operand) => this.#operand(operand, dot)), ...piped];
    if (name === 'call') return this.#callNothing(command, rest, args);
    try {
      return this.#source.functions.get(name)?.(...args.map((value) => value ?? null));
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      return this.#fail(command, `error calling ${name}: ${error.message}`);
    }
  }

  /** No value of docker's is a function. */
  #callNothing(command: Command, [first]: readonly Operand[], [value]: readonly Value[]): never {
    if (first === undefined) this.#fail(command, 'wrong number of args for call: want at least 1 got 0');
    if (value === null) this.#fail(command, 'error calling call: call of nil');
    const type = { boolean: 'bool', number: 'int', bigint: 'int' }[typeof value as string] ?? 'string';
    return this.#fail(command, `error calling call: non-function ${first?.text ?? ''} of type ${type}`);
  }

  #operand(operand: Operand, dot: Value): Value {
    const none = (): Value[] => [];
    switch (operand.kind) {
      case 'constant':
        return operand.value;
      case 'nil':
        return null;
      case 'dot':
        return dot;
      case 'field':
        return this.#fields(dot, operand.names, operand, none);
      case 'variable':
        return this.#fields(this.#variable(operand.name), operand.names, operand, none);
      case 'group':
        return this.#fields(this.#pipe(operand.pipe, dot), operand.names, operand, none);
      case 'function':
        return this.#source.functions.get(operand.name)?.();
    }
  }

  #variable(name: string): Value {
    return this.#variables.findLast(([variable]) => variable === name)?.[1];
  }

  #fields(start: Value, names: readonly string[], operand: Operand, args: () => Value[]): Value {
    let value = start;
    for (const [at, name] of names.entries()) {
      value = this.#field(value, name, operand, at === names.length - 1 ? args() : []);
    }
    return value;
  }

  #field(value: Value, name: string, operand: Operand, args: readonly Value[]): Value {
    if (value instanceof Methods) {
      const method = value.columns.get(name);
      return method
        ? method(...args.map((item) => item ?? null))
        : this.#fail(operand, `can't evaluate field ${name} in type ${value.typeName}`);
    }
    if (isMap(value ?? null)) return (value as ReadonlyMap<string, GoValue>).get(name);
    if (value !== undefined && isStruct(value)) {
      // Docker retries a field its type lacks on the bare document, whose objects are maps.
      const known = Object.hasOwn(value, name) ? value[name] : absentField(value, name);
      return known === undefined
        ? this.#fail(operand, `map has no entry for key ${JSON.stringify(name)}`)
        : known;
    }
    if (value === undefined || value === null) {
      return this.#fail(operand, `nil pointer evaluating interface {}.${name}`);
    }
    return this.#fail(operand, `can't evaluate field ${name} in type interface {}`);
  }

  #fail(node: { text: string; at: number; line: number }, message: string): never {
    const lineStart = this.#source.source.lastIndexOf('\n', node.at - 1) + 1;
    const column = Buffer.byteLength(this.#source.source.slice(lineStart, node.at));
    throw new ExecutionError(
      `template: :${node.line}:${column}: executing ${JSON.stringify(this.#names.at(-1))} at <${node.text}>: ${message}`,
    );
  }
}
