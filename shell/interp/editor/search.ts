// C-r and C-s: incremental search through the history, backwards and forwards, as readline does it.
import { type Direction, type Editor, recall, type Search, type Step, textAt, withLine } from './editor.ts';
import type { Key } from './keys.ts';
import { before, moveTo } from './line.ts';

export function startSearch(editor: Editor, direction: Direction): Editor {
  const { line, at } = editor;
  const search: Search = {
    query: '',
    direction,
    failed: false,
    original: line,
    originalAt: at,
    found: at,
    reading: at,
    place: line.cursor,
    previous: undefined,
  };
  return { ...editor, search, drafts: new Map(editor.drafts).set(at, { text: line.text, undo: line.undo }) };
}

/** A key during the search; undefined ends it and lets the key do its usual work. */
export function searchKey(editor: Editor, key: Key): Step | undefined {
  const search = editor.search as Search;
  if ('text' in key) return look(editor, { ...search, query: search.query + key.text });
  switch (key.name) {
    case 'C-r':
    case 'C-s':
      return again(editor, search, key.name === 'C-r' ? 'back' : 'forth');
    case 'Backspace':
      return look(editor, {
        ...search,
        query: search.query.slice(0, before(search.query, search.query.length)),
      });
    case 'C-w':
    case 'C-y':
      return look(editor, { ...search, query: search.query + following(editor, search, key.name) });
    case 'C-g':
      return { editor: { ...withLine(editor, search.original), search: undefined }, effect: 'bell' };
    case 'C-c':
      return { editor, effect: 'interrupt' };
    default:
      return undefined;
  }
}

/** The search is over: the line that was found is the one being edited. */
export function endSearch(editor: Editor): Editor {
  const { original, originalAt, found, place, query } = editor.search as Search;
  const back: Editor = { ...withLine(editor, original), search: undefined, sought: query };
  const there = found === originalAt ? back : recall(back, found);
  // For kills in a row a search in between does not count.
  return withLine(there, { ...moveTo(there.line, place), killing: original.killing });
}

/** What follows the match: C-w takes in the rest of the word, C-y that of the line. */
function following({ line }: Editor, { query }: Search, key: 'C-w' | 'C-y'): string {
  const rest = line.text.slice(line.cursor + query.length);
  return key === 'C-y' ? rest : (/^[\p{L}\p{N}]+/u.exec(rest)?.[0] ?? '');
}

/** The same key once more: the next match; without anything typed, what was sought last. The other one turns around. */
function again(editor: Editor, search: Search, direction: Direction): Step {
  if (direction !== search.direction) return look(editor, { ...search, direction });
  if (search.query !== '')
    return look(editor, { ...search, place: search.place + (direction === 'back' ? -1 : 1) });
  return editor.sought === '' ? { editor } : look(editor, { ...search, query: editor.sought });
}

function look(editor: Editor, search: Search): Step {
  if (search.query === '') return fail(editor, search);
  const reader = { at: search.found, reading: search.reading, place: search.place };
  for (;;) {
    const text = textAt(editor, reader.reading);
    const place = placeIn(text, search, reader.place);
    if (place !== undefined) {
      const found: Search = {
        ...search,
        failed: false,
        found: reader.at,
        reading: reader.reading,
        place,
        previous: text,
      };
      return { editor: { ...withLine(editor, { ...editor.line, text, cursor: place }), search: found } };
    }
    reader.place =
      search.direction === 'back' ? 0 : Math.max(reader.place, text.length - search.query.length + 1);
    if (!advance(editor, search, reader)) return fail(editor, { ...search, ...reader });
  }
}

/** On to the next line that could have it; false at the end of the history. */
function advance(
  editor: Editor,
  search: Search,
  reader: { at: number; reading: number; place: number },
): boolean {
  const step = search.direction === 'back' ? -1 : 1;
  for (;;) {
    reader.at += step;
    if (reader.at < 0 || reader.at > editor.history.length) return false;
    reader.reading = reader.at;
    const text = textAt(editor, reader.at);
    if (text === search.previous || text.length < search.query.length) continue;
    reader.place = step < 0 ? text.length - search.query.length : 0;
    return true;
  }
}

function placeIn(text: string, { query, direction }: Search, from: number): number | undefined {
  if (from < 0) return undefined;
  const place = direction === 'back' ? text.lastIndexOf(query, from) : text.indexOf(query, from);
  return place === -1 ? undefined : place;
}

const fail = (editor: Editor, search: Search): Step => ({
  editor: { ...editor, search: { ...search, failed: true } },
  effect: 'bell',
});

/** What stands in place of the prompt while searching. */
export const searchPrompt = ({ query, failed, direction }: Search): string =>
  `(${failed ? 'failed ' : ''}${direction === 'back' ? 'reverse-' : ''}i-search)\`${query}': `;
