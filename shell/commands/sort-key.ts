// The keys of sort: `-k 2,3nr`, and how two lines compare by them.

import { createHash } from 'node:crypto';

/** Letters of an order: b d f g i M h n R r V. */
export type KeyOrder = string;

interface Place {
  /** From 1. */
  readonly field: number;
  /** From 1; 0 in an end place is the end of the field. */
  readonly character: number;
  /** Blanks at the start of the field do not count. */
  readonly skipBlanks: boolean;
}

export interface SortKey {
  readonly start: Place;
  readonly end: Place | undefined;
  readonly order: KeyOrder;
}

/** A key that cannot be read: "number in second field: ...". */
export class KeyError extends Error {
  readonly problem: string;
  readonly subject: string;

  constructor(message: string, problem: string, subject: string) {
    super(message);
    this.problem = problem;
    this.subject = subject;
  }
}

const PLACE = /^(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*)/;

/** Reads `F[.C][OPTS][,F[.C][OPTS]]`. Throws KeyError. */
export const readKey = (text: string): SortKey => {
  const first = PLACE.exec(text);
  if (!first) throw new KeyError('invalid number at field start', 'invalid count at start of', text);
  const [used, field = '', character, letters = ''] = first;
  if (Number(field) === 0) throw new KeyError('', 'field number is zero: invalid field specification', text);
  if (character !== undefined && Number(character) === 0) {
    throw new KeyError('', 'character offset is zero: invalid field specification', text);
  }
  const rest = text.slice(used.length);
  if (character === undefined && letters === '' && rest.startsWith('.'))
    throw new KeyError("invalid number after '.'", 'invalid count at start of', rest.slice(1));
  const start = {
    field: Number(field),
    character: Number(character ?? 1),
    skipBlanks: letters.includes('b'),
  };
  if (rest === '') return { start, end: undefined, order: letters };
  if (!rest.startsWith(','))
    throw new KeyError('', 'stray character in field spec: invalid field specification', text);
  const second = PLACE.exec(rest.slice(1));
  if (!second) throw new KeyError("invalid number after ','", 'invalid count at start of', rest.slice(1));
  if (rest.length > 1 + second[0].length) {
    throw new KeyError('', 'stray character in field spec: invalid field specification', text);
  }
  const [, endField = '', endCharacter = '0', more = ''] = second;
  if (Number(endField) === 0)
    throw new KeyError('', 'field number is zero: invalid field specification', text);
  const end = { field: Number(endField), character: Number(endCharacter), skipBlanks: more.includes('b') };
  return { start, end, order: letters + more };
};

type Compare = (a: string, b: string) => number;

/** Orders that exclude each other, as GNU names them: `fhi`. */
export const clashOf = (order: KeyOrder): string | undefined => {
  const has = (letters: string): number => ([...letters].some((letter) => order.includes(letter)) ? 1 : 0);
  const kinds = has('n') + has('g') + has('h') + has('M') + has('VRdi');
  return kinds > 1 ? [...'dfghiMnRV'].filter((letter) => order.includes(letter)).join('') : undefined;
};

/** The order that a key has, its own or the common one. */
export const orderOf = (key: SortKey, common: KeyOrder): KeyOrder => (key.order === '' ? common : key.order);

/** Compares two lines by all keys; a key without an order of its own has the common one. */
export const compareWith = (
  keys: readonly SortKey[],
  order: KeyOrder,
  tab: string | undefined,
  salt: string,
): Compare => {
  if (keys.length === 0) return compareText(order, salt, (line) => line);
  const compares = keys.map((key) => {
    // Blanks are skipped where the key begins, before its characters are counted: not once more.
    const own = orderOf(key, order).replaceAll('b', '');
    const inherits = key.order === '' && order.includes('b');
    return compareText(own, salt, (line) => keyOf(line, key, tab, inherits));
  });
  return (a, b) => {
    for (const compare of compares) {
      const result = compare(a, b);
      if (result !== 0) return result;
    }
    return 0;
  };
};

/** Where fields begin and end: parted by `tab`, or before blanks, which belong to the field after them. */
const fieldStart = (line: string, field: number, tab: string | undefined): number => {
  let at = 0;
  for (let left = field - 1; left > 0 && at < line.length; left--) at = nextField(line, at, tab, true);
  return at;
};

