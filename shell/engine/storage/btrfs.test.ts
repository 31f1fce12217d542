// btrfs keeps the laws of storage drivers.

import { Btrfs } from './btrfs.ts';
import { storageDriverLaws } from './driver-laws.ts';

storageDriverLaws('btrfs', (process) => new Btrfs(process));
