// The places of tabs, as expand and unexpand take them: every N columns, or a list, and what comes after it.

import type { Process } from '../fs/process.ts';
import { quoteLocale } from './quoting.ts';

export class TabStops {
  readonly #stops: readonly number[];
  readonly #every: number;
  /** Stops after the list: multiples of this (/N), or this many columns apart (+N). */
  readonly #after: { readonly step: number; readonly from: number } | undefined;

  constructor(stops: readonly number[] = [], slash = 0, plus = 0) {
    this.#stops = stops.length === 1 && slash + plus === 0 ? [] : stops;
    this.#every =
      stops.length === 0
        ? slash || plus || 8
        : stops.length === 1 && slash + plus === 0
          ? (stops[0] ?? 8)
          : 0;
    if (slash > 0) this.#after = { step: slash, from: 0 };
    else if (plus > 0) this.#after = { step: plus, from: stops.at(-1) ?? 0 };
  }

  /** The first stop after a column; undefined after the last. */
  next(column: number): number | undefined {
    if (this.#every > 0) return column + this.#every - (column % this.#every);
    const stop = this.#stops.find((at) => at > column);
    if (stop !== undefined || this.#after === undefined) return stop;
    const { step, from } = this.#after;
    return column + step - ((column - from) % step);
  }
}

/** Reads all `-t` values of a command line; a text says what is wrong. */
export const readTabStops = (process: Process, lists: readonly string[]): TabStops | string => {
  const stops: number[] = [];
  let slash = 0;
  let plus = 0;
  for (const list of lists) {
    for (const word of list.split(/[, \t]+/)) {
      if (word === '') continue;
      const match = /^([/+]?)(\d+)$/.exec(word);
      if (!match) {
        const bad = word.replace(/^[/+]?\d*/, '');
        const misplaced = /^\d+[/+]/.test(word) ? bad[0] : undefined;
        return misplaced === undefined
          ? `tab size contains invalid character(s): ${quoteLocale(process, bad || word)}`
          : `'${misplaced}' specifier not at start of number: ${quoteLocale(process, bad)}`;
      }
      const value = Number(match[2]);
      if (match[1] === '/') slash = value;
      else if (match[1] === '+') plus = value;
      else stops.push(value);
    }
  }
  for (const [at, stop] of stops.entries()) {
    if (stop === 0) return 'tab size cannot be 0';
    if (at > 0 && stop <= (stops[at - 1] as number)) return 'tab sizes must be ascending';
  }
  if (slash > 0 && plus > 0) return "'/' specifier is mutually exclusive with '+'";
  return new TabStops(stops, slash, plus);
};

/** `-8` and `-2,4` as `-t 8` and `-t 2,4`. */
export const withTabOption = (argv: readonly string[]): string[] =>
  argv.map((word) => word.replace(/^-(\d[\d,]*)$/, '-t$1'));
