// Where a build's report goes. The steps know no terminal: docker decides what is shown, and when.

import type { Process } from '../../fs/process.ts';

export interface BuildOutput {
  say(text: string): Promise<void>;
  /** Standard error of a step, and warnings: docker paints it red. */
  warn(text: string): Promise<void>;
  /** Runs a step's program with a client whose descriptors 1 and 2 lead to `say` and `warn`. */
  running(start: (client: Process) => Promise<number>): Promise<number>;
}
