// docker diff: what a snapshot's own files change in the tree below, by the rules of Docker's archive package.

import { isDirectory, S_IFDIR } from '../fs/mode.ts';
import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';
import type { Change } from './contract.ts';
import { compareNames, OPAQUE_XATTR } from './tar/tree-entries.ts';

/**
 * Compares the layer directory `upper` with the mounted tree `below` (undefined: with nothing).
 * A directory comes before what is in it, deletions after the rest of their directory. `process` sees the layer's marks
 * as devices and attributes, `host` the mounted tree.
 */
export const changesOf = (
  process: Process,
  upper: string,
  below: string | undefined,
  host: Process = process,
): Change[] => new Comparison(process, upper, below, host).children('', below !== undefined, false);

class Comparison {
  readonly #process: Process;
  readonly #upper: string;
  readonly #below: string | undefined;
  readonly #host: Process;

  constructor(process: Process, upper: string, below: string | undefined, host: Process) {
    this.#process = process;
    this.#host = host;
    this.#upper = upper;
    this.#below = below;
  }

  /**
   * Changes within a directory of the layer. `hasOld`: the tree below has a directory there too.
   * `alone`: an opaque directory is above, so nothing from below shows through.
   */
  children(path: string, hasOld: boolean, alone: boolean): Change[] {
    const names = this.#process.readdir(this.#upper + path).map(({ name }) => name);
    const opaque = alone || this.#isOpaque(path);
    const changes: Change[] = [];
    const deleted: Change[] = [];
    for (const name of names.sort(compareNames)) {
      const child = `${path}/${name}`;
      const stat = this.#process.lstat(this.#upper + child);
      const old = hasOld ? this.#old(child) : undefined;
      if (isWhiteout(stat)) {
        if (old !== undefined) deleted.push({ kind: 'deleted', path: child });
      } else changes.push(...this.#entry(child, stat, old, opaque));
    }
    if (hasOld && opaque) deleted.push(...this.#hidden(path, new Set(names)));
    return [...changes, ...deleted.sort((a, b) => compareNames(a.path, b.path))];
  }

  #entry(path: string, stat: Stat, old: Stat | undefined, alone: boolean): Change[] {
    const inside = isDirectory(stat.mode)
      ? this.children(path, old !== undefined && isDirectory(old.mode), alone)
      : [];
    if (old === undefined) return [{ kind: 'added', path }, ...inside];
    const different = isDifferent(old, stat) || this.#capabilityDiffers(path, stat);
    return different || inside.length > 0 ? [{ kind: 'changed', path }, ...inside] : [];
  }

  /** What an opaque directory hides: each old child that has no successor of its name. */
  #hidden(path: string, kept: ReadonlySet<string>): Change[] {
    return this.#host
      .readdir(this.#below + path)
      .filter(({ name }) => !kept.has(name))
      .map(({ name }) => ({ kind: 'deleted', path: `${path}/${name}` }));
  }

  #old(path: string): Stat | undefined {
    return this.#below === undefined ? undefined : this.#host.tryLstat(this.#below + path);
  }

  #isOpaque(path: string): boolean {
    if (path === '') return false;
    const names = this.#process.listxattr(this.#upper + path, { follow: false });
    return (
      names.includes(OPAQUE_XATTR) && this.#process.getxattr(this.#upper + path, OPAQUE_XATTR)[0] === 0x79
    );
  }

  #capabilityDiffers(path: string, stat: Stat): boolean {
    if (stat.kind !== 'file') return false;
    const old = capabilityOf(this.#host, this.#below + path);
    return capabilityOf(this.#process, this.#upper + path) !== old;
  }
}

const capabilityOf = (process: Process, path: string): string => {
  const names = process.listxattr(path, { follow: false });
  if (!names.includes('security.capability')) return '';
  return Buffer.from(process.getxattr(path, 'security.capability')).toString('hex');
};

const isWhiteout = (stat: Stat): boolean => stat.kind === 'char' && stat.rdev === 0;

/** A directory's size and time say nothing; Docker tests one bit of the type, which block devices and sockets have too. */
export const isDifferent = (old: Stat, now: Stat): boolean =>
  old.mode !== now.mode ||
  old.uid !== now.uid ||
  old.gid !== now.gid ||
  old.rdev !== now.rdev ||
  ((old.mode & S_IFDIR) !== S_IFDIR && (!sameTime(old.mtime, now.mtime) || old.size !== now.size));

const SECOND = 1_000_000_000n;

/** Equal to the second is equal where one side knows no nanoseconds, as files from a tar do. */
const sameTime = (a: bigint, b: bigint): boolean =>
  a === b || (a / SECOND === b / SECOND && (a % SECOND === 0n || b % SECOND === 0n));
