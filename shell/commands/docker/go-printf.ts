// fmt.Sprint, Sprintln and Sprintf for the values a template can hold.

import { type GoValue, goPrint } from './go-value.ts';

/** Adds a space between two operands when neither is a string. */
export const goSprint = (values: readonly GoValue[]): string =>
  values
    .map((value, at) => {
      const before = values[at - 1];
      const spaced = at > 0 && typeof value !== 'string' && typeof before !== 'string';
      return (spaced ? ' ' : '') + goPrint(value);
    })
    .join('');

export const goSprintln = (values: readonly GoValue[]): string => `${values.map(goPrint).join(' ')}\n`;

const hex = (value: GoValue): string =>
  typeof value === 'number' ? value.toString(16) : Buffer.from(String(value)).toString('hex');

const verbs: Readonly<Record<string, (value: GoValue, precision: number | undefined) => string | undefined>> =
  {
    s: (value, precision) =>
      typeof value === 'number' || typeof value === 'boolean'
        ? undefined
        : goPrint(value).slice(0, precision),
    v: (value) => goPrint(value),
    q: (value) => (typeof value === 'string' ? JSON.stringify(value) : undefined),
    d: (value) => (typeof value === 'number' ? String(value) : undefined),
    t: (value) => (typeof value === 'boolean' ? String(value) : undefined),
    x: hex,
    X: (value) => hex(value).toUpperCase(),
    o: (value) => (typeof value === 'number' ? value.toString(8) : undefined),
    b: (value) => (typeof value === 'number' ? value.toString(2) : undefined),
    c: (value) => (typeof value === 'number' ? String.fromCodePoint(value) : undefined),
    f: (value, precision) => (typeof value === 'number' ? value.toFixed(precision ?? 6) : undefined),
    U: (value) =>
      typeof value === 'number' ? `U+${value.toString(16).toUpperCase().padStart(4, '0')}` : undefined,
    T: (value) => typeName(value),
  };

const typeName = (value: GoValue): string => {
  if (value === null) return '<nil>';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int64';
  return typeof value === 'number' ? 'int' : typeof value === 'string' ? 'string' : 'interface {}';
};

const pad = (text: string, flags: string, width: number): string => {
  const fill = width - [...text].length;
  if (fill <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(fill);
  return flags.includes('0') ? '0'.repeat(fill) + text : ' '.repeat(fill) + text;
};

/** Wrong verbs and missing operands are printed the way Go prints them: `%!d(string=hi)`. */
export const goSprintf = (format: string, values: readonly GoValue[]): string => {
  let next = 0;
  const text = format.replace(
    /%([-+# 0]*)(\d*)(?:\.(\d*))?(.?)/gu,
    (_, flags: string, width: string, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      if (verb === '') return '%!(NOVERB)';
      if (next >= values.length) return `%!${verb}(MISSING)`;
      const value = values[next++] as GoValue;
      const shown = verbs[verb]?.(value, precision === undefined ? undefined : Number(precision));
      return shown === undefined
        ? `%!${verb}(${typeName(value)}=${goPrint(value)})`
        : pad(shown, flags, Number(width));
    },
  );
  const extra = values.slice(next).map((value) => `${typeName(value)}=${goPrint(value)}`);
  return extra.length === 0 ? text : `${text}%!(EXTRA ${extra.join(', ')})`;
};
