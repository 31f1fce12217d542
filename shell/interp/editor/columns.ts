// Lists of candidates, as readline shows them.

import { columnsOf } from './layout.ts';

/** In columns of one width, filled downwards; the slash behind a directory does not widen them. */
export function inColumns(labels: readonly string[], columns: number): string[] {
  const width = Math.max(0, ...labels.map((label) => columnsOf(label.replace(/\/$/, '')))) + 2;
  const fitting = Math.floor(columns / width);
  const perRow = Math.max(1, fitting !== 1 && fitting * width === columns ? fitting - 1 : fitting);
  const rows = Math.ceil(labels.length / perRow);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: perRow }, (_unused, column) => labels[column * rows + row] ?? '')
      .map((label) => label + ' '.repeat(Math.max(0, width - columnsOf(label))))
      .join('')
      .trimEnd(),
  );
}
