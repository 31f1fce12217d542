// What can be assigned to: variables, parameters, fields, elements.

import { type Code, fast, lift1, type Target } from './code.ts';
import type { Compiler } from './compiler.ts';
import { AwkError } from './dialect.ts';
import type { Lvalue } from './syntax-tree.ts';
import { Input, toNumber, type Value } from './value.ts';

const NO_KEY: Code = fast(() => undefined);

/** More fields than this are a mistake. */
const MOST_FIELDS = 1_000_000;

export const compileTarget = (compiler: Compiler, lvalue: Lvalue): Target => {
  if (lvalue.kind === 'field') return fieldTarget(compiler, lvalue);
  if (lvalue.kind === 'element') return elementTarget(compiler, lvalue);
  return nameTarget(compiler, lvalue);
};

const nameTarget = (compiler: Compiler, { name, place }: Extract<Lvalue, { kind: 'name' }>): Target => {
  const { runtime } = compiler;
  const slot = compiler.slot(name);
  if (compiler.isArray(name) || compiler.functions.has(name)) {
    const { dialect } = runtime;
    const message =
      dialect.name === 'gawk'
        ? `cmd. line:${place.line}: fatal: attempt to use array \`${name}' in a scalar context`
        : dialect.name === 'mawk'
          ? `line ${place.line}: illegal reference to ${compiler.functions.has(name) ? 'function' : 'array'} ${name}`
          : `cmd. line:${place.line}: Not a scalar`;
    throw new AwkError(message, dialect.name === 'gawk' ? 2 : dialect.syntaxStatus);
  }
  if (slot !== undefined) {
    return {
      key: NO_KEY,
      get: (locals) => locals[slot] as Value,
      set: (locals, _key, value) => {
        locals[slot] = value;
      },
    };
  }
  if (name === 'NF') {
    return {
      key: NO_KEY,
      get: () => runtime.record.count,
      set: (_locals, _key, value) => {
        runtime.record.count = toNumber(value);
      },
    };
  }
  const variable = runtime.variable(name);
  const { changed } = variable;
  return {
    key: NO_KEY,
    get: () => variable.value,
    set:
      changed === undefined
        ? (_locals, _key, value) => {
            variable.value = value;
          }
        : (_locals, _key, value) => {
            variable.value = value;
            changed();
          },
  };
};

const fieldTarget = (compiler: Compiler, { index, place }: Extract<Lvalue, { kind: 'field' }>): Target => {
  const { runtime } = compiler;
  const { record } = runtime;
  const key = lift1(compiler.expression(index), (value) => {
    const number = Math.trunc(toNumber(value));
    if (number < 0 || number > MOST_FIELDS || Number.isNaN(number))
      throw runtime.error(place, runtime.dialect.words.negativeField(number));
    return number;
  });
  return {
    key,
    get: (_locals, at) => record.get(at as number),
    // A field keeps the text of a number by CONVFMT.
    set: (_locals, at, value) => {
      record.set(at as number, typeof value === 'number' ? new Input(runtime.text(value)) : value);
    },
  };
};

const elementTarget = (
  compiler: Compiler,
  { name, subscripts }: Extract<Lvalue, { kind: 'element' }>,
): Target => {
  const array = compiler.array(name);
  return {
    key: compiler.key(subscripts),
    // Asking for an element makes it.
    get: (locals, key) => {
      const { elements } = array(locals);
      const value = elements.get(key as string);
      if (value === undefined && !elements.has(key as string)) elements.set(key as string, undefined);
      return value;
    },
    set: (locals, key, value) => {
      array(locals).elements.set(key as string, value);
    },
  };
};
