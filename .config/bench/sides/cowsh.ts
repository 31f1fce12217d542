// cowsh: a union of two directories of its disk, by system calls. Traced means that somebody listens to every event.

import { O } from '../../../shell/fs/open-flags.ts';
import { bareMachine, mountUnion } from '../bare-machine.ts';
import { type Kind, LOWER, names, type Operations } from '../side.ts';

export const openCowsh = (kind: Kind, traced: boolean): Operations => {
  const init = bareMachine(['/l', '/u', '/w', '/m']);
  const write = (path: string, bytes: Uint8Array): void => {
    const fd = init.open(path, O.WRONLY | O.CREAT | O.TRUNC);
    init.write(fd, bytes);
    init.close(fd);
  };
  if (kind === 'layered') {
    init.mkdir(`/l/${LOWER}`);
    for (const path of names(`/l/${LOWER}`, 'lower')) write(path, new Uint8Array(100).fill(1));
  }
  mountUnion(init);
  init.mkdir('/m/home');
  let events = 0;
  if (traced) init.kernel.trace.subscribe(() => events++);
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
