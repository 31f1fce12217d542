// Mounting an aufs: branches, the first of them writable, stacked by the union of the overlay. aufs has no work directory
// of its own name: what it needs lies in the writable branch's root, behind names that nobody sees (aufs.5).

import { fail } from '../../fs/errno.ts';
import type { FileSystem } from '../../fs/filesystem.ts';
import type { FilesystemType } from '../../fs/kernel.ts';
import { S_IFDIR, S_IFREG } from '../../fs/mode.ts';
import type { NodeId, StatFs } from '../../fs/stat.ts';
import { createUnion } from '../mount-overlay.ts';
import { type NamedDirectory, resolve } from '../named-directory.ts';
import { settleOptions } from '../options.ts';
import { OverlayFilesystem } from '../overlay-filesystem.ts';
import { readParameters } from '../read-parameters.ts';
import type { WorkDirectory } from '../union.ts';
import { BranchFiles } from './branch-files.ts';
import { ORPHANS, PSEUDO_LINKS, WHITEOUT_BASE } from './branch-names.ts';

interface Branch {
  readonly path: string;
  /** rw, ro, ro+wh: as given, or by its place. */
  readonly permission: string;
}

interface AufsOptions {
  readonly branches: readonly Branch[];
  /** Those that the mount table shows. */
  readonly shown: readonly string[];
}

/** One mounted aufs, with what sysfs tells of it. */
class AufsFilesystem extends OverlayFilesystem {
  override readonly type = 'aufs';
  readonly sysfs: { readonly directory: string; readonly files: Readonly<Record<string, string>> };

  constructor(
    union: ConstructorParameters<typeof OverlayFilesystem>[0],
    id: string,
    branches: readonly Branch[],
  ) {
    super(union);
    const files = branches.map(({ path, permission }, at) => [`br${at}`, `${path}=${permission}`]);
    this.sysfs = { directory: `si_${id}`, files: Object.fromEntries(files) };
  }

  override get keepsHandles(): boolean {
    return true;
  }

  override statfs(): StatFs {
    return { ...super.statfs(), type: 'aufs' };
  }
}

/** The filesystem type for mount(2). EINVAL without branches, ENOENT for one that is not there. */
export const mountAufs: FilesystemType = (process, text) => {
  const { kernel } = process;
  const log = (line: string): void => kernel.printk(line);
  const { branches, shown } = readOptions(text);
  const named = branches.map(({ path }) => resolve(process, path, log));
  const [top, ...rest] = named;
  if (top === undefined) return fail('EINVAL');
  const writable = branches[0]?.permission === 'rw';
  const own = writable ? prepareBranch(top.spot.mount.fs, top.spot.node) : undefined;
  const views = new Map<FileSystem, BranchFiles>();
  const seen = (directory: NamedDirectory): NamedDirectory => {
    const { mount, node } = directory.spot;
    const view = views.get(mount.fs) ?? new BranchFiles(mount.fs, own?.base);
    views.set(mount.fs, view);
    return { ...directory, spot: { mount: { ...mount, fs: view }, node } };
  };
  const layers = {
    upper: writable ? seen(top) : undefined,
    lowers: (writable ? rest : named).map(seen),
    data: [],
    work: undefined,
  };
  const union = createUnion(
    kernel,
    layers,
    settleOptions(readParameters(process, 'redirect_dir=nofollow', log)),
    own?.work,
  );
  const id = Buffer.from(kernel.random.bytes(8)).toString('hex');
  return { fs: new AufsFilesystem(union, id, branches), options: [`si=${id}`, ...shown].join(',') };
};

/** `br:/a=rw:/b=ro+wh,dio,xino=/dev/shm/x`: where the inode numbers are kept is not shown. */
const readOptions = (text: string): AufsOptions => {
  const parts = text.split(',').filter((part) => part !== '');
  const list = parts.find((part) => /^(br|dirs)[:=]/.test(part));
  const branches = (list?.replace(/^(br|dirs)[:=]/, '').split(':') ?? []).map((branch, at): Branch => {
    const [path = '', permission] = branch.split('=');
    return { path, permission: permission ?? (at === 0 ? 'rw' : 'ro') };
  });
  const shown = parts.filter((part) => part !== list && !part.startsWith('xino='));
  return { branches, shown };
};

/** What a writable branch has in its root. */
const prepareBranch = (files: FileSystem, root: NodeId): { base: NodeId; work: WorkDirectory } => {
  const have = (name: string, mode: number): NodeId =>
    files.lookup(root, name) || files.create(root, name, { mode, uid: 0, gid: 0 });
  const base = have(WHITEOUT_BASE, S_IFREG | 0o444);
  const node = have(ORPHANS, S_IFDIR | 0o700);
  have(PSEUDO_LINKS, S_IFDIR | 0o700);
  // Whiteouts are links of the base from the first one on.
  return { base, work: { node, index: false, temporary: 0, whiteout: WHITEOUT_BASE, shares: true } };
};
