// What a user has bound: key sequences to readline's functions, to text, and to commands of the shell.
import { type Key, KeyDecoder } from '../editor/keys.ts';
import { functions } from './functions.ts';
import { sequenceOf } from './sequences.ts';
import { initialVariables, isSwitch, isVariable } from './variables.ts';

export type Target =
  | { kind: 'function'; name: string }
  | { kind: 'macro'; text: string }
  | { kind: 'command'; text: string }
  /** bind -r: the sequence does nothing. */
  | { kind: 'nothing' };

/** Functions that no key has at the start, by keys that do the same. */
const AS_KEYS: Readonly<Record<string, readonly string[]>> = {
  'kill-whole-line': ['C-a', 'C-k'],
  'menu-complete': ['Tab'],
  'old-menu-complete': ['Tab'],
  'overwrite-mode': ['Insert'],
  'history-substring-search-backward': ['M-p'],
  'history-substring-search-forward': ['M-n'],
  'shell-backward-kill-word': ['M-Backspace'],
  'redraw-current-line': ['C-l'],
};

const MACRO_DEPTH = 16;

export class Keymap {
  readonly own = new Map<string, Target>();
  readonly variables: Map<string, string>;
  #pending = '';

  constructor(term = '') {
    this.variables = initialVariables(term);
  }

  on(variable: string): boolean {
    return this.variables.get(variable) === 'on';
  }

  /** False when there is no such variable. */
  set(name: string, value: string): boolean {
    if (!isVariable(name)) return false;
    const on = value === '' || value === '1' || value.toLowerCase() === 'on';
    this.variables.set(name, isSwitch(name) ? (on ? 'on' : 'off') : value);
    if (name === 'bell-style') this.variables.set('prefer-visible-bell', value === 'audible' ? 'off' : 'on');
    return true;
  }

  /** What bytes from the terminal come to; bytes that may become a bound sequence wait for the next ones. */
  feed(bytes: Uint8Array, decoder: KeyDecoder): Key[] {
    const keys: Key[] = [];
    for (const byte of bytes) keys.push(...this.#take(byte, decoder));
    return keys;
  }

  #take(byte: number, decoder: KeyDecoder): Key[] {
    // In the middle of a sequence of a key, or of a paste, nothing is looked up.
    if (this.#pending === '' && decoder.waiting) return decoder.feed(Uint8Array.of(byte));
    this.#pending += String.fromCharCode(byte);
    const target = this.own.get(this.#pending);
    const longer = [...this.own.keys()].some(
      (sequence) => sequence.length > this.#pending.length && sequence.startsWith(this.#pending),
    );
    if (target === undefined && longer) return [];
    const typed = this.#pending;
    this.#pending = '';
    return target === undefined ? decoder.feed(bytesOf(typed)) : this.keysOf(target);
  }

  /** The keys that do what a target says. */
  keysOf(target: Target, depth = 0): Key[] {
    if (target.kind === 'nothing') return [{ name: 'Unknown' }];
    if (target.kind === 'command') return [{ name: 'Unknown', command: target.text }];
    if (target.kind === 'function') return keysOfFunction(target.name);
    if (depth > MACRO_DEPTH) return [];
    const decoder = new KeyDecoder();
    const keys: Key[] = [];
    let text = target.text;
    // A macro's text is read as if it were typed, bound sequences and all.
    while (text !== '') {
      const found = [...this.own].find(([sequence, other]) => other !== target && text.startsWith(sequence));
      if (found !== undefined) keys.push(...this.keysOf(found[1], depth + 1));
      else keys.push(...decoder.feed(bytesOf(text.slice(0, 1))));
      text = text.slice(found?.[0].length ?? 1);
    }
    return keys;
  }
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xff);

function keysOfFunction(name: string): Key[] {
  const keys = AS_KEYS[name];
  if (keys !== undefined) return keys.map((key) => ({ name: key }));
  for (const sequence of functions.get(name) ?? []) {
    const [key] = new KeyDecoder().feed(bytesOf(sequenceOf(sequence)));
    if (key !== undefined && 'name' in key && key.name !== 'Unknown' && !/^C-x$/.test(key.name)) return [key];
    const all = new KeyDecoder().feed(bytesOf(sequenceOf(sequence)));
    if (all.length > 1) return all;
  }
  return [{ name: 'Unknown' }];
}
