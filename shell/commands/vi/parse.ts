// The grammar of commands: ["x] [count] command, or ["x] [count] operator [count] motion.

import { MOTIONS, SAME_KEYS } from './motions.ts';

export interface Command {
  readonly register: string | undefined;
  /** Counts multiply; undefined when there was none. */
  readonly count: number | undefined;
  readonly operator: string | undefined;
  /** A motion, an object (`iw`), or a command; the operator itself doubled means lines. */
  readonly name: string;
  readonly argument: string;
}

export type Parsed = Command | 'incomplete' | 'invalid';

export const OPERATORS: ReadonlySet<string> = new Set(['d', 'c', 'y', '<', '>', 'g~', 'gu', 'gU', '!', '=']);

const PREFIXES = 'gzZ';
/** Keys that one more key completes. */
const TAKES_KEY = new Set(['f', 'F', 't', 'T', 'r', 'm', "'", '`', 'q', '@']);

export interface Situation {
  readonly visual: boolean;
  readonly recording: boolean;
}

export const parseCommand = (keys: readonly string[], { visual, recording }: Situation): Parsed => {
  let at = 0;
  const peek = (): string | undefined => {
    const key = keys[at];
    return key === undefined ? undefined : (SAME_KEYS[key] ?? key);
  };
  const readCount = (): number | undefined => {
    let digits = '';
    for (
      let key = peek();
      key !== undefined && /[0-9]/.test(key) && (digits !== '' || key !== '0');
      key = peek()
    ) {
      digits += key;
      at++;
    }
    return digits === '' ? undefined : Math.min(Number(digits), 999_999);
  };
  const readName = (): string | undefined => {
    const key = peek();
    at++;
    if (key === undefined || !PREFIXES.includes(key)) return key;
    const next = keys[at++];
    return next === undefined ? undefined : key + next;
  };

  let register: string | undefined;
  let count = readCount();
  if (peek() === '"') {
    at++;
    register = keys[at++];
    if (register === undefined) return 'incomplete';
    count = times(count, readCount());
  }
  let name = readName();
  if (name === undefined) return 'incomplete';
  let operator: string | undefined;
  if (OPERATORS.has(name) && !visual) {
    operator = name;
    count = times(count, readCount());
    name = readName();
    if (name === undefined) return 'incomplete';
    if (name === operator.slice(-1) || name === operator)
      return { register, count, operator, name: 'line', argument: '' };
  }
  if ((operator !== undefined || visual) && (name === 'i' || name === 'a')) {
    const object = keys[at];
    return object === undefined
      ? 'incomplete'
      : { register, count, operator, name: name + object, argument: '' };
  }
  if (operator !== undefined && MOTIONS[name] === undefined) return 'invalid';
  if (name === '/' || name === '?') return readSearch(keys, at, { register, count, operator, name });
  if (!TAKES_KEY.has(name) || (name === 'q' && recording))
    return { register, count, operator, name, argument: '' };
  const argument = keys[at];
  if (argument === undefined) return 'incomplete';
  return argument === '\x1b' ? 'invalid' : { register, count, operator, name, argument };
};

const times = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : a * (b ?? 1);

/** The text behind / up to Enter. */
const readSearch = (keys: readonly string[], at: number, begun: Omit<Command, 'argument'>): Parsed => {
  const typed = keys.slice(at);
  const last = typed.at(-1);
  if (last === '\x1b' || last === '\x03') return 'invalid';
  return last === '\r' || last === '\n' ? { ...begun, argument: typed.slice(0, -1).join('') } : 'incomplete';
};

/** The search being typed at the end of unfinished keys: its delimiter's index. */
export const searchStart = (keys: readonly string[], visual: boolean): number => {
  const at = keys.findIndex((key) => key === '/' || key === '?');
  if (at < 0) return -1;
  const before = keys.slice(0, at);
  const parsed = parseCommand([...before, 'n'], { visual, recording: false });
  return typeof parsed !== 'string' && parsed.name === 'n' ? at : -1;
};
