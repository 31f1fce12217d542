// cowsh: a union of two directories of its disk, by system calls. Traced means that somebody listens to every event.

import { virtualClock } from '../../../shell/fs/clock.ts';
import { Kernel } from '../../../shell/fs/kernel.ts';
import { O } from '../../../shell/fs/open-flags.ts';
import { createRandom } from '../../../shell/fs/random.ts';
import { mountOverlay } from '../../../shell/overlay/index.ts';
import { type Kind, LOWER, names, type Operations } from '../side.ts';

export const openCowsh = (kind: Kind, traced: boolean): Operations => {
  const kernel = new Kernel({
    clock: virtualClock(),
    random: createRandom(1),
    loader: () => undefined,
    filesystemTypes: { overlay: mountOverlay },
  });
  const init = kernel.createInit();
  for (const path of ['/l', '/u', '/w', '/m']) init.mkdir(path);
  const write = (path: string, bytes: Uint8Array): void => {
    const fd = init.open(path, O.WRONLY | O.CREAT | O.TRUNC);
    init.write(fd, bytes);
    init.close(fd);
  };
  if (kind === 'layered') {
    init.mkdir(`/l/${LOWER}`);
    for (const path of names(`/l/${LOWER}`, 'lower')) write(path, new Uint8Array(100).fill(1));
  }
  init.mount({
    source: 'overlay',
    target: '/m',
    type: 'overlay',
    options: 'lowerdir=/l,upperdir=/u,workdir=/w',
  });
  init.mkdir('/m/home');
  let events = 0;
  if (traced) kernel.trace.subscribe(() => events++);
  return {
    home: '/m/home',
    lower: `/m/${LOWER}`,
    create: (path) => init.close(init.open(path, O.WRONLY | O.CREAT | O.EXCL)),
    write,
    read: (path) => {
      const fd = init.open(path, O.RDONLY);
      const bytes = init.read(fd, 4096);
      init.close(fd);
      return bytes;
    },
    stat: (path) => init.stat(path),
    readdir: (path) => init.readdir(path),
    rename: (from, to) => init.rename(from, to),
    unlink: (path) => init.unlink(path),
  };
};
