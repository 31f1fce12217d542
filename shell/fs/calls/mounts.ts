// mount(2), umount(2), and the mounts that a process sees.

import { CAP_SYS_ADMIN } from '../capability.ts';
import { needCapability } from '../credentials.ts';
import { fail } from '../errno.ts';
import { isDirectory } from '../mode.ts';
import { copyOf, type Mount, pathOf, type Spot, seenPath } from '../mount.ts';
import { toldOptions, withMountWords } from '../mount-options.ts';
import type { Process } from '../process.ts';
import {
  attachTree,
  changePropagation,
  copyTree,
  detachTree,
  moveTree,
  propagationFields,
} from '../propagation.ts';
import { walk } from '../walk.ts';
import type { MountRequest } from './mount-request.ts';
import { remount } from './remount.ts';

/** A line of /proc/PID/mountinfo. */
export interface MountInfo {
  readonly id: number;
  readonly parent: number;
  readonly dev: number;
  /** What of the filesystem is mounted; '/' is all of it. */
  readonly root: string;
  readonly source: string;
  readonly target: string;
  readonly type: string;
  /** 'rw,relatime,...' */
  readonly options: string;
  /** The same in two parts: the mount's own, and the filesystem's. */
  readonly own: string;
  readonly filesystem: string;
  /** 'shared:1', 'master:1', 'unbindable'. */
  readonly propagation: readonly string[];
}

export const mount = (process: Process, request: MountRequest): void => {
  const target = walk(process, request.target);
  needCapability(process.cred, CAP_SYS_ADMIN);
  if (request.remount) return remount(process, target, request);
  if (request.propagation !== undefined) return propagate(process, target, request);
  if (request.move) return move(process, target, request);
  const tree = request.bind ? bound(process, request, target) : [fresh(process, request, target)];
  attachTree(process.kernel, process.namespace, tree, target);
  const [made] = tree as [Mount];
  process.kernel.trace.emit({
    kind: 'mount',
    type: made.type,
    source: made.source,
    target: pathOf(target, process.root),
    options: toldOptions(made).all,
  });
};

const needMount = ({ mount: at, node }: Spot): Mount => (node === at.root ? at : fail('EINVAL'));

const propagate = (
  { kernel, namespace }: Process,
  target: Spot,
  { propagation = 'private', recursive }: MountRequest,
): void => {
  const top = needMount(target);
  changePropagation(kernel, recursive ? namespace.tree(top) : [top], propagation);
};

const move = (process: Process, target: Spot, { source }: MountRequest): void => {
  const from = walk(process, source);
  const moved = needMount(from);
  needSameKind(from, target);
  moveTree(process.kernel, process.namespace, moved, target);
};

/** A directory is mounted on a directory, a file on a file (ENOTDIR). */
const needSameKind = (source: Spot, target: Spot): void => {
  const [one, other] = [source, target].map(({ mount: at, node }) => isDirectory(at.fs.inode(node).mode));
  if (one !== other) fail('ENOTDIR');
};

const bound = (process: Process, request: MountRequest, target: Spot): Mount[] => {
  const { namespace, kernel } = process;
  const source = walk(process, request.source);
  if (source.mount.unbindable) fail('EINVAL');
  const nextId = (): number => kernel.nextMountId();
  const top = { ...copyOf(source.mount, nextId()), root: source.node };
  const below = request.recursive ? shownBelow(namespace.mounts, source) : [];
  const copies = below.flatMap((child) => copyTree(namespace.tree(child).filter(bindable), nextId));
  for (const copy of copies) if (copy.parent === source.mount) copy.parent = top;
  needSameKind(source, target);
  return [top, ...copies];
};

const bindable = ({ unbindable }: Mount): boolean => !unbindable;

/** The mounts that stand on what a spot shows. */
const shownBelow = (mounts: readonly Mount[], { mount: at, node }: Spot): Mount[] => {
  const { fs } = at;
  const top = fs.path(node);
  return mounts.filter(
    (child) =>
      child.parent === at &&
      bindable(child) &&
      (node === fs.root || fs.path(child.at).startsWith(top === '/' ? top : `${top}/`)),
  );
};

const fresh = (process: Process, request: MountRequest, target: Spot): Mount => {
  const { kernel } = process;
  const make = kernel.filesystemTypes[request.type ?? ''] ?? fail('ENODEV');
  if (!isDirectory(target.mount.fs.inode(target.node).mode)) fail('ENOTDIR');
  const { fs, options } = make(process, request.options ?? '', request.source);
  if (request.readOnly && !kernel.filesystems.has(fs)) fs.sealed = true;
  kernel.adopt(fs);
  const { flags = [] } = request;
  return {
    id: kernel.nextMountId(),
    fs,
    root: fs.root,
    source: request.source,
    type: fs.type,
    readOnly: request.readOnly ?? false,
    options: flags.length === 0 ? options : withMountWords(options, flags),
    parent: target.mount,
    at: target.node,
    covers: new Map(),
  };
};

/** Takes the mount at `target` away; EINVAL where there is none, EBUSY while something is in use below it. */
export const umount = (process: Process, target: string, options: { lazy?: boolean } = {}): void => {
  const spot = walk(process, target);
  needCapability(process.cred, CAP_SYS_ADMIN);
  const { mount: gone } = spot;
  if (spot.node !== gone.root || gone.parent === undefined || !process.namespace.mounts.includes(gone))
    fail('EINVAL');
  if (!options.lazy && (gone.covers.size > 0 || process.kernel.isBusy(gone))) fail('EBUSY');
  const path = pathOf(spot, process.root);
  detachTree(process.kernel, process.namespace, gone);
  process.kernel.dropUnusedFilesystems();
  process.kernel.trace.emit({
    kind: 'umount',
    type: gone.type,
    source: gone.source,
    target: path,
    options: '',
  });
};

/** The mounts of the process's namespace that its root lets it see, as /proc/self/mountinfo lists them. */
export const mounts = (process: Process): MountInfo[] =>
  process.namespace.mounts.flatMap((one) => {
    const target = seenPath(one, process.root);
    return target === undefined ? [] : [describe(one, target)];
  });

const describe = (one: Mount, target: string): MountInfo => {
  const { fs, root, source, type } = one;
  const told = toldOptions(one);
  return {
    id: one.id,
    parent: one.parent?.id ?? 1,
    dev: fs.dev,
    root: root === fs.root ? '/' : fs.path(root),
    source,
    target,
    type,
    options: told.all,
    own: told.own,
    filesystem: told.filesystem,
    propagation: propagationFields(one),
  };
};
