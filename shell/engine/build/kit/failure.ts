// A build with BuildKit that ended badly: what docker prints, and the lines of the Dockerfile that are to blame.

import { BuildError } from '../build-error.ts';
import type { LineRange } from '../instruction.ts';

export class KitFailure extends Error {
  readonly lines: LineRange | undefined;
  /** Found before there was anything to do: 20.10 says so. */
  readonly early: boolean;

  constructor(message: string, { lines, early = false }: { lines?: LineRange; early?: boolean } = {}) {
    super(message);
    this.lines = lines;
    this.early = early;
  }
}

/** Runs a part of the front end; what it refuses is laid to the lines of an instruction. */
export const blaming = <Result>(lines: LineRange | undefined, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    throw new KitFailure(error.message, { lines, early: true });
  }
};
