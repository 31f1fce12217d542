// What the option string of a mount says, as far as it has been read.

import type { Process } from '../fs/process.ts';
import type { NamedDirectory } from './named-directory.ts';

/** What the parameters have said so far. */
export interface Parameters {
  readonly process: Process;
  readonly log: (line: string) => void;
  /** The words with a choice and the flags; of a word that comes twice the last counts. */
  readonly values: Map<string, string>;
  lowers: NamedDirectory[];
  /** Layers that give data to metacopies and show no names. */
  data: NamedDirectory[];
  upper: NamedDirectory | undefined;
  work: NamedDirectory | undefined;
  /** The directories as they were written, backslashes and all: `['lowerdir', 'a:b']`. */
  readonly written: { lowers: [name: string, value: string][]; upper: string; work: string };
  /** Flags of any filesystem: ro, sync, dirsync, mand, lazytime. */
  readonly common: Set<string>;
}
