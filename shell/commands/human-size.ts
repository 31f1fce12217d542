// Sizes for people: 512, 1.5K, 12M, rounded up as ls -h, df -h and du -h do.

const UNITS = 'KMGTPEZY';

/** `si` counts in 1000s and writes a small k. */
export const humanSize = (bytes: number, si = false): string => {
  const base = si ? 1000 : 1024;
  if (bytes < base) return String(bytes);
  let value = bytes;
  let power = 0;
  while (value >= base && power < UNITS.length) {
    value /= base;
    power++;
  }
  let tenths = Math.ceil(value * 10 - 1e-9);
  if (tenths < 100) return `${(tenths / 10).toFixed(1)}${unit(power, si)}`;
  let whole = Math.ceil(value - 1e-9);
  if (whole >= base && power < UNITS.length) {
    tenths = 10;
    whole = 1;
    return `1.0${unit(power + 1, si)}`;
  }
  return `${whole}${unit(power, si)}`;
};

const unit = (power: number, si: boolean): string => {
  const letter = UNITS[power - 1] ?? '';
  return si && letter === 'K' ? 'k' : letter;
};

/** Blocks of `size` bytes that hold `bytes`. */
export const blocksOf = (bytes: number, size: number): number => Math.ceil(bytes / size);
