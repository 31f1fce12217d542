// aufs keeps the laws of storage drivers.

import { Aufs } from './aufs.ts';
import { storageDriverLaws } from './driver-laws.ts';

storageDriverLaws('aufs', (process) => new Aufs(process));
