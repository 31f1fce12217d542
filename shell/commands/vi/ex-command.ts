// A colon command: its names, and what it is run with.

import type { Vi } from './state.ts';

export interface ExCall {
  /** The first and last row: given, or the command's own default. */
  readonly from: number;
  readonly to: number;
  /** Whether lines were given. */
  readonly given: boolean;
  readonly bang: boolean;
  readonly argument: string;
  readonly name: string;
}

/** `again` runs a further colon command: `:g` does one for every line. */
export type ExRun = (vi: Vi, call: ExCall, again: (vi: Vi, line: string) => Vi) => Vi;

export interface ExCommand {
  /** The whole name, and the least that must be typed. */
  readonly name: string;
  readonly least: string;
  readonly run: ExRun;
  /** Works on all lines unless told otherwise. */
  readonly all?: true;
  /** The text up to the end of the line is its argument, bars too. */
  readonly takesBar?: true;
}
