// C-r and C-s: incremental search through the history, backwards and forwards.
import type { Editor, Step } from './editor.ts';
import { recall, withLine } from './editor.ts';
import type { Key } from './keys.ts';
import { before, type Line, moveTo } from './line.ts';

type Direction = 'back' | 'forth';

export interface Search {
  readonly query: string;
  readonly direction: Direction;
  readonly failed: boolean;
  /** The line before the search, for C-g. */
  readonly original: Line;
  readonly originalAt: number;
}

/** Where a search stands: an entry of the history, and how far into it. */
interface Spot {
  readonly at: number;
  readonly place: number;
}

export function startSearch(editor: Editor, direction: Direction): Editor {
  return {
    ...editor,
    search: { query: '', direction, failed: false, original: editor.line, originalAt: editor.at },
  };
}

/** A key during the search; undefined ends it and lets the key do its usual work. */
export function searchKey(editor: Editor, key: Key): Step | undefined {
  const search = editor.search as Search;
  const here: Spot = { at: editor.at, place: editor.line.cursor };
  if ('text' in key) return found(editor, { ...search, query: search.query + key.text }, here);
  if (key.name === 'C-r') return again(editor, { ...search, direction: 'back' }, here);
  if (key.name === 'C-s') return again(editor, { ...search, direction: 'forth' }, here);
  if (key.name === 'Backspace') {
    const query = search.query.slice(0, before(search.query, search.query.length));
    return found(restored(editor, search), { ...search, query }, startOf(search));
  }
  if (key.name !== 'C-g') return undefined;
  return { editor: { ...restored(editor, search), search: undefined }, effect: 'bell' };
}

const restored = (editor: Editor, search: Search): Editor => ({
  ...withLine(editor, search.original),
  at: search.originalAt,
});

const startOf = ({ original, originalAt }: Search): Spot => ({ at: originalAt, place: original.cursor });

/** The same key once more: the next match; without anything typed, what was sought last. */
function again(editor: Editor, search: Search, { at, place }: Spot): Step {
  if (search.query === '') return found(editor, { ...search, query: editor.sought }, { at, place });
  return found(editor, search, { at, place: search.direction === 'back' ? place - 1 : place + 1 });
}

function found(editor: Editor, search: Search, from: Spot): Step {
  if (search.query === '') return { editor: { ...editor, search: { ...search, failed: false } } };
  const sought = { ...editor, sought: search.query };
  const spot = search.direction === 'back' ? lookBack(editor, search, from) : lookForth(editor, search, from);
  if (spot === undefined)
    return { editor: { ...sought, search: { ...search, failed: true } }, effect: 'bell' };
  const there = spot.at === editor.at ? sought : recall(sought, spot.at);
  return {
    editor: { ...withLine(there, moveTo(there.line, spot.place)), search: { ...search, failed: false } },
  };
}

const textAt = (editor: Editor, at: number): string =>
  at === editor.at ? editor.line.text : (editor.drafts.get(at) ?? editor.history[at] ?? '');

function lookBack(editor: Editor, { query }: Search, from: Spot): Spot | undefined {
  for (let at = from.at; at >= 0; at--) {
    if (at === from.at && from.place < 0) continue;
    const text = textAt(editor, at);
    const place = text.lastIndexOf(query, at === from.at ? from.place : text.length);
    if (place !== -1) return { at, place };
  }
  return undefined;
}

function lookForth(editor: Editor, { query }: Search, from: Spot): Spot | undefined {
  for (let at = from.at; at <= editor.history.length; at++) {
    const place = textAt(editor, at).indexOf(query, at === from.at ? from.place : 0);
    if (place !== -1) return { at, place };
  }
  return undefined;
}

/** What stands in place of the prompt while searching. */
export const searchPrompt = ({ query, failed, direction }: Search): string =>
  `(${failed ? 'failed ' : ''}${direction === 'back' ? 'reverse-' : ''}i-search)\`${query}': `;
