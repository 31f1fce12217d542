// A small machine for the tests of this room: a kernel with the overlay type, dockerd's process, an image of a few files.

import type { Clock } from '../fs/clock.ts';
import { virtualClock } from '../fs/clock.ts';
import type { FilesystemType } from '../fs/kernel.ts';
import { Kernel } from '../fs/kernel.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { createRandom } from '../fs/random.ts';

/** A clock that moves only when it is told to: times in tests are what they say. */
export const stillClock = (start = 1_795_278_689_000_000_000n): Clock & { set(at: bigint): void } => {
  const virtual = virtualClock(start);
  let now = start;
  return {
    now: () => now,
    after: virtual.after,
    set: (at) => {
      now = at;
      virtual.set(at);
    },
  };
};

export interface Lab {
  kernel: Kernel;
  root: Process;
  clock: ReturnType<typeof stillClock>;
}

export const createLab = (filesystemTypes: Readonly<Record<string, FilesystemType>> = {}): Lab => {
  const clock = stillClock();
  const kernel = new Kernel({ clock, random: createRandom(1), loader: () => undefined, filesystemTypes });
  return { kernel, clock, root: kernel.createInit() };
};

export const put = (process: Process, path: string, text: string, mode = 0o644): void => {
  const fd = process.open(path, O.WRONLY | O.CREAT | O.TRUNC, mode);
  process.pwrite(fd, new TextEncoder().encode(text), 0);
  process.close(fd);
};

export const text = (process: Process, path: string): string => {
  const fd = process.open(path, O.RDONLY);
  try {
    return new TextDecoder().decode(process.pread(fd, process.fstat(fd).size, 0));
  } finally {
    process.close(fd);
  }
};

/** Sets modification times of everything at and below `path`, in seconds. */
export const dateTree = (process: Process, path: string, seconds: number): void => {
  const stat = process.lstat(path);
  if (stat.kind === 'directory')
    for (const { name } of process.readdir(path)) dateTree(process, `${path}/${name}`, seconds);
  process.utimens(path, { mtime: BigInt(seconds) * 1_000_000_000n }, { follow: false });
};
