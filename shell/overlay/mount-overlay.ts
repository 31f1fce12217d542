// Mounting an overlay: the directories of its options are found and checked, the work directory is made ready.
// Kernel: fs/overlayfs/super.c; overlayfs.rst, "Upper and Lower", "Multiple lower layers", "Sharing and copying layers".

import { fail, isFsError } from '../fs/errno.ts';
import type { FileSystem } from '../fs/filesystem.ts';
import type { FilesystemType, Kernel } from '../fs/kernel.ts';
import { isDirectory } from '../fs/mode.ts';
import { pathOf, type Spot } from '../fs/mount.ts';
import type { Process } from '../fs/process.ts';
import { walk } from '../fs/walk.ts';
import { checkInUse } from './in-use.ts';
import type { Layer } from './layer.ts';
import { checkLayers } from './layer-checks.ts';
import { NODE } from './node.ts';
import { NodeTable } from './node-table.ts';
import { opaqueMark } from './opaque.ts';
import { type OverlayOptions, parseOptions } from './options.ts';
import { OverlayFilesystem } from './overlay-filesystem.ts';
import { shownOptions } from './shown-options.ts';
import type { Union, WorkDirectory } from './union.ts';
import { prepareWork } from './work-directory.ts';

/** A directory named in the options. */
export interface NamedDirectory {
  readonly spot: Spot;
  /** As the options name it. */
  readonly named: string;
  /** From the root of the one who mounts, links resolved. */
  readonly path: string;
}

export interface NamedLayers {
  readonly lowers: readonly NamedDirectory[];
  readonly data: readonly NamedDirectory[];
  readonly upper: NamedDirectory | undefined;
  readonly work: NamedDirectory | undefined;
}

/** The filesystem type for mount(2). EINVAL, ENOENT, ELOOP, EBUSY, each with the kernel's line in the log. */
export const mountOverlay: FilesystemType = (process, text) => {
  const { kernel } = process;
  const log = (line: string): void => kernel.printk(line);
  const options = parseOptions(text, log);
  const named = resolveLayers(process, options, log);
  checkLayers(named, log);
  checkInUse(kernel, named, options, log);
  const work = prepareWork(kernel, named, options, log);
  const union = createUnion(kernel, named, options, work?.directory);
  const fs = new OverlayFilesystem(union);
  return { fs, options: shownOptions(options, union.sameFilesystem, work?.uuid ?? options.uuid) };
};

const resolveLayers = (
  process: Process,
  options: OverlayOptions,
  log: (line: string) => void,
): NamedLayers => ({
  lowers: options.lowerdir.map((path) => resolve(process, path, log)),
  data: options.datadir.map((path) => resolve(process, path, log)),
  upper: options.upperdir === undefined ? undefined : resolve(process, options.upperdir, log),
  work:
    options.upperdir === undefined || options.workdir === undefined
      ? undefined
      : resolve(process, options.workdir, log),
});

const numbers = { ENOENT: 2, EACCES: 13, ENOTDIR: 20, ENAMETOOLONG: 36, ELOOP: 40 } as const;

export const resolve = (process: Process, named: string, log: (line: string) => void): NamedDirectory => {
  try {
    const spot = walk(process, named);
    if (!isDirectory(spot.mount.fs.inode(spot.node).mode)) {
      log(`overlay: ${named} is not a directory`);
      fail('EINVAL');
    }
    return { spot, named, path: pathOf(spot, process.root) };
  } catch (error) {
    if (isFsError(error) && error.code in numbers) {
      log(`overlayfs: failed to resolve '${named}': -${numbers[error.code as keyof typeof numbers]}`);
    }
    throw error;
  }
};

/** The union of the layers, with its nodes yet to be looked up. */
export const createUnion = (
  kernel: Kernel,
  named: NamedLayers,
  options: OverlayOptions,
  work: WorkDirectory | undefined,
): Union => {
  // The first place is the upper filesystem's, also where there is none (ovl_get_layers).
  const filesystems: (FileSystem | undefined)[] = [named.upper?.spot.mount.fs];
  const numberOf = (fs: FileSystem): number => {
    if (!filesystems.includes(fs)) filesystems.push(fs);
    return filesystems.indexOf(fs);
  };
  const layer = ({ spot, path }: NamedDirectory, index: number): Layer => ({
    index,
    files: spot.mount.fs,
    root: spot.node,
    path,
    filesystem: numberOf(spot.mount.fs),
  });
  const upper = named.upper && layer(named.upper, 0);
  const lowers = named.lowers.map((lower, at) => layer(lower, at + 1));
  const data = named.data.map((lower, at) => layer(lower, lowers.length + at + 1));
  const nodes = new NodeTable(kernel.epoch);
  const dev = kernel.nextDev();
  const xwhiteouts = new Set<number>();
  for (const { files, root, index } of lowers.slice(0, -1))
    if (opaqueMark(files, root, options.prefix) === 'x') xwhiteouts.add(index);
  const sameFilesystem = filesystems.length === (upper === undefined ? 2 : 1);
  const xinoBits = settleXino(options, sameFilesystem, filesystems.length, (line) => kernel.printk(line));
  return {
    dev,
    upper,
    work,
    lowers,
    data,
    nodes,
    root: addRoot(nodes, upper, lowers, options, xwhiteouts.size > 0),
    options,
    sameFilesystem,
    xwhiteouts,
    xinoBits,
    devices: sameFilesystem ? [] : filesystems.map(() => kernel.nextDev()),
    trace: kernel.trace,
    log: (line) => kernel.printk(line),
  };
};

/** How many high bits of inode numbers tell the filesystem; 0 for none (overlayfs.rst, "Inode properties"). */
const settleXino = (
  { xino }: OverlayOptions,
  sameFilesystem: boolean,
  filesystems: number,
  log: (line: string) => void,
): number => {
  if (sameFilesystem) {
    if (xino === 'on') log('overlayfs: "xino=on" is useless with all layers on same fs, ignore.');
    return 0;
  }
  if (xino === 'off') return 0;
  const bits = Math.floor(Math.log2(filesystems - 1)) + 2;
  log(`overlayfs: "xino" feature enabled using ${bits} upper inode bits.`);
  return bits;
};

const addRoot = (
  nodes: NodeTable,
  upper: Layer | undefined,
  lowers: readonly Layer[],
  { prefix }: OverlayOptions,
  xwhiteouts: boolean,
): number => {
  const impure = upper?.files.getxattr(upper.root, `${prefix}impure`) !== undefined;
  const root = nodes.add(0, '', {
    // Its inode number is that of the upper root, where there is one (ovl_get_root).
    flags:
      NODE.DIRECTORY | NODE.ONCE_MERGED | (impure ? NODE.IMPURE : 0) | (xwhiteouts ? NODE.XWHITEOUTS : 0),
    upper: upper?.root ?? 0,
    lowers: lowers.map((layer) => ({ layer, node: layer.root })),
  });
  const node = nodes.own(root);
  node.parent = root;
  node.addAlias();
  return root;
};
