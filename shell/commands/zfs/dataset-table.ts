// Tables of zfs and zpool: columns, sizes as people read them, or bytes and tabs for scripts.

/** 0, 88K, 1.98G: powers of 1024, three digits. */
export const zfsSize = (bytes: number): string => {
  let value = bytes;
  let power = 0;
  while (value >= 1024 && power < 5) {
    value /= 1024;
    power++;
  }
  const unit = ['', 'K', 'M', 'G', 'T', 'P'][power];
  if (power === 0) return `${bytes}${bytes === 0 ? '' : 'B'}`;
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${Number.isInteger(value) ? value : value.toFixed(digits)}${unit}`;
};

export interface Column<Row> {
  readonly title: string;
  readonly right?: boolean;
  text(row: Row, parsable: boolean): string;
}

/** `script`: no titles, tabs between columns. */
export const tableText = <Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { script = false, parsable = false }: { script?: boolean; parsable?: boolean } = {},
): string => {
  const cells = rows.map((row) => columns.map((column) => column.text(row, parsable)));
  if (script) return cells.map((line) => `${line.join('\t')}\n`).join('');
  const lines = [columns.map(({ title }) => title), ...cells];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  const padded = (text: string, at: number): string => {
    if (columns[at]?.right) return text.padStart(widths[at] ?? 0);
    return at === columns.length - 1 ? text : text.padEnd(widths[at] ?? 0);
  };
  return lines.map((line) => `${line.map(padded).join('  ')}\n`).join('');
};
