// Keys typed by a command: `:normal`. The way back to the keys is given at start, or the modules would need each other.

import type { Vi } from './state.ts';

type Press = (vi: Vi, key: string) => Vi;

let pressOne: Press = (vi) => vi;

export const typeWith = (press: Press): void => {
  pressOne = press;
};

/** Types keys in normal mode; what is not complete at the end is given up. */
export const pressKeys = (vi: Vi, keys: string): Vi => {
  let now: Vi = { ...vi, mode: 'normal', pending: [], typed: [] };
  for (const key of keys) now = pressOne(now, key);
  return now.mode === 'normal' && now.pending.length === 0 ? now : pressOne(now, '\x1b');
};
