// overlay2 keeps the laws of storage drivers.

import { makeDirectories } from '../files.ts';
import { OVERLAY_HOME } from '../paths.ts';
import { storageDriverLaws } from './driver-laws.ts';
import { Overlay2 } from './overlay2.ts';

storageDriverLaws('overlay2', (process) => {
  makeDirectories(process, `${OVERLAY_HOME}/l`, 0o700);
  return new Overlay2(process);
});
