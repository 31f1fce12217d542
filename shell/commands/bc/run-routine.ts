// Runs what bc's programs are compiled to, one instruction after another.

import type { Machine } from './machine.ts';
import { operations } from './operations.ts';
import type { Routine } from './program.ts';

/** Instructions between two looks at whether others wait. */
const ROUND = 1000;

/** Runs one line's code; false when the program is over. */
export const runRoutine = async (machine: Machine, routine: Routine): Promise<boolean> => {
  machine.begin(routine);
  try {
    for (let count = 0, step = machine.next(); step !== undefined; count++, step = machine.next()) {
      const waits = operations[step.op](machine, step);
      if (waits) await waits;
      if (count % ROUND === 0) await machine.breathe();
    }
    return true;
  } catch (error) {
    return await machine.recover(error);
  } finally {
    machine.end();
  }
};
