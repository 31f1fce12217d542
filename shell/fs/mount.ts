// Mounts and mount namespaces (mount_namespaces(7)): which filesystem stands at which directory.

import type { FileSystem } from './filesystem.ts';
import type { NodeId } from './stat.ts';
import { type KnownWay, ways } from './ways.ts';

export interface Mount {
  readonly id: number;
  readonly fs: FileSystem;
  /** The directory of `fs` that is seen at the mount point. */
  readonly root: NodeId;
  readonly source: string;
  readonly type: string;
  readOnly: boolean;
  /** Options as /proc/mounts shows them after rw or ro. */
  options: string;
  /** Where it stands; undefined for the root of a namespace. */
  readonly parent: Mount | undefined;
  readonly at: NodeId;
  /** Mounts that stand on directories of this one. */
  readonly covers: Map<NodeId, Mount>;
  /** Where the last walk from a root on this mount led. */
  known?: KnownWay;
}

/** A file as a process reaches it. */
export interface Spot {
  readonly mount: Mount;
  readonly node: NodeId;
}

/** A mount namespace: its mounts in the order in which they were made. */
export class Namespace {
  mounts: Mount[];

  constructor(root: Mount) {
    this.mounts = [root];
  }

  get root(): Mount {
    return this.mounts[0] as Mount;
  }

  add(mount: Mount): void {
    ways.changes++;
    // A new array: a snapshot may hold the old one.
    this.mounts = [...this.mounts, mount];
    mount.parent?.covers.set(mount.at, mount);
  }

  remove(mount: Mount): void {
    ways.changes++;
    this.mounts = this.mounts.filter((other) => other !== mount);
    if (mount.parent?.covers.get(mount.at) === mount) mount.parent.covers.delete(mount.at);
  }

  /** A namespace of its own with the same mounts, and which mount became which. */
  copy(nextId: () => number): { namespace: Namespace; copies: ReadonlyMap<Mount, Mount> } {
    const copies = new Map<Mount, Mount>();
    for (const { known: _, ...mount } of this.mounts) {
      const parent = mount.parent && (copies.get(mount.parent) ?? mount.parent);
      copies.set(this.mounts[copies.size] as Mount, { ...mount, id: nextId(), parent, covers: new Map() });
    }
    const [root, ...others] = [...copies.values()];
    const namespace = new Namespace(root as Mount);
    for (const mount of others) namespace.add(mount);
    return { namespace, copies };
  }

  save(): readonly Mount[] {
    return this.mounts;
  }

  restore(mounts: readonly Mount[]): void {
    ways.changes++;
    this.mounts = [...mounts];
    for (const mount of this.mounts) mount.covers.clear();
    for (const mount of this.mounts) mount.parent?.covers.set(mount.at, mount);
  }
}

/** The mount on top of a spot, or the spot itself where nothing is mounted. */
export const enterMounts = (spot: Spot): Spot => {
  let { mount, node } = spot;
  if (mount.covers.size === 0) return spot;
  for (let over = mount.covers.get(node); over !== undefined; over = mount.covers.get(node)) {
    mount = over;
    node = over.root;
  }
  return { mount, node };
};

/** The path of a directory as seen from `root`; '(unreachable)' before it where it lies outside. */
export const pathOf = (spot: Spot, root: Spot): string => {
  let { mount, node } = spot;
  let path = '';
  for (;;) {
    if (mount === root.mount) {
      const inner = relative(mount.fs.path(root.node), mount.fs.path(node));
      if (inner !== undefined) return inner + path || '/';
    }
    path = (relative(mount.fs.path(mount.root), mount.fs.path(node)) ?? '') + path;
    if (mount.parent === undefined) return path || '/';
    node = mount.at;
    mount = mount.parent;
  }
};

/** `path` below `base` with a slash before it, '' when they are the same, undefined when it is not below. */
const relative = (base: string, path: string): string | undefined => {
  if (path === base) return '';
  if (base === '/') return path;
  return path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
};
