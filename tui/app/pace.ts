// How fast a scenario plays by itself. The recorder gives the same numbers to its own clock.
import type { Block } from '../../scenarios/scenario.ts';

export interface Pace {
  /** Resolves when `ms` milliseconds of the app's time have passed. */
  wait(ms: number): Promise<void>;
}

export const realPace: Pace = { wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) };

export const KEY_MS = 28;
/** Between a command's last character and Enter, and after its output. */
export const ENTER_MS = 350;
export const LOOK_MS = 1600;
export const END_MS = 3000;

const MS_PER_CHARACTER = 22;
const SHORTEST_MS = 900;
const LONGEST_MS = 9000;

/** How long it takes to read the narration. */
export function readingMs(narration: readonly Block[]): number {
  if (narration.length === 0) return SHORTEST_MS / 2;
  const length = narration.reduce(
    (sum, { spans }) => sum + spans.reduce((part, { text }) => part + text.length, 0),
    0,
  );
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, length * MS_PER_CHARACTER));
}
