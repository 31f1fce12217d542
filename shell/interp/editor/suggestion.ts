// What the history offers behind the cursor: the rest of the newest line that begins as this one does.
import type { Editor } from './editor.ts';

/** The text that → would put in; '' where there is none. */
export function suggestion({ line, history, search, suggests }: Editor): string {
  const { text, cursor } = line;
  if (!suggests || search !== undefined || cursor !== text.length || text.trim() === '') return '';
  const found = history.findLast((former) => former.length > text.length && former.startsWith(text));
  return found === undefined ? '' : found.slice(text.length);
}
