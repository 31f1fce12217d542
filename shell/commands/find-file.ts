// A file that the walk of find has come to: what tests and actions are asked about.

import type { Stat } from '../fs/stat.ts';
import type { Output } from './output.ts';

export interface FindFile {
  readonly out: Output;
  readonly path: string;
  /** The starting point it was found under. */
  readonly start: string;
  readonly depth: number;
  /** As -L or -P say. */
  readonly stat: Stat;
  /** Set by -prune: the directory is not entered. */
  pruned: boolean;
  /** Set by -quit. */
  readonly stop: () => void;
}
