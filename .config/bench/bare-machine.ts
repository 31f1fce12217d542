// For benchmarks: a kernel that knows the overlay, an empty disk, and a process on it.

import { bootKernel } from '../../shell/fs/boot.ts';
import { virtualClock } from '../../shell/fs/clock.ts';
import type { Process } from '../../shell/fs/process.ts';
import { createRandom } from '../../shell/fs/random.ts';
import { mountOverlay } from '../../shell/overlay/index.ts';

/** Process 1, with these directories made. */
export const bareMachine = (directories: readonly string[]): Process => {
  const kernel = bootKernel({
    clock: virtualClock(),
    random: createRandom(1),
    loader: () => undefined,
    filesystemTypes: { overlay: mountOverlay },
  });
  const init = kernel.createInit();
  for (const path of directories) init.mkdir(path);
  return init;
};

/** Mounts the union of /l and /u on /m. */
export const mountUnion = (init: Process): void => {
  const options = 'lowerdir=/l,upperdir=/u,workdir=/w';
  init.mount({ source: 'overlay', target: '/m', type: 'overlay', options });
};
