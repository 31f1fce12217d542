// Names that nobody has defined are found before a program runs.

import type { Place } from './lexer.ts';
import type { Definition, Filter, Pattern } from './syntax-tree.ts';

export interface Mistake {
  readonly message: string;
  readonly place: Place;
}

interface Known {
  readonly functions: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
}

export const keyOf = ({ name, parameters }: Definition): string => `${name}/${parameters.length}`;

/** Names without a definition and the like, in the order of the program. */
export const findMistakes = (
  filter: Filter,
  functions: ReadonlySet<string>,
  variables: ReadonlySet<string>,
): Mistake[] => {
  const found: Mistake[] = [];
  look(filter, { functions, variables }, found);
  return found;
};

const START: Place = { line: 1, at: 0 };

const look = (filter: Filter, known: Known, found: Mistake[]): void => {
  if (dividesByZero(filter)) found.push({ message: 'Division by zero?', place: START });
  if (filter.kind === 'call') {
    const name = `${filter.name}/${filter.args.length}`;
    if (!known.functions.has(name)) found.push({ message: `${name} is not defined`, place: filter.place });
    for (const argument of filter.args) look(argument, known, found);
  } else if (filter.kind === 'variable') {
    if (!known.variables.has(filter.name))
      found.push({ message: `$${filter.name} is not defined`, place: filter.place });
  } else if (filter.kind === 'break') {
    if (!known.variables.has(`*label-${filter.name}`))
      found.push({ message: `$*label-${filter.name} is not defined`, place: START });
  } else if (filter.kind === 'label') {
    look(filter.body, { ...known, variables: new Set(known.variables).add(`*label-${filter.name}`) }, found);
  } else if (filter.kind === 'define') {
    const { definition, rest } = filter;
    const functions = new Set(known.functions).add(keyOf(definition));
    const parameters = definition.parameters.map((name) => `${name.replace('$', '')}/0`);
    const values = definition.parameters.filter((name) => name.startsWith('$')).map((name) => name.slice(1));
    look(
      definition.body,
      {
        functions: new Set([...functions, ...parameters]),
        variables: new Set([...known.variables, ...values]),
      },
      found,
    );
    look(rest, { ...known, functions }, found);
  } else if (filter.kind === 'bind') {
    look(filter.source, known, found);
    const inner = within(known, filter.patterns);
    for (const pattern of filter.patterns) lookAtPattern(pattern, inner, found);
    look(filter.body, inner, found);
  } else if (filter.kind === 'reduce' || filter.kind === 'foreach') {
    look(filter.source, known, found);
    look(filter.start, known, found);
    const inner = within(known, [filter.pattern]);
    look(filter.step, inner, found);
    if (filter.kind === 'foreach' && filter.extract !== undefined) look(filter.extract, inner, found);
  } else for (const inner of childrenOf(filter)) look(inner, known, found);
};

/** Constants are worked out beforehand. */
const dividesByZero = (filter: Filter): boolean =>
  filter.kind === 'binary' &&
  (filter.operator === '/' || filter.operator === '%') &&
  filter.left.kind === 'literal' &&
  filter.right.kind === 'literal' &&
  filter.right.value === 0;

const lookAtPattern = (pattern: Pattern, known: Known, found: Mistake[]): void => {
  if (pattern.kind === 'array') for (const item of pattern.items) lookAtPattern(item, known, found);
  if (pattern.kind !== 'object') return;
  for (const { key, value } of pattern.entries) {
    look(key, known, found);
    if (value !== undefined) lookAtPattern(value, known, found);
  }
};

export const variablesOf = (pattern: Pattern): string[] => {
  if (pattern.kind === 'variable') return [pattern.name];
  if (pattern.kind === 'array') return pattern.items.flatMap(variablesOf);
  return pattern.entries.flatMap(({ variable, value }) => [
    ...(variable === undefined ? [] : [variable]),
    ...(value === undefined ? [] : variablesOf(value)),
  ]);
};

const within = (known: Known, patterns: readonly Pattern[]): Known => ({
  ...known,
  variables: new Set([...known.variables, ...patterns.flatMap(variablesOf)]),
});

const isFilter = (value: unknown): value is Filter =>
  typeof value === 'object' && value !== null && 'kind' in value;

/** The filters within one: its parts, those in lists and in lists of entries. */
export const childrenOf = (filter: Filter): Filter[] =>
  filter.kind === 'literal'
    ? []
    : Object.values(filter).flatMap((part: unknown) => {
        if (isFilter(part)) return [part];
        if (!Array.isArray(part)) return [];
        return part.flatMap((item: unknown) => {
          if (isFilter(item)) return [item];
          return typeof item === 'object' && item !== null ? Object.values(item).filter(isFilter) : [];
        });
      });

/** Whether a program asks for further inputs by itself. */
export const readsInput = (filter: Filter): boolean =>
  (filter.kind === 'call' && (filter.name === 'input' || filter.name === 'inputs')) ||
  (filter.kind === 'define' && readsInput(filter.definition.body)) ||
  childrenOf(filter).some(readsInput);
