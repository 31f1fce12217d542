// Lists of candidates, as readline shows them.

/** In columns of one width, filled downwards. */
export function inColumns(labels: readonly string[], columns: number): string {
  const width = Math.max(0, ...labels.map((label) => label.length)) + 2;
  const perRow = Math.max(1, Math.floor(columns / width));
  const rows = Math.ceil(labels.length / perRow);
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: perRow }, (_unused, column) => labels[column * rows + row] ?? '')
      .map((label) => label.padEnd(width))
      .join('')
      .trimEnd(),
  );
  return lines.map((line) => `${line}\n`).join('');
}
