// zfs keeps the laws of storage drivers.

import { storageDriverLaws } from './driver-laws.ts';
import { Zfs } from './zfs.ts';

storageDriverLaws('zfs', (process) => new Zfs(process));
