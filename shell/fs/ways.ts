// What may lead a path elsewhere than before is counted: a directory removed, moved or closed to somebody, a mount made
// or taken away, a restored snapshot. As long as the count stands, the way to a directory that was walked before is known.

import type { Cred } from './credentials.ts';
import type { Mount } from './mount.ts';
import type { NodeId } from './stat.ts';

/** Of all machines together: one that counts too much only makes a walk longer. */
export const ways = { changes: 0 };

/** The directory that the last walk from a root ended in. */
export interface KnownWay {
  /** `ways.changes` at that time. */
  readonly changes: number;
  readonly root: NodeId;
  readonly cred: Cred;
  /** The path to the directory, from '/' to the slash behind its name. */
  readonly prefix: string;
  readonly mount: Mount;
  readonly node: NodeId;
}
