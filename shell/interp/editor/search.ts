// C-r: incremental search backwards through the history.
import type { Editor, Step } from './editor.ts';
import { recall, withLine } from './editor.ts';
import type { Key } from './keys.ts';
import { before, type Line, moveTo } from './line.ts';

export interface Search {
  readonly query: string;
  readonly failed: boolean;
  /** The line before the search, for C-g. */
  readonly original: Line;
  readonly originalAt: number;
}

export function startSearch(editor: Editor): Editor {
  return { ...editor, search: { query: '', failed: false, original: editor.line, originalAt: editor.at } };
}

/** A key during the search; undefined ends it and lets the key do its usual work. */
export function searchKey(editor: Editor, key: Key): Step | undefined {
  const search = editor.search as Search;
  if ('text' in key) return { editor: find(editor, search.query + key.text, editor.at) };
  if (key.name === 'C-r') return { editor: find(editor, search.query, editor.at - 1) };
  if (key.name === 'Backspace')
    return {
      editor: find(
        editor,
        search.query.slice(0, before(search.query, search.query.length)),
        editor.history.length,
      ),
    };
  if (key.name !== 'C-g') return undefined;
  return { editor: { ...withLine(editor, search.original), at: search.originalAt, search: undefined } };
}

function find(editor: Editor, query: string, from: number): Editor {
  const search = editor.search as Search;
  for (let at = Math.min(from, editor.history.length - 1); at >= 0; at--) {
    const place = editor.history[at]?.lastIndexOf(query) ?? -1;
    if (place === -1) continue;
    const found = recall(editor, at);
    return { ...withLine(found, moveTo(found.line, place)), search: { ...search, query, failed: false } };
  }
  return { ...editor, search: { ...search, query, failed: true } };
}

/** What stands in place of the prompt while searching. */
export const searchPrompt = ({ query, failed }: Search): string =>
  `(${failed ? 'failed ' : ''}reverse-i-search)\`${query}': `;
