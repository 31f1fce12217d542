// mount(2), umount(2), and the mounts that a process sees.

import { maySetUpMounts } from '../capability.ts';
import { fail } from '../errno.ts';
import { isDirectory } from '../mode.ts';
import { type Mount, pathOf, type Spot } from '../mount.ts';
import { splitOptions } from '../mount-options.ts';
import type { Process } from '../process.ts';
import { walk } from '../walk.ts';

export interface MountRequest {
  readonly source: string;
  readonly target: string;
  readonly type?: string;
  /** The option string of the filesystem: 'lowerdir=a:b,upperdir=u,workdir=w', 'size=64m'. */
  readonly options?: string;
  readonly readOnly?: boolean;
  /** Shows the directory `source` at `target` too. */
  readonly bind?: boolean;
  /** Changes the flags of the mount at `target`. */
  readonly remount?: boolean;
}

/** A line of /proc/mounts. */
export interface MountInfo {
  readonly id: number;
  readonly source: string;
  readonly target: string;
  readonly type: string;
  /** 'rw,relatime,...' */
  readonly options: string;
}

export const mount = (process: Process, request: MountRequest): void => {
  if (!maySetUpMounts(process)) fail('EPERM');
  const target = walk(process, request.target);
  if (request.remount) {
    remount(target, request);
    return;
  }
  const made = request.bind ? bound(process, request, target) : fresh(process, request, target);
  process.namespace.add(made);
  process.kernel.trace.emit({
    kind: 'mount',
    type: made.type,
    source: made.source,
    target: pathOf(target, process.root),
    options: optionsOf(made),
  });
};

const remount = (target: Spot, request: MountRequest): void => {
  if (target.node !== target.mount.root) fail('EINVAL');
  target.mount.readOnly = request.readOnly ?? false;
};

const bound = (process: Process, request: MountRequest, target: Spot): Mount => {
  const source = walk(process, request.source);
  const { fs } = source.mount;
  const directories =
    isDirectory(fs.inode(source.node).mode) && isDirectory(target.mount.fs.inode(target.node).mode);
  if (
    !directories &&
    isDirectory(fs.inode(source.node).mode) !== isDirectory(target.mount.fs.inode(target.node).mode)
  ) {
    fail('ENOTDIR');
  }
  return newMount(process, target, {
    fs,
    root: source.node,
    source: source.mount.source,
    type: source.mount.type,
    readOnly: request.readOnly ?? false,
    options: source.mount.options,
  });
};

const fresh = (process: Process, request: MountRequest, target: Spot): Mount => {
  const { kernel } = process;
  const make = kernel.filesystemTypes[request.type ?? ''] ?? fail('ENODEV');
  if (!isDirectory(target.mount.fs.inode(target.node).mode)) fail('ENOTDIR');
  const { fs, options } = make(process, request.options ?? '', request.source);
  kernel.adopt(fs);
  return newMount(process, target, {
    fs,
    root: fs.root,
    source: request.source,
    type: fs.type,
    readOnly: request.readOnly ?? fs.readOnly,
    options,
  });
};

type Made = Pick<Mount, 'fs' | 'root' | 'source' | 'type' | 'readOnly' | 'options'>;

const newMount = (process: Process, target: Spot, made: Made): Mount => ({
  ...made,
  id: process.kernel.nextMountId(),
  parent: target.mount,
  at: target.node,
  covers: new Map(),
});

/** Takes the mount at `target` away; EINVAL where there is none, EBUSY while something is in use below it. */
export const umount = (process: Process, target: string, options: { lazy?: boolean } = {}): void => {
  if (!maySetUpMounts(process)) fail('EPERM');
  const spot = walk(process, target);
  const { mount } = spot;
  if (spot.node !== mount.root || mount.parent === undefined || !process.namespace.mounts.includes(mount))
    fail('EINVAL');
  if (!options.lazy && (mount.covers.size > 0 || process.kernel.isBusy(mount))) fail('EBUSY');
  const path = pathOf(spot, process.root);
  process.namespace.remove(mount);
  process.kernel.dropUnusedFilesystems();
  process.kernel.trace.emit({
    kind: 'umount',
    type: mount.type,
    source: mount.source,
    target: path,
    options: '',
  });
};

const optionsOf = (mount: Mount): string => {
  const { flags, rest } = splitOptions(mount);
  return [...flags, ...rest].join(',');
};

/** The mounts of the process's namespace, as /proc/mounts lists them. */
export const mounts = (process: Process): MountInfo[] =>
  process.namespace.mounts.map((mount) => ({
    id: mount.id,
    source: mount.source,
    target: mount.parent === undefined ? '/' : pathOf({ mount, node: mount.root }, process.root),
    type: mount.type,
    options: optionsOf(mount),
  }));
