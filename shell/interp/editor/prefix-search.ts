// PageUp and PageDown: the lines of the history that begin as this one does up to the cursor. M-p and M-n: those that
// hold a text which is typed first.
import { type Editor, recall, type Seeking, type Step, textAt, type Way, withLine } from './editor.ts';
import type { Key } from './keys.ts';
import { before, moveTo } from './line.ts';

/** The place in the history stays. Undefined where nothing stands before the cursor: then they are Up and Down. */
export function prefixSearch(editor: Editor, way: Way): Step | undefined {
  const { line } = editor;
  const sought = editor.prefixSought ?? { prefix: line.text.slice(0, line.cursor), at: editor.at };
  const { prefix } = sought;
  if (prefix === '') return undefined;
  const at = nextWith(editor, way, sought.at, (text) => text.startsWith(prefix) && text !== line.text);
  if (at === undefined) return { editor: { ...editor, prefixSought: sought }, effect: 'bell' };
  const found = moveTo({ ...line, text: textAt(editor, at), mark: 0, undo: [] }, prefix.length);
  return { editor: { ...withLine(editor, found), prefixSought: { prefix, at } } };
}

function nextWith(
  editor: Editor,
  way: Way,
  from: number,
  fits: (text: string) => boolean,
): number | undefined {
  for (let at = from + way; at >= 0 && at < editor.history.length; at += way)
    if (fits(textAt(editor, at))) return at;
  return undefined;
}

export const startSeeking = (editor: Editor, way: Way): Editor => ({ ...editor, seeking: { text: '', way } });

/** A key while the text is typed. */
export function seekKey(editor: Editor, key: Key): Step {
  const seeking = editor.seeking as Seeking;
  const over: Editor = { ...editor, seeking: undefined };
  if ('text' in key) return { editor: { ...editor, seeking: { ...seeking, text: seeking.text + key.text } } };
  const erases: Readonly<Record<string, string>> = {
    Backspace: seeking.text.slice(0, before(seeking.text, seeking.text.length)),
    'C-w': seeking.text.replace(/\S+\s*$/, ''),
    'C-u': '',
  };
  const left = erases[key.name];
  if (left !== undefined)
    return seeking.text === ''
      ? { editor: over }
      : { editor: { ...editor, seeking: { ...seeking, text: left } } };
  if (key.name === 'C-c') return { editor: over, effect: 'interrupt' };
  if (key.name !== 'Enter') return { editor: over, effect: 'bell' };
  const text = seeking.text === '' ? editor.sought : seeking.text;
  const at =
    text === '' ? undefined : nextWith(editor, seeking.way, editor.at, (line) => line.includes(text));
  const told = { ...over, sought: text };
  if (at === undefined) return { editor: withLine(told, moveTo(editor.line, 0)), effect: 'bell' };
  const there = recall(told, at);
  return { editor: withLine(there, moveTo(there.line, 0)) };
}

/** What stands behind the prompt meanwhile. */
export const seekPrompt = (prompt: string): string => `${prompt}:`;
