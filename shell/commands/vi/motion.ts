// A motion: what it is asked with, and where it goes. An operator takes the text between, as its kind says.

import type { Position } from './position.ts';
import type { Vi } from './state.ts';

export type Kind = 'exclusive' | 'inclusive' | 'linewise';

export interface Asked {
  readonly vi: Vi;
  /** 1 when none was typed. */
  readonly count: number;
  readonly given: boolean;
  /** The character behind f, r, ' and their like; the text behind / and ?. */
  readonly argument: string;
  /** An operator waits, or a selection is extended: the end of a line can be reached. */
  readonly past: boolean;
}

export interface Moved {
  /** Absent: the motion failed. */
  readonly to?: Position;
  readonly vi?: Vi;
  readonly kind?: Kind;
  /** The column that j and k aim at from here on; undefined: the new one. */
  readonly want?: number;
}

export interface Motion {
  readonly kind: Kind;
  readonly move: (asked: Asked) => Moved;
}
