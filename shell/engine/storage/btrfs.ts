// The btrfs driver: a snapshot is a subvolume, made as a snapshot of its parent's. It costs next to nothing, and a
// change costs the blocks that it changes (Docker: daemon/graphdriver/btrfs).

import { makedev, S_IFBLK } from '../../fs/mode.ts';
import { btrfsOn } from '../../fs/pool/disks.ts';
import {
  btrfsAt,
  createSubvolume,
  deleteSubvolume,
  snapshotSubvolume,
} from '../../fs/pool/subvolume-calls.ts';
import { makeDirectory } from '../files.ts';
import { BTRFS_HOME } from '../paths.ts';
import { WholeTreeDriver } from './whole-tree.ts';

/** The disk that is taken for it: the host's own has ext4. */
const DEVICE = '/dev/vdb';
const NUMBER = makedev(254, 16);
const SUBVOLUMES = `${BTRFS_HOME}/subvolumes`;

export class Btrfs extends WholeTreeDriver {
  readonly name = 'btrfs';
  readonly shape = 'snapshots';

  status(): readonly (readonly [string, string])[] {
    return [
      ['Build Version', 'Btrfs v6.2'],
      ['Library Version', '102'],
    ];
  }

  layOut(): void {
    makeDirectory(this.process, BTRFS_HOME, 0o710);
    if (this.process.statfs(BTRFS_HOME).type !== 'btrfs') {
      btrfsOn(this.process.kernel, DEVICE);
      if (this.process.tryStat(DEVICE) === undefined) this.process.mknod(DEVICE, S_IFBLK | 0o660, NUMBER);
      this.process.mount({ source: DEVICE, target: BTRFS_HOME, type: 'btrfs' });
      this.process.chmod(BTRFS_HOME, 0o710);
    }
    makeDirectory(this.process, SUBVOLUMES, 0o710);
  }

  prepare(key: string, parent: string | undefined): void {
    if (parent === undefined) createSubvolume(this.process, this.path(key));
    else snapshotSubvolume(this.process, this.path(parent), this.path(key));
  }

  has(key: string): boolean {
    return this.process.tryLstat(this.path(key)) !== undefined;
  }

  remove(key: string): void {
    if (this.has(key)) deleteSubvolume(this.process, this.path(key));
  }

  ownBytes(key: string): number {
    return btrfsAt(this.process, this.path(key)).subvolume?.tree.ownBytes() ?? 0;
  }

  path(key: string): string {
    return `${SUBVOLUMES}/${key}`;
  }
}
