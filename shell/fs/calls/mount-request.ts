// What mount(2) is asked for.

import type { Propagation } from '../propagation.ts';

export interface MountRequest {
  readonly source: string;
  readonly target: string;
  readonly type?: string;
  /** The option string of the filesystem: 'lowerdir=a:b,upperdir=u,workdir=w', 'size=64m'. */
  readonly options?: string;
  readonly readOnly?: boolean;
  /** Words of the mount itself: nosuid, nodev, noexec, noatime, nodiratime, strictatime, nosymfollow. */
  readonly flags?: readonly string[];
  /** Shows the directory `source` at `target` too. */
  readonly bind?: boolean;
  /** Changes the flags of the mount at `target`; with `bind` of this mount alone, else of its filesystem too. */
  readonly remount?: boolean;
  /** Puts the mount at `source` to `target`. */
  readonly move?: boolean;
  /** Changes who gets what is mounted on the mount at `target`. */
  readonly propagation?: Propagation;
  /** With bind and propagation: the mounts below too. */
  readonly recursive?: boolean;
}
