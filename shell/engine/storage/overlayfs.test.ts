// overlayfs keeps the laws of storage drivers.

import { storageDriverLaws } from './driver-laws.ts';
import { Overlayfs } from './overlayfs.ts';

storageDriverLaws('overlayfs', (process) => new Overlayfs(process));
