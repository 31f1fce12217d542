// Sizes as apt prints them.

const UNITS = ['', 'k', 'M', 'G'];

/** `36.8 k`, `5,123 k`, `652 `: apt's SizeToStr, to which a B is added. */
export const readSizes = (bytes: number): string => {
  let value = bytes;
  let unit = 0;
  while (value >= 10_000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const text = value < 100 && unit > 0 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US');
  return `${text} ${UNITS[unit]}`;
};
