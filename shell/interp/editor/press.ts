// The line editor as a pure reducer: (state, key) → state and what the shell shall do.

import { bindings, continuing, searching } from './bindings.ts';
import { type Editor, type Step, withLine } from './editor.ts';
import type { Key } from './keys.ts';
import { after, findCharacter, insert, moveTo, replace, typeText } from './line.ts';
import { argumentKey, argumentValue } from './numeric-argument.ts';
import { seekKey } from './prefix-search.ts';
import { endSearch, searchKey } from './search.ts';

/** One key. */
export function press(editor: Editor, key: Key): Step {
  if (editor.seeking !== undefined) return seekKey(editor, key);
  if (editor.search !== undefined) return searchKey(editor, key) ?? press(endSearch(editor), key);
  const argued = editor.prefix === undefined ? argumentKey(editor, key) : undefined;
  if (argued !== undefined) return { editor: argued };
  const count = argumentValue(editor.argument);
  const ready = { ...editor, argument: undefined, prefix: undefined };
  if (editor.prefix !== undefined) return afterPrefix(ready, editor.prefix, key, count);
  if ('text' in key) return { editor: forgetful(typed(ready, key, count)) };
  if (prefixes.has(key.name)) return { editor: { ...editor, prefix: key.name } };
  return pressNamed(ready, key.name, count);
}

function typed(editor: Editor, { text, pasted }: { text: string; pasted?: boolean }, count = 1): Editor {
  const { line, overwrites } = editor;
  if (pasted) return withLine(editor, { ...insert(line, text), mark: line.cursor });
  const put = text.repeat(Math.max(0, count));
  if (overwrites) {
    let end = line.cursor;
    for (let i = 0; i < count; i++) end = after(line.text, end);
    return withLine(editor, replace(line, line.cursor, end, put, { closed: true }));
  }
  return withLine(editor, count === 1 ? typeText(line, put) : insert(line, put));
}

const forgetful = (editor: Editor): Editor =>
  editor.lastArgument === undefined && editor.prefixSought === undefined
    ? editor
    : { ...editor, lastArgument: undefined, prefixSought: undefined };

function pressNamed(editor: Editor, name: string, count: number | undefined): Step {
  const binding = bindings[name] ?? bindings[lowered(name)];
  if (binding === undefined) return { editor: forgetful(editor), effect: 'bell' };
  const { lastArgument, prefixSought } = editor;
  const ready = {
    ...editor,
    lastArgument: continuing.has(name) ? lastArgument : undefined,
    prefixSought: searching.has(name) ? prefixSought : undefined,
  };
  return binding(ready, count);
}

/** M-B does what M-b does. */
const lowered = (name: string): string =>
  name.replace(/^(M-|C-x )([A-Z])$/, (_, lead, key) => lead + key.toLowerCase());

/** C-x leads to bindings of its own; C-] goes to the character that comes next. */
function afterPrefix(editor: Editor, prefix: string, key: Key, count = 1): Step {
  if (prefix === 'C-x')
    return pressNamed(editor, 'text' in key ? `C-x ${key.text}` : `C-x ${key.name}`, count);
  if (!('text' in key)) return { editor, effect: 'bell' };
  const times = prefix === 'C-]' ? count : -count;
  const cursor = findCharacter(editor.line, key.text, times);
  if (cursor === undefined) return { editor, effect: 'bell' };
  return { editor: withLine(editor, moveTo(editor.line, cursor)) };
}

const prefixes: ReadonlySet<string> = new Set(['C-x', 'C-]', 'C-M-]']);
