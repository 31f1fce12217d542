// bc -l: sine, cosine, arc tangent, logarithm, exponential and Bessel function. Reckoned in whole numbers with some
// digits to spare, then cut off at the scale.

import { add, type Decimal, divide, ONE, rescale, tenTo, wholeRoot, ZERO } from './number.ts';

interface MathFunction {
  readonly parameters: number;
  value(values: readonly Decimal[], scale: number): Decimal;
}

/** Digits beyond the scale. */
const SPARE = 12;

/** A number times 10 to the power of `digits`, where all sums are done. */
class Fixed {
  readonly one: bigint;
  readonly digits: number;

  constructor(digits: number) {
    this.digits = digits;
    this.one = tenTo(digits);
  }

  from(number: Decimal): bigint {
    return rescale(number, this.digits).units;
  }

  to(units: bigint, scale: number): Decimal {
    return rescale({ units, scale: this.digits }, scale);
  }

  times(a: bigint, b: bigint): bigint {
    return (a * b) / this.one;
  }

  /** The sum of first, first * next(1), first * next(1) * next(2)... until nothing is left. */
  series(first: bigint, next: (term: bigint, index: bigint) => bigint): bigint {
    let sum = 0n;
    let index = 1n;
    for (let term = first; term !== 0n; index++) {
      sum += term;
      term = next(term, index);
    }
    return sum;
  }

  /** Halved until the series is short, then squared as often. */
  exp(x: bigint): bigint {
    const halvings = 8n;
    const small = x / (1n << halvings);
    let value = this.series(this.one, (term, index) => this.times(term, small) / index);
    for (let count = 0n; count < halvings; count++) value = this.times(value, value);
    return value;
  }

  /** By roots until the number is near 1, then 2 * artanh((x - 1) / (x + 1)). */
  log(x: bigint): bigint {
    let [near, factor] = [x, 2n];
    while (near > (this.one * 11n) / 10n || near < (this.one * 9n) / 10n) {
      near = wholeRoot(near * this.one);
      factor *= 2n;
    }
    const y = ((near - this.one) * this.one) / (near + this.one);
    const square = this.times(y, y);
    let power = y;
    const sum = this.series(y, (_term, index) => {
      power = this.times(power, square);
      return power / (2n * index + 1n);
    });
    return factor * sum;
  }

  /** Half angles until the series is short. */
  arcTangent(x: bigint): bigint {
    let [small, factor] = [x, 1n];
    while (small > this.one / 10n || small < -this.one / 10n) {
      small = (small * this.one) / (this.one + wholeRoot(this.one * this.one + small * small));
      factor *= 2n;
    }
    const square = this.times(small, small);
    let power = small;
    const sum = this.series(small, (_term, index) => {
      power = -this.times(power, square);
      return power / (2n * index + 1n);
    });
    return factor * sum;
  }

  sine(x: bigint): bigint {
    const pi = 4n * this.arcTangent(this.one);
    let small = x % (2n * pi);
    if (small > pi) small -= 2n * pi;
    if (small < -pi) small += 2n * pi;
    const square = this.times(small, small);
    return this.series(small, (term, index) => -this.times(term, square) / (2n * index * (2n * index + 1n)));
  }
}

/** Digits before the point, which cost as many behind it. */
const wide = ({ units, scale }: Decimal): number =>
  Math.max(0, (units < 0n ? -units : units).toString().length - scale);

const exponential = (x: Decimal, scale: number): Decimal => {
  if (x.units === 0n) return rescale(ONE, scale);
  const size = { units: x.units < 0n ? -x.units : x.units, scale: x.scale };
  // The result has 0.44 digits for each unit of x.
  const growth = Math.ceil(Number(rescale(size, 0).units) * 0.44) + 4;
  const fixed = new Fixed(scale + SPARE + growth);
  const value = { units: fixed.exp(fixed.from(size)), scale: fixed.digits };
  return x.units < 0n ? divide(ONE, value, scale) : rescale(value, scale);
};

const logarithm = (x: Decimal, scale: number): Decimal => {
  // bc's own answer where there is none: the most negative number that it can show.
  if (x.units <= 0n) return { units: (1n - tenTo(scale)) * tenTo(scale), scale };
  const fixed = new Fixed(scale + SPARE + wide(x) + x.scale);
  const value = fixed.log(fixed.from(x));
  return value === 0n ? ZERO : fixed.to(value, scale);
};

const sine = (x: Decimal, scale: number): Decimal => {
  const fixed = new Fixed(scale + SPARE + wide(x) + x.scale);
  return fixed.to(fixed.sine(fixed.from(x)), scale);
};

const arcTangent = (x: Decimal, scale: number): Decimal => {
  const fixed = new Fixed(scale + SPARE + wide(x) + x.scale);
  return fixed.to(fixed.arcTangent(fixed.from(x)), scale);
};

/** The sine of x + pi/2, with the few digits of pi that bc allows itself: at small scales the last one is off. */
const cosine = (x: Decimal, scale: number): Decimal => {
  const inner = Math.floor(scale * 1.2);
  const quarter = arcTangent(ONE, inner);
  return rescale(sine(add(x, { units: quarter.units * 2n, scale: inner }), inner), scale);
};

const bessel = (n: Decimal, x: Decimal, scale: number): Decimal => {
  const fixed = new Fixed(
    scale + SPARE + wide(x) * 2 + Number(rescale(x, 0).units < 0n ? 0n : rescale(x, 0).units),
  );
  const order = rescale(n, 0).units;
  const size = order < 0n ? -order : order;
  const half = fixed.from(x) / 2n;
  let first = fixed.one;
  for (let index = 1n; index <= size; index++) first = fixed.times(first, half) / index;
  if (order < 0n && size % 2n === 1n) first = -first;
  const square = fixed.times(half, half);
  const sum = fixed.series(first, (term, index) => -fixed.times(term, square) / (index * (index + size)));
  return fixed.to(sum, scale);
};

export const mathFunctions: Readonly<Record<string, MathFunction>> = {
  s: {
    parameters: 1,
    value: ([x = ZERO], scale) => (x.units === 0n ? ZERO : sine(x, scale)),
  },
  c: {
    parameters: 1,
    value: ([x = ZERO], scale) => (x.units === 0n ? rescale(ONE, scale) : cosine(x, scale)),
  },
  a: {
    parameters: 1,
    value: ([x = ZERO], scale) => (x.units === 0n ? ZERO : arcTangent(x, scale)),
  },
  l: { parameters: 1, value: ([x = ZERO], scale) => logarithm(x, scale) },
  e: { parameters: 1, value: ([x = ZERO], scale) => exponential(x, scale) },
  j: { parameters: 2, value: ([n = ZERO, x = ZERO], scale) => bessel(n, x, scale) },
};
