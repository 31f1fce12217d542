// Looking a capability up, and putting parameters into it (terminfo(5)).

import data from './terminals.json' with { type: 'json' };

interface Terminal {
  /** Whose capabilities it has too. */
  readonly like?: string;
  /** Those of them that it lacks. */
  readonly without?: readonly string[];
  /** Capability → true, a number, or a string in the notation of infocmp(1). */
  readonly has: Readonly<Record<string, true | number | string>>;
}

const terminals = data as unknown as Readonly<Record<string, Terminal>>;

/** All that a terminal has: undefined for a name that is none. */
export const capabilitiesOf = (
  name: string,
): Readonly<Record<string, true | number | string>> | undefined => {
  const terminal = terminals[name];
  if (terminal === undefined) return undefined;
  const below = terminal.like === undefined ? {} : capabilitiesOf(terminal.like);
  const all = { ...below, ...terminal.has };
  for (const gone of terminal.without ?? []) delete all[gone];
  return all;
};

const ESCAPES: Readonly<Record<string, string>> = {
  E: '\x1b',
  e: '\x1b',
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  s: ' ',
};

/** `\E`, `^G`, `\007` as the bytes they mean; delays (`$<5>`) fall away. */
const unescaped = (text: string): string =>
  text
    .replace(/\$<[\d.]+[*/]*>/g, '')
    .replace(/\\(\d{3})|\\(.)|\^(.)/g, (_all, octal?: string, letter?: string, control?: string) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (letter !== undefined) return ESCAPES[letter] ?? letter;
      return control === '?' ? '\x7f' : String.fromCharCode((control?.charCodeAt(0) ?? 0) & 0x1f);
    });

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? 0 : Math.trunc(a / b)),
  m: (a, b) => (b === 0 ? 0 : a % b),
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '=': (a, b) => Number(a === b),
  '>': (a, b) => Number(a > b),
  '<': (a, b) => Number(a < b),
  A: (a, b) => Number(a !== 0 && b !== 0),
  O: (a, b) => Number(a !== 0 || b !== 0),
};

const TOKEN =
  /%(?:(\{\d+\})|p(\d)|'(.)'|(:?[-+# 0]*\d*(?:\.\d+)?[doxXs])|([a-zA-Z%;?!~+\-*/&|^=<>]))|[^%]+/gs;

/** The string with its parameters in place (tparm(3)): a stack machine with %? %t %e %; */
export const withParameters = (capability: string, given: readonly (number | string)[]): string => {
  const parameters = [...given];
  const stack: (number | string)[] = [];
  const pop = (): number => Number(stack.pop() ?? 0);
  let text = '';
  /** Depth of conditions that are skipped, and until which word. */
  let skipping: { depth: number; untilElse: boolean } | undefined;
  for (const match of unescaped(capability).matchAll(TOKEN)) {
    const [all, literal, parameter, character, format, operator] = match;
    if (skipping !== undefined) {
      if (operator === '?') skipping.depth++;
      else if (operator === ';' && skipping.depth-- === 0) skipping = undefined;
      else if (operator === 'e' && skipping.untilElse && skipping.depth === 0) skipping = undefined;
      continue;
    }
    if (literal !== undefined) stack.push(Number(literal.slice(1, -1)));
    else if (parameter !== undefined) stack.push(parameters[Number(parameter) - 1] ?? 0);
    else if (character !== undefined) stack.push(character.charCodeAt(0));
    else if (format !== undefined) text += formatted(format, stack.pop() ?? 0);
    else if (operator === 'i') for (const at of [0, 1]) parameters[at] = Number(parameters[at] ?? 0) + 1;
    else if (operator === 'c') text += String.fromCharCode(pop());
    else if (operator === '%') text += '%';
    else if (operator === '!') stack.push(Number(pop() === 0));
    else if (operator === '~') stack.push(~pop());
    else if (operator === 't') skipping = pop() === 0 ? { depth: 0, untilElse: true } : undefined;
    else if (operator === 'e') skipping = { depth: 0, untilElse: false };
    else if (operator !== undefined && ARITHMETIC[operator] !== undefined) {
      const b = pop();
      stack.push(ARITHMETIC[operator](pop(), b));
    } else if (operator === undefined) text += all;
  }
  return text;
};

const formatted = (format: string, value: number | string): string => {
  const kind = format.at(-1);
  if (kind === 's') return String(value);
  const digits = Math.abs(Number(value)).toString(kind === 'o' ? 8 : kind === 'd' ? 10 : 16);
  const least = Number(/\.(\d+)/.exec(format)?.[1] ?? 0);
  const padded =
    (Number(value) < 0 ? '-' : '') + (kind === 'X' ? digits.toUpperCase() : digits).padStart(least, '0');
  const width = Number(/^:?[-+# ]*(0?\d*)/.exec(format)?.[1] ?? 0);
  return padded.padStart(width, /^:?0/.test(format) ? '0' : ' ');
};
