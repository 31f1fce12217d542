// What every pane hands to the screen: a title and rows; the screen shows as many rows as there is room for.
import type { Line } from '../text/line.ts';

export interface Row {
  readonly line: Line;
  /** Present on a row that can be opened and closed. */
  readonly fold?: string;
  /** Present on a row that stands for a container. */
  readonly container?: string;
}

export interface PaneContent {
  /** What stands after the pane's number and name in its title. */
  readonly subtitle: Line;
  readonly rows: readonly Row[];
}

export function row(line: Line, more: Omit<Row, 'line'> = {}): Row {
  return { line, ...more };
}
