// Character devices with a driver: null, zero, full, random (mem(4), random(4)).

import { fail } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { makedev } from './mode.ts';
import type { Spot } from './mount.ts';
import type { OpenFile } from './open-file.ts';
import { readable, writable } from './open-flags.ts';
import type { Process } from './process.ts';
import type { Stat } from './stat.ts';

interface Driver {
  read(kernel: Kernel, length: number): Uint8Array;
  write(bytes: Uint8Array): number;
}

const swallow = (bytes: Uint8Array): number => bytes.length;
const full = (): number => fail('ENOSPC');
const nothing = (): Uint8Array => new Uint8Array(0);
const zeros = (_kernel: Kernel, length: number): Uint8Array => new Uint8Array(length);
const noise = (kernel: Kernel, length: number): Uint8Array => kernel.random.bytes(length);

const drivers: Record<number, Driver> = {
  [makedev(1, 3)]: { read: nothing, write: swallow },
  [makedev(1, 5)]: { read: zeros, write: swallow },
  [makedev(1, 7)]: { read: zeros, write: full },
  [makedev(1, 8)]: { read: noise, write: swallow },
  [makedev(1, 9)]: { read: noise, write: swallow },
};

/** /dev/tty: the terminal of whoever opens it (tty(4)). */
export const CONTROLLING_TTY = makedev(5, 0);

/** Opens the driver behind a character device. Throws ENXIO where there is none. */
export const openDevice = (kernel: Kernel, spot: Spot, path: string, flags: number): OpenFile => {
  const driver = drivers[spot.mount.fs.inode(spot.node).rdev] ?? fail('ENXIO');
  return new DeviceFile(kernel, driver, spot, path, flags);
};

export class DeviceFile implements OpenFile {
  readonly path: string;
  readonly spot: Spot;
  flags: number;
  position = 0;
  references = 0;
  readonly #kernel: Kernel;
  readonly #driver: Driver;

  constructor(kernel: Kernel, driver: Driver, spot: Spot, path: string, flags: number) {
    this.#kernel = kernel;
    this.#driver = driver;
    this.spot = spot;
    this.path = path;
    this.flags = flags;
    spot.mount.fs.hold(spot.node);
  }

  read(_process: Process, length: number): Uint8Array {
    return this.pread(length);
  }

  write(_process: Process, bytes: Uint8Array): number {
    return this.pwrite(bytes);
  }

  /** All positions are alike. */
  pread(length: number): Uint8Array {
    if (!readable(this.flags)) fail('EBADF');
    return this.#driver.read(this.#kernel, length);
  }

  pwrite(bytes: Uint8Array): number {
    if (!writable(this.flags)) fail('EBADF');
    return this.#driver.write(bytes);
  }

  stat(): Stat {
    return this.spot.mount.fs.stat(this.spot.node);
  }

  close(): void {
    this.spot.mount.fs.release(this.spot.node);
  }
}
