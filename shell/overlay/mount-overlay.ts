// Mounting an overlay: the directories of its options are found and checked, the work directory is made ready.
// Kernel: fs/overlayfs/super.c; overlayfs.rst, "Upper and Lower", "Multiple lower layers", "Sharing and copying layers".

import type { FileSystem } from '../fs/filesystem.ts';
import type { FilesystemType, Kernel } from '../fs/kernel.ts';
import type { NodeId } from '../fs/stat.ts';
import { checkLowersInUse, claimUpper } from './in-use.ts';
import { prepareIndex } from './index-directory.ts';
import { cleanIndex } from './index-entries.ts';
import type { Layer } from './layer.ts';
import { checkLowers, checkUpper } from './layer-checks.ts';
import { LinkCounts } from './link-counts.ts';
import type { NamedDirectory, NamedLayers } from './named-directory.ts';
import { NODE } from './node.ts';
import { NodeTable } from './node-table.ts';
import { opaqueMark } from './opaque.ts';
import { type OverlayOptions, settleOptions } from './options.ts';
import { checkOverlaps } from './overlaps.ts';
import { OverlayFilesystem } from './overlay-filesystem.ts';
import { readParameters } from './read-parameters.ts';
import { shownOptions } from './shown-options.ts';
import { setTraps } from './traps.ts';
import type { Union, WorkDirectory } from './union.ts';
import { fsidOf, prepareWork, settleUuid } from './work-directory.ts';
import { hasMark } from './xattr.ts';

/**
 * The filesystem type for mount(2), in the kernel's order (ovl_fill_super): a mount that fails may have made its work
 * directory. EINVAL, ENOENT, ELOOP, EBUSY, ENOSPC, each with the kernel's line in the log.
 */
export const mountOverlay: FilesystemType = (process, text) => {
  const { kernel } = process;
  const log = (line: string): void => kernel.printk(line);
  const parameters = readParameters(process, text, log);
  const options = settleOptions(parameters);
  const { lowers, data, upper } = parameters;
  const named = { lowers, data, upper, work: upper && parameters.work };
  checkUpper(named, log);
  const claimed = claimUpper(kernel, named, options, log);
  const work = prepareWork(named, options, log);
  try {
    checkLowers(named, log);
    const possible = withoutHandles(options, named, log);
    checkLowersInUse(kernel, named, possible, log);
    const uuid = settleUuid(kernel, upper, possible, filesystemsOf(named).length, log);
    const index = possible.index && work !== undefined ? prepareIndex(named, possible, log) : undefined;
    const settled = work === undefined ? withoutIndex(possible, upper !== undefined, log) : possible;
    const union = createUnion(kernel, named, settled, work && workIn(work.node, index));
    setTraps(union, named, [work?.node, index]);
    cleanIndex(union);
    checkOverlaps(kernel, union, named, settled);
    const fs = new OverlayFilesystem(union, claimed, fsidOf(upper, settled, uuid));
    if (parameters.common.has('ro')) fs.sealed = true;
    return { fs, options: shownOptions(parameters, settled, union.sameFilesystem, uuid) };
  } finally {
    work?.removeTrial();
  }
};

/** What a lower filesystem without file handles makes impossible: one is told for each such layer (ovl_lower_dir). */
const withoutHandles = (
  options: OverlayOptions,
  { lowers, data, upper }: NamedLayers,
  log: (line: string) => void,
): OverlayOptions => {
  let { index, nfsExport, xino } = options;
  for (const { spot, named } of [...lowers, ...data]) {
    if (spot.mount.fs.keepsHandles !== false) continue;
    const fallBack = (to: string): void =>
      log(`overlayfs: fs on '${named}' does not support file handles, falling back to ${to}.`);
    if (index || nfsExport) {
      index = nfsExport = false;
      fallBack('index=off,nfs_export=off');
    }
    if (xino === 'auto' && upper !== undefined) {
      xino = 'off';
      fallBack('xino=off');
    }
  }
  return { ...options, index, nfsExport, xino };
};

/** An upper layer without a work directory is only read, and has no index. */
const withoutIndex = (
  options: OverlayOptions,
  upper: boolean,
  log: (line: string) => void,
): OverlayOptions => {
  if (!upper) return options;
  if (options.nfsExport) log('overlayfs: NFS export requires an index dir, falling back to nfs_export=off.');
  return { ...options, index: false, nfsExport: false };
};

/** The index, where there is one, is the place for work in progress too. */
const workIn = (node: NodeId, index: NodeId | undefined): WorkDirectory => ({
  node: index ?? node,
  index: index !== undefined,
  temporary: 0,
  whiteout: '',
  shares: true,
});

/** The distinct filesystems below; the first place is the upper one's, also where there is none (ovl_get_layers). */
const filesystemsOf = ({ lowers, data, upper }: NamedLayers): (FileSystem | undefined)[] => [
  ...new Set([upper, ...lowers, ...data].map((directory) => directory?.spot.mount.fs)),
];

/** The union of the layers, with its nodes yet to be looked up. */
export const createUnion = (
  kernel: Kernel,
  named: NamedLayers,
  options: OverlayOptions,
  work: WorkDirectory | undefined,
): Union => {
  const filesystems = filesystemsOf(named);
  const layer = ({ spot, path }: NamedDirectory, index: number): Layer => ({
    index,
    files: spot.mount.fs,
    root: spot.node,
    path,
    filesystem: filesystems.indexOf(spot.mount.fs),
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
    links: new LinkCounts(kernel.epoch),
    root: addRoot(nodes, upper, lowers, options, xwhiteouts.size > 0),
    options,
    sameFilesystem,
    xwhiteouts,
    traps: new Map(),
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
  const impure = upper !== undefined && hasMark(upper.files, upper.root, prefix, 'impure');
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
