// Byte counts for people: Docker's decimal units (1 kB = 1000 B), three significant digits.

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `45 B`, `1.23 kB`, `72.8 MB`. */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const text = unit === 0 ? String(count) : String(Number(value.toPrecision(3)));
  return `${text} ${UNITS[unit]}`;
}

/** `3,412` */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
