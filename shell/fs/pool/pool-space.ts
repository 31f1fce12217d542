// The space of a disk on which several trees share blocks: what one of them lets go may still belong to another. So what
// is used is counted anew when somebody asks; in between it is known not to be more than what was, and what came since.

import { DiskSpace, type DiskType } from '../disk-space.ts';
import type { StatFs } from '../stat.ts';

/** Below so many free blocks they are counted. */
const SCARCE = 1 << 16;

export class PoolSpace extends DiskSpace {
  readonly #count: () => number;
  #counting = false;

  /** `count` gives the blocks in use. */
  constructor(bytes: number, count: () => number) {
    super(bytes);
    this.#count = count;
  }

  override get free(): number {
    if (!this.#counting && super.free < SCARCE) this.recount();
    return super.free;
  }

  override take(blocks: number): void {
    if (blocks > 0) super.take(blocks);
  }

  override during(content: Parameters<DiskSpace['during']>[0], change: () => void): void {
    const before = this.used;
    super.during(content, change);
    this.used = Math.max(before, this.used);
  }

  override statfs(type: DiskType, inodes: number): StatFs {
    this.recount();
    return super.statfs(type, inodes);
  }

  recount(): void {
    // What is left for later is made while it is counted, and takes space.
    this.#counting = true;
    this.used = this.#count();
    this.#counting = false;
  }
}
