// vfs keeps the laws of storage drivers.

import { storageDriverLaws } from './driver-laws.ts';
import { Vfs } from './vfs.ts';

storageDriverLaws('vfs', (process) => new Vfs(process));
