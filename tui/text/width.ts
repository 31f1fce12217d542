// How many terminal columns plain text takes, and cutting, padding and wrapping by that measure.
import stringWidth from 'string-width';
import { plainAscii } from './escape.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Columns the text takes; the text must hold no control characters. */
export function width(text: string): number {
  return plainAscii(text) ? text.length : stringWidth(text);
}

/** The text, or its longest start that fits together with `mark`. */
export function cut(text: string, columns: number, mark = '…'): string {
  if (width(text) <= columns) return text;
  if (columns <= 0) return '';
  const room = columns - width(mark);
  return room < 0 ? take(text, columns) : take(text, room) + mark;
}

/** Like `cut`, keeping the end: for paths, whose last part says most. */
export function cutStart(text: string, columns: number, mark = '…'): string {
  if (width(text) <= columns) return text;
  let kept = '';
  let left = columns - width(mark);
  for (const { segment } of [...graphemes.segment(text)].reverse()) {
    left -= width(segment);
    if (left < 0) break;
    kept = segment + kept;
  }
  return columns <= 0 ? '' : mark + kept;
}

/** The text cut or padded with spaces to exactly `columns`. */
export function fill(text: string, columns: number, mark = '…'): string {
  const short = cut(text, columns, mark);
  return short + ' '.repeat(Math.max(0, columns - width(short)));
}

/** Breaks text at spaces into lines of at most `columns`; a word that is longer is broken inside. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (width(joined) <= columns) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (width(line) > columns && columns > 0) {
      const head = take(line, columns);
      if (head === '') break;
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  lines.push(line);
  return lines;
}

function take(text: string, columns: number): string {
  if (plainAscii(text)) return text.slice(0, columns);
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += width(segment);
    if (used > columns) break;
    kept += segment;
  }
  return kept;
}
