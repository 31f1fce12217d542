// What a disk is made with.

import type { Clock } from './clock.ts';
import type { DiskSpace, DiskType } from './disk-space.ts';
import type { Epoch } from './epoch.ts';
import type { NodeId } from './stat.ts';

export interface DiskOptions {
  readonly type: DiskType;
  readonly dev: number;
  readonly epoch: Epoch;
  readonly clock: Clock;
  /** Capacity in bytes. */
  readonly size: number;
  /** How many inodes it may have; as many as its size could need by default. */
  readonly inodes?: number;
  /** The root directory's permission bits; 0755 by default. */
  readonly mode?: number;
  /** The number of the root directory. */
  readonly rootNumber?: NodeId;
  /** The space that it shares with other trees. */
  readonly space?: DiskSpace;
}