const nextField = (line: string, from: number, tab: string | undefined, past: boolean): number => {
  if (tab !== undefined) {
    const end = line.indexOf(tab, from);
    return end < 0 ? line.length : end + (past ? 1 : 0);
  }
  let at = from;
  while (isBlank(line[at])) at++;
  while (at < line.length && !isBlank(line[at])) at++;
  return at;
};

const isBlank = (character: string | undefined): boolean =>
  character === ' ' || character === '\t' || character === '\n';

const skipBlanks = (line: string, from: number): number => {
  let at = from;
  while (isBlank(line[at])) at++;
  return at;
};

const keyOf = (line: string, key: SortKey, tab: string | undefined, inherits: boolean): string => {
  let start = fieldStart(line, key.start.field, tab);
  if (key.start.skipBlanks || inherits) start = skipBlanks(line, start);
  start = Math.min(line.length, start + key.start.character - 1);
  if (key.end === undefined) return line.slice(start);
  let end = fieldStart(line, key.end.field, tab);
  if (key.end.character === 0) end = nextField(line, end, tab, false);
  else {
    if (key.end.skipBlanks || inherits) end = skipBlanks(line, end);
    end = Math.min(line.length, end + key.end.character);
  }
  return line.slice(start, Math.max(start, end));
};

const compareText = (order: KeyOrder, salt: string, part: (line: string) => string): Compare => {
  const sign = order.includes('r') ? -1 : 1;
  const kind = [...'nghMVR'].find((letter) => order.includes(letter));
  const compare = kind === undefined ? byBytes : (KINDS[kind] as (salt: string) => Compare)(salt);
  const steps: ((text: string) => string)[] = [part];
  if (order.includes('b')) steps.push((text) => text.slice(skipBlanks(text, 0)));
  if (order.includes('d')) steps.push((text) => text.replace(/[^ \tA-Za-z0-9]/g, ''));
  else if (order.includes('i')) steps.push((text) => text.replace(/[^ -~]/g, ''));
  if (order.includes('f')) steps.push((text) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase()));
  const key = (line: string): string => steps.reduce((text, step) => step(text), line);
  return (a, b) => sign * compare(key(a), key(b));
};

const byBytes: Compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const NUMBER = /^[ \t\n]*(-?)(\d*)(?:\.(\d*))?/;

/** Compares decimal numbers of any length, as text. */
const numeric: Compare = (a, b) => {
  const [x, y] = [a, b].map(readNumber) as [Num, Num];
  if (x.sign !== y.sign) return x.sign - y.sign;
  return x.sign * (byLength(x.whole, y.whole) || byBytes(x.fraction, y.fraction));
};

interface Num {
  readonly sign: number;
  readonly whole: string;
  readonly fraction: string;
}

const readNumber = (text: string): Num => {
  const [, minus, digits = '', decimals = ''] = NUMBER.exec(text) ?? [];
  const whole = digits.replace(/^0+/, '');
  const fraction = decimals.replace(/0+$/, '');
  return { sign: whole === '' && fraction === '' ? 0 : minus === '-' ? -1 : 1, whole, fraction };
};

const byLength: Compare = (a, b) => a.length - b.length || byBytes(a, b);

const human: Compare = (a, b) => {
  const [x, y] = [a, b].map((text) => ({ ...readNumber(text), unit: unitOf(text) })) as [
    Num & { unit: number },
    Num & { unit: number },
  ];
  if (x.sign !== y.sign || x.sign === 0) return x.sign - y.sign;
  return x.unit !== y.unit ? x.sign * (x.unit - y.unit) : numeric(a, b);
};

const unitOf = (text: string): number => {
  const unit = /^[ \t\n]*-?\d*(?:\.\d*)?([kKMGTPEZY])/.exec(text)?.[1];
  return unit === undefined ? 0 : 'KMGTPEZY'.indexOf(unit.toUpperCase()) + 1;
};

