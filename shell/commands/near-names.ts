// Names that one slip of the fingers away from a word: two letters swapped, one too many, one too few, one wrong.

/** Sorted; of short names every other one is a letter away, so that a wrong letter does not count there. */
export const nearNames = (word: string, names: readonly string[]): string[] =>
  names.filter((name) => name !== word && isNear(word, name)).sort();

const SHORT = 4;

const isNear = (a: string, b: string): boolean => {
  if (a.length === b.length) return isSwap(a, b) || (a.length >= SHORT && differences(a, b).length === 1);
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length > 1 && isOneMore(short, long);
};

const differences = (a: string, b: string): number[] =>
  [...a.split('').keys()].filter((at) => a[at] !== b[at]);

const isSwap = (a: string, b: string): boolean => {
  const [first = 0, second, ...more] = differences(a, b);
  return second === first + 1 && more.length === 0 && a[first] === b[second] && a[second] === b[first];
};

const isOneMore = (short: string, long: string): boolean => {
  if (long.length !== short.length + 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  return short.slice(at) === long.slice(at + 1);
};
