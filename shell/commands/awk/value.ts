// Values: numbers, strings, nothing yet, and input that counts as a number if it looks like one
// (POSIX awk, "Expressions in awk": numeric strings).

/** Text from outside: a field, an element of split, a variable from the command line. */
export class Input {
  readonly text: string;
  #number: number | undefined;
  #numeric: boolean | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get number(): number {
    this.#number ??= parseNumber(this.text);
    return this.#number;
  }

  get numeric(): boolean {
    this.#numeric ??= looksNumeric(this.text);
    return this.#numeric;
  }
}

/** undefined: a variable that nobody has set. */
export type Value = number | string | Input | undefined;

const DECIMAL = /^[ \t\n\v\f\r]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/;
const HEX = /^[ \t\n\v\f\r]*([-+]?)(0[xX][0-9a-fA-F]+)/;
const NAMED = /^[ \t\n\v\f\r]*([-+]?)(inf(?:inity)?|nan)(?![a-z0-9])/i;
const NUMERIC = /^[ \t\n\v\f\r]*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[ \t\n\v\f\r]*$/;
const PLAIN = /^-?\d{1,15}$/;

/** How odd numbers in input are read: the dialect that runs sets it. */
interface Rules {
  readonly hexInput: boolean;
  /** `inf` and `nan` only with a sign. */
  readonly signedNames: boolean;
}

let rules: Rules = { hexInput: false, signedNames: true };

export const setNumberRules = (next: Rules): void => {
  rules = next;
};

/** The number that a text begins with, else 0. */
export const parseNumber = (text: string): number => {
  if (PLAIN.test(text)) return Number(text);
  if (rules.hexInput) {
    const hex = HEX.exec(text);
    if (hex) return hex[1] === '-' ? -Number(hex[2]) : Number(hex[2]);
  }
  const decimal = DECIMAL.exec(text);
  if (decimal) return Number(decimal[1]);
  const named = NAMED.exec(text);
  if (named && (named[1] !== '' || !rules.signedNames)) {
    if (/^n/i.test(named[2] ?? '')) return Number.NaN;
    return named[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return 0;
};

const looksNumeric = (text: string): boolean => {
  if (NUMERIC.test(text)) return true;
  const trimmed = text.trim();
  if (rules.hexInput && HEX.exec(trimmed)?.[0] === trimmed) return true;
  const named = NAMED.exec(trimmed);
  return named?.[0] === trimmed && (named[1] !== '' || !rules.signedNames);
};

export const toNumber = (value: Value): number => {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  return typeof value === 'string' ? parseNumber(value) : value.number;
};

export const isTrue = (value: Value): boolean => {
  if (typeof value === 'number') return value !== 0;
  if (value === undefined) return false;
  if (typeof value === 'string') return value !== '';
  return value.numeric ? value.number !== 0 : value.text !== '';
};

const isNumeric = (value: Value): boolean =>
  typeof value === 'number' || value === undefined || (typeof value !== 'string' && value.numeric);

/** As numbers when both are, else as texts; NaN where a number is none. */
export const compare = (left: Value, right: Value, text: (value: Value) => string): number => {
  if (isNumeric(left) && isNumeric(right)) {
    const [a, b] = [toNumber(left), toNumber(right)];
    return a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN;
  }
  const [a, b] = [text(left), text(right)];
  return a < b ? -1 : a > b ? 1 : 0;
};
