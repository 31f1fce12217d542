// Where keys take the top of the screen.

interface Standing {
  readonly top: number;
  readonly height: number;
  /** What d and u move by. */
  readonly half: number;
  /** The last place at which the screen is full. */
  readonly last: number;
  readonly count: number | undefined;
}

/** Where the top goes; 'line' for the line that was counted. */
export type Move = (standing: Standing) => number | 'line';

const on: Move = ({ top, count = 1 }) => top + count;
const back: Move = ({ top, count = 1 }) => top - count;
const screenOn: Move = ({ top, height, count = height }) => top + count;
const screenBack: Move = ({ top, height, count = height }) => top - count;
const halfOn: Move = ({ top, half }) => top + half;
const halfBack: Move = ({ top, half }) => top - half;
const start: Move = ({ count }) => (count === undefined ? 0 : 'line');
const end: Move = ({ count, last }) => (count === undefined ? last : 'line');

export const moves: Readonly<Record<string, Move>> = {
  ' ': screenOn,
  f: screenOn,
  z: screenOn,
  '\x06': screenOn,
  '\x16': screenOn,
  '<PageDown>': screenOn,
  b: screenBack,
  w: screenBack,
  '\x02': screenBack,
  '<PageUp>': screenBack,
  j: on,
  e: on,
  '\r': on,
  '\n': on,
  '\x05': on,
  '\x0e': on,
  '<Down>': on,
  k: back,
  y: back,
  '\x19': back,
  '\x10': back,
  '\x0b': back,
  '<Up>': back,
  d: halfOn,
  '\x04': halfOn,
  u: halfBack,
  '\x15': halfBack,
  g: start,
  '<': start,
  '<Home>': start,
  G: end,
  '>': end,
  '<End>': end,
};

/** A move that '' goes back from. */
export const isJump = (key: string): boolean => /^(?:[gG<>]|<Home>|<End>)$/.test(key);
