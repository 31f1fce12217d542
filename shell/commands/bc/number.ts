// Decimal numbers of any length with a scale, as POSIX bc reckons with them: results are truncated, never rounded.

export interface Decimal {
  /** The number times 10 to the power of `scale`. */
  readonly units: bigint;
  /** Digits after the point. */
  readonly scale: number;
}

export const ZERO: Decimal = { units: 0n, scale: 0 };
export const ONE: Decimal = { units: 1n, scale: 0 };

export const whole = (value: number | bigint): Decimal => ({ units: BigInt(value), scale: 0 });

const powers: bigint[] = [];

export const tenTo = (exponent: number): bigint => {
  if (exponent > 2000) return 10n ** BigInt(exponent);
  powers[exponent] ??= 10n ** BigInt(exponent);
  return powers[exponent];
};

/** The same number with another scale; digits that have no room are cut off. */
export const rescale = ({ units, scale }: Decimal, to: number): Decimal => ({
  units: to >= scale ? units * tenTo(to - scale) : units / tenTo(scale - to),
  scale: to,
});

const aligned = (a: Decimal, b: Decimal): [bigint, bigint, number] => {
  const scale = Math.max(a.scale, b.scale);
  return [rescale(a, scale).units, rescale(b, scale).units, scale];
};

export const add = (a: Decimal, b: Decimal): Decimal => {
  const [x, y, scale] = aligned(a, b);
  return { units: x + y, scale };
};

export const negate = ({ units, scale }: Decimal): Decimal => ({ units: -units, scale });

export const subtract = (a: Decimal, b: Decimal): Decimal => add(a, negate(b));

/** Below, equal or above: -1, 0, 1. */
export const compare = (a: Decimal, b: Decimal): number => {
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
};

export const multiply = (a: Decimal, b: Decimal, scale: number): Decimal => {
  const full = a.scale + b.scale;
  const kept = Math.min(full, Math.max(scale, a.scale, b.scale));
  return rescale({ units: a.units * b.units, scale: full }, kept);
};

/** The divisor is not zero. */
export const divide = (a: Decimal, b: Decimal, scale: number): Decimal => {
  const shift = scale + b.scale - a.scale;
  const [over, under] = shift >= 0 ? [a.units * tenTo(shift), b.units] : [a.units, b.units * tenTo(-shift)];
  return { units: over / under, scale };
};

/** What division to `scale` digits leaves. */
export const remainder = (a: Decimal, b: Decimal, scale: number): Decimal => {
  const quotient = divide(a, b, scale);
  const kept = Math.max(a.scale, b.scale + scale);
  const product = { units: quotient.units * b.units, scale: scale + b.scale };
  return rescale(subtract(a, product), kept);
};

/** The exponent is whole; a negative power of zero is zero, as bc has it. */
export const power = (base: Decimal, exponent: bigint, scale: number): Decimal => {
  if (exponent === 0n) return ONE;
  if (exponent > 0n) {
    const full = base.scale * Number(exponent);
    const kept = Math.min(full, Math.max(scale, base.scale));
    return rescale({ units: base.units ** exponent, scale: full }, kept);
  }
  const full = { units: base.units ** -exponent, scale: base.scale * Number(-exponent) };
  return full.units === 0n ? { units: 0n, scale: 0 } : divide(ONE, full, scale);
};

/** The number is not negative. */
export const squareRoot = (a: Decimal, scale: number): Decimal => {
  if (a.units === 0n) return ZERO;
  if (compare(a, ONE) === 0) return ONE;
  const kept = Math.max(scale, a.scale);
  const { units } = rescale(a, kept * 2);
  return { units: wholeRoot(units), scale: kept };
};

/** The whole part of the square root: Newton's method, from above. */
export const wholeRoot = (value: bigint): bigint => {
  if (value === 0n) return 0n;
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (guess + value / guess) / 2n;
    if (next >= guess) return guess;
    guess = next;
  }
};

const digitsOf = (units: bigint): string => (units < 0n ? -units : units).toString();

/** How many digits count: `length(x)`. */
export const digitCount = ({ units, scale }: Decimal): number => {
  const { length } = digitsOf(units);
  if (scale > 0 && length <= scale) return scale;
  return Math.max(length, 1);
};
