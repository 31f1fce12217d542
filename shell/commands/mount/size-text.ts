// Sizes as util-linux writes them: 512B, 8K, 11.8G; one digit behind the point where it is no zero.

const UNITS = 'KMGTPE';

/** `zero` is what nothing reads like: "0B" with lsblk, "0" with findmnt. */
export const sizeText = (bytes: number, zero = '0'): string => {
  if (bytes === 0) return zero;
  if (bytes < 1024) return `${bytes}B`;
  let power = Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length);
  let tenths = Math.round((bytes * 10) / 1024 ** power);
  if (tenths >= 10_240 && power < UNITS.length) {
    power++;
    tenths = Math.round((bytes * 10) / 1024 ** power);
  }
  const [whole, tenth] = [Math.floor(tenths / 10), tenths % 10];
  return `${whole}${tenth === 0 ? '' : `.${tenth}`}${UNITS[power - 1]}`;
};
