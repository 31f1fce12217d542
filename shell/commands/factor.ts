// factor: the prime factors of numbers.

import type { Command } from './command.ts';
import { readAll } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteLocale } from './quoting.ts';
import { toText } from './text.ts';

export const factor: Command = {
  name: 'factor',
  help: `Usage: factor [OPTION] [NUMBER]...
Print the prime factors of each NUMBER.

Without a NUMBER, the words of standard input are the numbers.

  -h, --exponents   print p^e for factors that come e times
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, factor, argv, { exponents: { short: 'h' } } as const);
    if ('exit' in parsed) return parsed.exit;
    const words =
      parsed.operands.length > 0
        ? parsed.operands
        : toText(await readAll(process, 0))
            .split(/\s+/)
            .filter((word) => word !== '');
    for (const word of words) {
      const digits = /^\s*\+?(\d+)\s*$/.exec(word)?.[1];
      if (digits === undefined) {
        await out.warn(`${quoteLocale(process, word)} is not a valid positive integer`);
        continue;
      }
      const number = BigInt(digits);
      out.line(`${number}:${shown(primeFactors(number), parsed.has('exponents'))}`);
      const pause = out.caughtUp() ?? process.breathe();
      if (pause) await pause;
    }
    return out.end();
  },
};

const shown = (factors: readonly bigint[], exponents: boolean): string => {
  if (!exponents) return factors.map((one) => ` ${one}`).join('');
  return [...new Set(factors)]
    .map((one) => {
      const times = factors.filter((other) => other === one).length;
      return times === 1 ? ` ${one}` : ` ${one}^${times}`;
    })
    .join('');
};

const SMALL = 10_000n;

/** In order: small ones by trial, the rest by Pollard's rho. */
const primeFactors = (number: bigint): bigint[] => {
  const factors: bigint[] = [];
  let rest = number;
  for (let by = 2n; by < SMALL && by * by <= rest; by += by === 2n ? 1n : 2n) {
    for (; rest > 0n && rest % by === 0n; rest /= by) factors.push(by);
  }
  if (rest > 1n) factors.push(...largeFactors(rest));
  return factors.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
};

const largeFactors = (number: bigint): bigint[] => {
  if (number === 1n) return [];
  if (number < SMALL * SMALL || isPrime(number)) return [number];
  const part = divisor(number);
  return [...largeFactors(part), ...largeFactors(number / part)];
};

const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n;
  let square = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
};

/** Miller and Rabin; these bases decide for all numbers below 3.3e24. */
const isPrime = (number: bigint): boolean => {
  let odd = number - 1n;
  let twos = 0;
  for (; (odd & 1n) === 0n; odd >>= 1n) twos++;
  return [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n].every((base) => {
    let x = power(base, odd, number);
    if (x === 1n || x === number - 1n) return true;
    for (let round = 1; round < twos; round++) {
      x = (x * x) % number;
      if (x === number - 1n) return true;
    }
    return false;
  });
};

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** A proper divisor of a composite number. */
const divisor = (number: bigint): bigint => {
  for (let shift = 1n; ; shift++) {
    const step = (x: bigint): bigint => (x * x + shift) % number;
    let [slow, quick, found] = [2n, 2n, 1n];
    while (found === 1n) {
      slow = step(slow);
      quick = step(step(quick));
      found = gcd(slow > quick ? slow - quick : quick - slow, number);
    }
    if (found !== number) return found;
  }
};