const GENERAL =
  /^[ \t\n\v\f\r]*([-+]?)(?:(0x(?:[\da-f]+\.?[\da-f]*|\.[\da-f]+)(?:p[-+]?\d+)?)|(\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?)|(inf(?:inity)?)|(nan))/i;

/** strtold: what is no number comes first, then nan, then numbers. */
const general: Compare = (a, b) => {
  const [x, y] = [readGeneral(a), readGeneral(b)];
  return x.rank - y.rank || (x.value < y.value ? -1 : x.value > y.value ? 1 : byFinePrint(x, y));
};

interface General {
  /** 0: no number; 1: nan; 2: a number. */
  readonly rank: number;
  readonly value: number;
  /** The decimal power and the digits of what is too large or too small for a number here. */
  readonly beyond: number;
}

const byFinePrint = (x: General, y: General): number => x.beyond - y.beyond;

const readGeneral = (text: string): General => {
  const [all, sign = '', hex, decimal, infinite, nan] = GENERAL.exec(text) ?? [];
  if (all === undefined) return { rank: 0, value: 0, beyond: 0 };
  const factor = sign === '-' ? -1 : 1;
  // The bits of a negative nan are the larger number.
  if (nan !== undefined) return { rank: 1, value: -factor, beyond: 0 };
  if (infinite !== undefined) return { rank: 2, value: factor * Infinity, beyond: factor * 1e9 };
  const value = hex === undefined ? Number(decimal) : readHex(hex);
  // A long double reaches to 1e4932: such powers differ by their exponent.
  const beyond = value === Infinity ? Number(/e\+?(\d+)$/i.exec(decimal ?? '')?.[1] ?? 0) : 0;
  return { rank: 2, value: factor * value, beyond: factor * beyond };
};

const readHex = (text: string): number => {
  const [, whole = '', fraction = '', power = '0'] =
    /^0x([\da-f]*)\.?([\da-f]*)(?:p([-+]?\d+))?/i.exec(text) ?? [];
  const digits = Number.parseInt(`0${whole}${fraction}`, 16);
  return digits * 2 ** (Number(power) - 4 * fraction.length);
};

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

const monthOf = (text: string): number => MONTHS.indexOf(text.trimStart().slice(0, 3).toUpperCase()) + 1;

/** Debian's order of versions (filevercmp): runs of digits count as numbers, `~` comes before everything. */
export const version: Compare = (a, b) => {
  if (a === '' || b === '') return byBytes(a, b);
  const first = dots(a) - dots(b);
  if (first !== 0 || dots(a) < 2) return first;
  if (a.startsWith('.') !== b.startsWith('.')) return a.startsWith('.') ? -1 : 1;
  const suffix = /(?:\.[A-Za-z~][A-Za-z0-9~]*)*$/;
  return versionParts(a.replace(suffix, ''), b.replace(suffix, '')) || versionParts(a, b);
};

/** `.` and `..` come before all else. */
const dots = (name: string): number => (name === '.' ? 0 : name === '..' ? 1 : 2);

const versionParts: Compare = (a, b) => {
  const parts = (text: string): string[] => text.split(/(\d+)/);
  const [x, y] = [parts(a), parts(b)];
  for (let at = 0; at < Math.max(x.length, y.length); at++) {
    const [p = '', q = ''] = [x[at], y[at]];
    const result = at % 2 === 1 ? byLength(p.replace(/^0+/, ''), q.replace(/^0+/, '')) : byRank(p, q);
    if (result !== 0) return result;
  }
  return 0;
};

const rank = (character: string | undefined): number => {
  if (character === undefined) return 0;
  if (character === '~') return -1;
  return /[A-Za-z]/.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 256;
};

const byRank: Compare = (a, b) => {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const result = rank(a[at]) - rank(b[at]);
    if (result !== 0) return result;
  }
  return 0;
};

const KINDS: Readonly<Record<string, (salt: string) => Compare>> = {
  n: () => numeric,
  g: () => general,
  h: () => human,
  M: () => (a, b) => monthOf(a) - monthOf(b),
  V: () => version,
  R: (salt) => {
    const hash = (text: string): string => createHash('md5').update(salt).update(text).digest('hex');
    return (a, b) => byBytes(hash(a), hash(b));
  },
};
