// A place in a text, and which of two comes first.

export interface Position {
  readonly row: number;
  /** In UTF-16 units; equal to the line's length only while inserting. */
  readonly col: number;
}

export const isBefore = (a: Position, b: Position): boolean =>
  a.row < b.row || (a.row === b.row && a.col < b.col);

export const inOrder = (a: Position, b: Position): readonly [Position, Position] =>
  isBefore(b, a) ? [b, a] : [a, b];
