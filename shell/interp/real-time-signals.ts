// The names of the real-time signals, as bash lists them: counted from the nearer end. Nothing here sends them.

const FIRST = 34;
const LAST = 64;
const MIDDLE = 50;

/** `[SIGRTMIN+1, 35]` and so on, by number. */
export const realTimeSignals: readonly (readonly [name: string, number: number])[] = Array.from(
  { length: LAST - FIRST + 1 },
  (_, i) => {
    const number = FIRST + i;
    if (number === FIRST) return ['SIGRTMIN', number];
    if (number === LAST) return ['SIGRTMAX', number];
    return [number < MIDDLE ? `SIGRTMIN+${i}` : `SIGRTMAX-${LAST - number}`, number];
  },
);
