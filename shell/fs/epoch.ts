// The epoch: the stretch of time between two snapshots. A node made in this epoch may be changed in place;
// a node of an earlier one belongs to a snapshot too and is copied before the first change.

export interface Epoch {
  /** The number of the running epoch; only ever grows. */
  now: number;
}

export const createEpoch = (): Epoch => ({ now: 1 });
