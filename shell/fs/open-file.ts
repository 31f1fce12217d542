// Open file descriptions (open(2)): what descriptors share after dup and fork. One kind for files and directories
// on a filesystem; pipes, devices and terminals have their own.

import { fail } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { isRegular } from './mode.ts';
import type { Spot } from './mount.ts';
import { keepsAccessTime } from './mount-options.ts';
import { O, readable, writable } from './open-flags.ts';
import type { Process } from './process.ts';
import type { Stat } from './stat.ts';
import type { Tty } from './tty.ts';

export type Whence = 'set' | 'cur' | 'end' | 'data' | 'hole';

export interface OpenFile {
  /** The path it was opened by, as /proc/PID/fd shows it. */
  readonly path: string;
  flags: number;
  /** The file on a filesystem behind it, where there is one. */
  readonly spot?: Spot;
  /** The file by which a named pipe was opened. */
  readonly fifo?: Spot | undefined;
  /** The terminal, where it is one. */
  readonly tty?: Tty;
  position: number;
  /** What flock(2) has taken by it. */
  lock?: 'shared' | 'exclusive';
  /** Descriptors that refer to it. */
  references: number;
  read(process: Process, length: number): Uint8Array | Promise<Uint8Array>;
  write(process: Process, bytes: Uint8Array): number | Promise<number>;
  stat(): Stat;
  /** The last descriptor is closed. */
  close(): void;
}

/** A regular file or directory. */
export class InodeFile implements OpenFile {
  readonly path: string;
  readonly spot: Spot;
  flags: number;
  position = 0;
  lock?: 'shared' | 'exclusive';
  references = 0;
  readonly #kernel: Kernel;
  readonly #directory: boolean;

  constructor(kernel: Kernel, spot: Spot, path: string, flags: number, directory: boolean) {
    this.#kernel = kernel;
    this.#directory = directory;
    this.spot = spot;
    this.path = path;
    this.flags = flags;
    spot.mount.fs.hold(spot.node);
  }

  read(_process: Process, length: number): Uint8Array {
    const bytes = this.pread(length, this.position);
    this.position += bytes.length;
    return bytes;
  }

  /** Reads at a position of its own; the description's stays. */
  pread(length: number, position: number): Uint8Array {
    const { fs } = this.spot.mount;
    if (!readable(this.flags)) fail('EBADF');
    if (this.#directory) fail('EISDIR');
    const bytes = fs.read(this.spot.node, position, length);
    if (bytes.length > 0 && (this.flags & O.NOATIME) === 0 && keepsAccessTime(this.spot.mount))
      fs.accessed(this.spot.node);
    return bytes;
  }

  write(_process: Process, bytes: Uint8Array): number {
    const start = (this.flags & O.APPEND) !== 0 ? this.stat().size : this.position;
    this.position = this.#writeAt(bytes, start);
    return whole(bytes, this.position - start);
  }

  /** Writes at a position of its own; the description's stays. */
  pwrite(bytes: Uint8Array, position: number): number {
    return whole(bytes, this.#writeAt(bytes, position) - position);
  }

  #writeAt(bytes: Uint8Array, position: number): number {
    if (!writable(this.flags)) fail('EBADF');
    const end = this.spot.mount.fs.write(this.spot.node, position, bytes);
    if (bytes.length > 0) this.#kernel.changed(this.spot);
    return end;
  }

  seek(offset: number, whence: Whence): number {
    const { fs } = this.spot.mount;
    if (whence === 'data' || whence === 'hole') {
      if (this.#directory) fail('EINVAL');
      this.position = fs.seek(this.spot.node, offset, whence) ?? fail('ENXIO');
      return this.position;
    }
    const base = { set: 0, cur: this.position, end: isRegular(this.stat().mode) ? this.stat().size : 0 }[
      whence
    ];
    if (base + offset < 0) fail('EINVAL');
    this.position = base + offset;
    return this.position;
  }

  stat(): Stat {
    return this.spot.mount.fs.stat(this.spot.node);
  }

  close(): void {
    this.spot.mount.fs.release(this.spot.node);
  }
}

/** A write that the disk cut short has written what it could; the error of the next write comes at once. */
const whole = (bytes: Uint8Array, written: number): number =>
  written === bytes.length ? written : fail('ENOSPC');
