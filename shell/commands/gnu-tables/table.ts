// What a table of command lines is made of.

import type { Files, Row } from '../gnu-sides.ts';

export interface Table {
  /** The program whose presence is asked for. */
  readonly tool: string;
  readonly files: Files;
  /** Command lines as `rowOf` reads them. */
  readonly lines: readonly string[];
  /** What holds for all of them. */
  readonly rest?: Omit<Row, 'argv'>;
}
