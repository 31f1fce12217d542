// The functions a template may call: text/template's own and those Docker adds.

import { goSprint, goSprintf, goSprintln } from './go-printf.ts';
import { type GoValue, goJson, goPrint, isList, isMap, isTrue, Methods } from './go-value.ts';

/** A call that failed; the message is the part after `error calling NAME: `. */
export class FunctionError extends Error {}

export type TemplateFunction = (...args: readonly GoValue[]) => GoValue;

const fail = (message: string): never => {
  throw new FunctionError(message);
};

const need = (args: readonly GoValue[], at: number): GoValue => args[at] ?? null;

const textOf = (value: GoValue): string => (typeof value === 'string' ? value : goPrint(value));

const compare = (a: GoValue, b: GoValue): number => {
  if (typeof a !== typeof b) return fail('incompatible types for comparison');
  if (typeof a === 'number' || typeof a === 'string') return a < (b as typeof a) ? -1 : a === b ? 0 : 1;
  return fail('invalid type for comparison');
};

const equal = (a: GoValue, b: GoValue): boolean => {
  if (a === null || b === null) return a === b;
  if (typeof a === 'object' || typeof b === 'object') return fail('invalid type for comparison');
  return typeof a === typeof b ? a === b : fail('incompatible types for comparison');
};

const index = (...args: readonly GoValue[]): GoValue => {
  let value = need(args, 0);
  for (const key of args.slice(1)) value = at(value, key);
  return value;
};

const at = (value: GoValue, key: GoValue): GoValue => {
  if (isMap(value)) {
    if (typeof key !== 'string') return fail('value has type int; should be string');
    return value.get(key) ?? '';
  }
  if (value === null) return fail('index of untyped nil');
  if (!isList(value) && typeof value !== 'string') return fail(`can't index item of type ${typeof value}`);
  if (typeof key !== 'number')
    return fail(`cannot index slice/array with type ${key === null ? 'nil' : 'string'}`);
  if (key < 0 || key >= value.length) return fail(`index out of range: ${key}`);
  return typeof value === 'string' ? (Buffer.from(value)[key] ?? 0) : (value[key] ?? null);
};

const slice = (value: GoValue, ...bounds: readonly GoValue[]): GoValue => {
  if (typeof value !== 'string' && !isList(value)) return fail(`can't slice item of type ${typeof value}`);
  const [from = 0, to = value.length] = bounds as number[];
  const wrong = [from, to].find((bound) => bound < 0 || bound > value.length);
  if (wrong !== undefined) return fail(`index out of range: ${wrong}`);
  return from > to ? fail(`invalid slice index: ${from} > ${to}`) : value.slice(from, to);
};

const goType = (value: GoValue): string =>
  typeof value === 'number' ? 'int' : typeof value === 'boolean' ? 'bool' : typeof value;

const length = (value: GoValue): GoValue => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (isList(value)) return value.length;
  return isMap(value)
    ? value.size
    : fail(`len of ${value === null ? 'nil pointer' : `type ${goType(value)}`}`);
};

const escapes: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&#34;',
  "'": '&#39;',
};

const builtins = {
  and: (...args) => args.find((value) => !isTrue(value)) ?? args.at(-1) ?? null,
  or: (...args) => args.find(isTrue) ?? args.at(-1) ?? null,
  not: (value = null) => !isTrue(value),
  len: (value = null) => length(value),
  index,
  slice: (value = null, ...bounds) => slice(value, ...bounds),
  print: (...args) => goSprint(args),
  println: (...args) => goSprintln(args),
  printf: (format = null, ...args) => goSprintf(textOf(format), args),
  html: (...args) => goSprint(args).replace(/[<>&"']/g, (letter) => escapes[letter] ?? letter),
  js: (...args) => JSON.stringify(goSprint(args)).slice(1, -1),
  urlquery: (...args) => encodeURIComponent(goSprint(args)).replaceAll('%20', '+'),
  eq: (first = null, ...others) => others.some((other) => equal(first, other)),
  ne: (a = null, b = null) => !equal(a, b),
  lt: (a = null, b = null) => compare(a, b) < 0,
  le: (a = null, b = null) => compare(a, b) <= 0,
  gt: (a = null, b = null) => compare(a, b) > 0,
  ge: (a = null, b = null) => compare(a, b) >= 0,
} satisfies Record<string, TemplateFunction>;

const listed = (value: GoValue): readonly GoValue[] => (isList(value) ? value : []);

const dockerFunctions = {
  // A formatter's context writes itself as JSON, and escapes for HTML.
  json: (value = null) => goJson(value, { html: value instanceof Methods }),
  split: (text = null, separator = null) => textOf(text).split(textOf(separator)),
  join: (items = null, separator = null) => listed(items).map(goPrint).join(textOf(separator)),
  title: (text = null) =>
    textOf(text).replace(
      /(^|[^\p{L}\p{N}_'])(\p{L})/gu,
      (_, before, letter) => before + letter.toUpperCase(),
    ),
  lower: (text = null) => textOf(text).toLowerCase(),
  upper: (text = null) => textOf(text).toUpperCase(),
  pad: (text = null, before = 0, after = 0) =>
    text === '' ? '' : ' '.repeat(Number(before)) + textOf(text) + ' '.repeat(Number(after)),
  truncate: (text = null, width = 0) => textOf(text).slice(0, Number(width)),
} satisfies Record<string, TemplateFunction>;

export const templateFunctions: ReadonlyMap<string, TemplateFunction> = new Map(
  Object.entries({ ...builtins, ...dockerFunctions }),
);

/** In a table's header the cells are column names: Docker's functions leave them alone. */
export const headerFunctions: ReadonlyMap<string, TemplateFunction> = new Map([
  ...Object.entries(builtins),
  ...Object.keys(dockerFunctions).map((name): [string, TemplateFunction] => [name, (value = null) => value]),
]);
