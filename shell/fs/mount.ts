// Mounts and mount namespaces (mount_namespaces(7)): which filesystem stands at which directory.

import type { Cred } from './credentials.ts';
import { type FileSystem, isReadOnlyFilesystem } from './filesystem.ts';
import type { NodeId } from './stat.ts';
import { ways } from './ways.ts';

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
  parent: Mount | undefined;
  at: NodeId;
  /** The peer group that it shares mounts with, and the one whose mounts it gets (propagation.ts). */
  group?: number | undefined;
  master?: number | undefined;
  /** No bind mount shows it. */
  unbindable?: boolean;
  /** Mounts that stand on directories of this one. */
  readonly covers: Map<NodeId, Mount>;
  /** Where the last walk from a root on this mount led. */
  known?: KnownWay;
}

/** The directory that the last walk from a root ended in. */
export interface KnownWay {
  /** `ways.changes` at that time. */
  readonly changes: number;
  readonly root: NodeId;
  readonly cred: Cred;
  /** The path to the directory, from '/' to the slash behind its name. */
  readonly prefix: string;
  readonly mount: Mount;
  readonly node: NodeId;
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

  /** Takes a mount away with all that stands on it. */
  remove(mount: Mount): void {
    ways.changes++;
    const gone = new Set(this.tree(mount));
    this.mounts = this.mounts.filter((other) => !gone.has(other));
    if (mount.parent?.covers.get(mount.at) === mount) mount.parent.covers.delete(mount.at);
  }

  /** A mount and those that stand on it, at any depth, in the order in which they were made. */
  tree(top: Mount): Mount[] {
    const inside = new Set([top]);
    // A mount may have been moved onto a later one.
    for (let size = 0; size < inside.size; ) {
      size = inside.size;
      for (const mount of this.mounts) if (mount.parent && inside.has(mount.parent)) inside.add(mount);
    }
    return [top, ...this.mounts.filter((mount) => mount !== top && inside.has(mount))];
  }

  /** Puts a mount onto another directory, with all that stands on it. */
  move(mount: Mount, to: Spot): void {
    ways.changes++;
    if (mount.parent?.covers.get(mount.at) === mount) mount.parent.covers.delete(mount.at);
    mount.parent = to.mount;
    mount.at = to.node;
    to.mount.covers.set(to.node, mount);
  }

  /** A namespace of its own with the same mounts, and which mount became which. */
  copy(nextId: () => number): { namespace: Namespace; copies: ReadonlyMap<Mount, Mount> } {
    const copies = new Map<Mount, Mount>();
    for (const mount of this.mounts) copies.set(mount, copyOf(mount, nextId()));
    const [root, ...others] = [...copies.values()];
    for (const copy of others) copy.parent = copy.parent && (copies.get(copy.parent) ?? copy.parent);
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

/** The same filesystem once more, with nothing on it; it belongs to the same peers. */
export const copyOf = ({ known: _, ...mount }: Mount, id: number): Mount => ({
  ...mount,
  id,
  covers: new Map(),
});

/** Whether nobody may write here: to the mount, or to its filesystem wherever it is mounted. */
export const isReadOnly = ({ readOnly, fs }: Mount): boolean => readOnly || isReadOnlyFilesystem(fs);

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

/** The path of a directory as seen from `root`; from the top of all mounts where it lies outside. */
export const pathOf = (spot: Spot, root: Spot): string => climb(spot, root).path;

/** Where a mount is seen from `root`; undefined where it is not, as from a changed root. */
export const seenPath = (mount: Mount, root: Spot): string | undefined => {
  if (mount.parent === undefined && mount === root.mount && root.node === mount.root) return '/';
  const { path, seen } = climb({ mount, node: mount.root }, root);
  return seen ? path : undefined;
};

const climb = (spot: Spot, root: Spot): { path: string; seen: boolean } => {
  let { mount, node } = spot;
  let path = '';
  for (;;) {
    if (mount === root.mount) {
      const inner = relative(mount.fs.path(root.node), mount.fs.path(node));
      if (inner !== undefined) return { path: inner + path || '/', seen: true };
    }
    path = (relative(mount.fs.path(mount.root), mount.fs.path(node)) ?? '') + path;
    if (mount.parent === undefined) return { path: path || '/', seen: false };
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
