// The C library's functions on numbers, as jq gives them.

import type { Json } from './json.ts';

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln |Γ(x)| (Lanczos). */
const lgamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lgamma(1 - x);
  const z = x - 1;
  const t = z + 7.5;
  const sum = LANCZOS.reduce((total, factor, at) => total + (at === 0 ? factor : factor / (z + at)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
};

/** Half to even. */
const rint = (x: number): number => {
  const floor = Math.floor(x);
  if (x - floor !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
};

const exponentOf = (x: number): number => {
  if (x === 0 || !Number.isFinite(x)) return 0;
  let exponent = Math.floor(Math.log2(Math.abs(x)));
  while (Math.abs(x) >= 2 ** (exponent + 1)) exponent++;
  while (Math.abs(x) < 2 ** exponent) exponent--;
  return exponent;
};

export const mathFunctions: Readonly<Record<string, (...numbers: number[]) => Json>> = {
  'floor/0': (x = 0) => Math.floor(x),
  'ceil/0': (x = 0) => Math.ceil(x),
  'round/0': (x = 0) => Math.sign(x) * Math.round(Math.abs(x)),
  'trunc/0': (x = 0) => Math.trunc(x),
  'rint/0': (x = 0) => rint(x),
  'nearbyint/0': (x = 0) => rint(x),
  'sqrt/0': (x = 0) => Math.sqrt(x),
  'cbrt/0': (x = 0) => Math.cbrt(x),
  'fabs/0': (x = 0) => Math.abs(x),
  'exp/0': (x = 0) => Math.exp(x),
  'exp2/0': (x = 0) => 2 ** x,
  'exp10/0': (x = 0) => 10 ** x,
  'pow10/0': (x = 0) => 10 ** x,
  'expm1/0': (x = 0) => Math.expm1(x),
  'log/0': (x = 0) => Math.log(x),
  'log2/0': (x = 0) => Math.log2(x),
  'log10/0': (x = 0) => Math.log10(x),
  'log1p/0': (x = 0) => Math.log1p(x),
  'sin/0': (x = 0) => Math.sin(x),
  'cos/0': (x = 0) => Math.cos(x),
  'tan/0': (x = 0) => Math.tan(x),
  'asin/0': (x = 0) => Math.asin(x),
  'acos/0': (x = 0) => Math.acos(x),
  'atan/0': (x = 0) => Math.atan(x),
  'sinh/0': (x = 0) => Math.sinh(x),
  'cosh/0': (x = 0) => Math.cosh(x),
  'tanh/0': (x = 0) => Math.tanh(x),
  'asinh/0': (x = 0) => Math.asinh(x),
  'acosh/0': (x = 0) => Math.acosh(x),
  'atanh/0': (x = 0) => Math.atanh(x),
  'gamma/0': (x = 0) => lgamma(x),
  'lgamma/0': (x = 0) => lgamma(x),
  'tgamma/0': (x = 0) => Math.exp(lgamma(x)),
  'logb/0': (x = 0) => exponentOf(x),
  'significand/0': (x = 0) => (x === 0 ? 0 : x / 2 ** exponentOf(x)),
  'frexp/0': (x = 0) => (x === 0 ? [0, 0] : [x / 2 ** (exponentOf(x) + 1), exponentOf(x) + 1]),
  'modf/0': (x = 0) => [x - Math.trunc(x), Math.trunc(x)],
  'isinfinite/0': (x = 0) => !Number.isFinite(x) && !Number.isNaN(x),
  'isnan/0': (x = 0) => Number.isNaN(x),
  'isnormal/0': (x = 0) => Number.isFinite(x) && Math.abs(x) >= 2.2250738585072014e-308,
  'pow/2': (x = 0, y = 0) => x ** y,
  'atan2/2': (y = 0, x = 0) => Math.atan2(y, x),
  'fmin/2': (x = 0, y = 0) => Math.min(x, y),
  'fmax/2': (x = 0, y = 0) => Math.max(x, y),
  'fmod/2': (x = 0, y = 0) => x % y,
  'ldexp/2': (x = 0, y = 0) => x * 2 ** y,
  'scalb/2': (x = 0, y = 0) => x * 2 ** y,
};
