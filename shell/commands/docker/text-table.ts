// Aligned columns as Go's tabwriter makes them for Docker: cells at least 10 wide, 3 spaces apart, the last one free.

const MIN_WIDTH = 10;
const PADDING = 3;

const width = (cell: string): number => [...cell].length;

/** Rows of cells as lines; a row's last cell is neither padded nor counted. */
export const textTable = (
  rows: readonly (readonly string[])[],
  { minWidth = MIN_WIDTH, padding = PADDING } = {},
): string => {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.slice(0, -1).entries()) {
      widths[column] = Math.max(widths[column] ?? minWidth, width(cell) + padding);
    }
  }
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - width(cell)),
      )
      .join('');
  return rows.map((row) => `${line(row)}\n`).join('');
};
