// What `=` says: the file, its lines on the screen, and how far into it they reach.

import { toBytes } from '../text.ts';

interface Place {
  readonly files: readonly string[];
  readonly at: number;
  readonly atEnd: boolean;
  readonly lines: readonly string[];
  /** The size of the file. */
  readonly bytes: number;
  /** Lines on the screen, from 1. */
  readonly first: number;
  readonly last: number;
}

export function placeText({ files, at, atEnd, lines, bytes, first, last }: Place): string {
  const shown = lines.slice(0, last).reduce((sum, text) => sum + toBytes(text).length + 1, 0);
  const name = files[at] ?? '-';
  const named = name === '-' ? '' : `${name} `;
  const many = files.length > 1 ? `(file ${at + 1} of ${files.length}) ` : '';
  const part = atEnd ? '(END)' : `${Math.round((100 * shown) / Math.max(1, bytes))}%`;
  return `${named}${many}lines ${first}-${last}/${lines.length} byte ${Math.min(shown, bytes)}/${bytes} ${part}`;
}
