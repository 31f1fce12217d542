// The lines of an inputrc, and the arguments of bind: bindings, `set`, $if, $include (readline(3)).
import { functions } from './functions.ts';
import type { Keymap, Target } from './keymap.ts';
import { namedKey, sequenceOf } from './sequences.ts';

export interface InitFile {
  /** The text of a file to include; undefined when there is none. */
  read(path: string): string | undefined;
  term: string;
}

/** Takes one line; what is wrong with it, if anything. */
export function takeLine(keymap: Keymap, line: string): string | undefined {
  const set = /^set\s+(\S+)\s*(.*?)\s*$/i.exec(line);
  if (set !== null) {
    const [, name = '', value = ''] = set;
    return keymap.set(name.toLowerCase(), value) ? undefined : `${name}: unknown variable name`;
  }
  const quoted = /^"((?:[^"\\]|\\.)*)"\s*:?\s*(.*)$/s.exec(line);
  const named = quoted ?? /^([^\s:]+)\s*:\s*(.*)$/s.exec(line);
  if (named === null) return `${line}: no key sequence terminator`;
  const sequence = quoted === null ? namedKey(named[1] as string) : sequenceOf(named[1] as string);
  const target = targetOf(named[2] ?? '');
  if (sequence === undefined || sequence === '') return undefined;
  if (target !== undefined) keymap.own.set(sequence, target);
  return undefined;
}

function targetOf(text: string): Target | undefined {
  const macro = /^(["'])(.*)\1\s*$/s.exec(text.trim());
  if (macro !== null) return { kind: 'macro', text: sequenceOf(macro[2] as string) };
  const name = text.trim().split(/\s/)[0]?.toLowerCase() ?? '';
  return functions.has(name) ? { kind: 'function', name } : { kind: 'nothing' };
}

/** Takes a whole file. */
export function takeFile(keymap: Keymap, text: string, file: InitFile, depth = 0): void {
  const active: boolean[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const directive = /^\$(\w+)\s*(.*)$/.exec(line);
    if (directive === null) {
      if (active.every(Boolean)) takeLine(keymap, line);
      continue;
    }
    const [, word = '', rest = ''] = directive;
    if (word === 'if') active.push(holds(rest, file.term));
    else if (word === 'else') active.push(!(active.pop() ?? false));
    else if (word === 'endif') active.pop();
    else if (word === 'include' && active.every(Boolean) && depth < 8) {
      const included = file.read(rest);
      if (included !== undefined) takeFile(keymap, included, file, depth + 1);
    }
  }
}

function holds(condition: string, term: string): boolean {
  const [, name = '', , value = ''] = /^(\w+)\s*(=|==)?\s*(.*)$/.exec(condition.trim()) ?? [];
  if (name === 'mode') return value === 'emacs';
  if (name === 'term') return value === term || value === term.split('-')[0];
  return condition.trim().toLowerCase() === 'bash';
}
