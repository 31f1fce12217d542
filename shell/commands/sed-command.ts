// What a sed script is made of, once it has been read.

import type { RegexMatcher } from './posix-regex.ts';
import type { Replacement } from './sed-replacement.ts';

export type SedAddress =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'last' }
  /** Undefined: the last regular expression used. */
  | { readonly kind: 'regex'; readonly regex: RegexMatcher | undefined }
  /** Second addresses only: `addr1,+N` and `addr1,~N`. */
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'multiple'; readonly multiple: number };

export interface Substitution {
  readonly regex: RegexMatcher | undefined;
  readonly replacement: Replacement;
  readonly global: boolean;
  readonly print: boolean;
  readonly number: number;
  readonly file: string | undefined;
}

export interface SedCommand {
  readonly name: string;
  readonly addresses: readonly SedAddress[];
  readonly negated: boolean;
  /** Text of a, i, c; label of b, t, T; file of r, R, w, W. */
  readonly text: string;
  /** Exit status of q and Q, width of l. */
  readonly number: number | undefined;
  readonly substitution?: Substitution;
  /** From → to of y. */
  readonly map?: ReadonlyMap<string, string>;
  /** Where to go on: of `{` behind its `}`, of b, t, T at the label. */
  target: number;
  /** The number of this command: what a range's state is kept under. */
  readonly index: number;
}

/** A script that makes no sense; `at` is the character it was noticed at. */
export class SedError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
