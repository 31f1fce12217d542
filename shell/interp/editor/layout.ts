// Where text lands on a screen of so many columns: rows and columns, wide characters, wrapping.

import { graphemesOf } from './graphemes.ts';

export interface Place {
  readonly row: number;
  readonly column: number;
}

const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}])/u;

/** Columns one grapheme takes. */
function graphemeWidth(grapheme: string): number {
  const code = grapheme.codePointAt(0) as number;
  if (code < 32 || code === 127) return 2;
  if (code < 0x300) return 1;
  if (/^[\p{Mn}\p{Me}\u200b-\u200d\ufe0f]/u.test(grapheme)) return 0;
  return WIDE.test(grapheme) || grapheme.includes('\ufe0f') ? 2 : 1;
}

/** The text as the screen shows it: control characters as ^X. Newlines stay. */
export function visible(text: string): string {
  return text
    .replace(/[\x00-\x09\x0b-\x1f\x7f]/g, (char) =>
      char === '\x7f' ? '^?' : `^${String.fromCharCode(char.charCodeAt(0) + 64)}`,
    )
    .replace(/[\udc80-\udcff\u0080-\u009f]/g, '\ufffd');
}

/** Where the cursor is after `text`, starting from `from`. Column = columns stands for the next row's start. */
export function advance(text: string, from: Place, columns: number): Place {
  let { row, column } = from;
  for (const segment of graphemesOf(text)) {
    if (segment === '\n' || segment === '\r\n') {
      row++;
      column = 0;
      continue;
    }
    const width = graphemeWidth(segment);
    if (column + width > columns) {
      row++;
      column = 0;
    }
    column += width;
  }
  return column >= columns ? { row: row + 1, column: 0 } : { row, column };
}

/** How many columns a text takes. */
export const columnsOf = (text: string): number => {
  let columns = 0;
  for (const segment of graphemesOf(visible(text))) columns += graphemeWidth(segment);
  return columns;
};

/** Tabs as the blanks that they are seen as; where each code unit of the text is then. */
export function withoutTabs(
  text: string,
  from: Place,
  columns: number,
): { text: string; at: readonly number[] } {
  let shown = '';
  const at: number[] = [];
  for (const char of text.split('')) {
    at.push(shown.length);
    shown += char === '\t' ? ' '.repeat(8 - (advance(visible(shown), from, columns).column % 8)) : char;
  }
  return { text: shown, at: [...at, shown.length] };
}

/** A prompt without its escape sequences: what counts for its width. */
export function withoutEscapes(prompt: string): string {
  return prompt.replace(/\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|[\x01\x02\x07]/g, '');
}
