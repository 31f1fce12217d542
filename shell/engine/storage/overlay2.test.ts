// overlay2 keeps the laws of storage drivers.

import { storageDriverLaws } from './driver-laws.ts';
import { Overlay2 } from './overlay2.ts';

storageDriverLaws('overlay2', (process) => new Overlay2(process));
