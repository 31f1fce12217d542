// sysfs(5): only what users of unions ask it for, the parameters of the overlay's module and the branches of an aufs.

import type { FilesystemType, Kernel } from './kernel.ts';
import { type VirtualFile, VirtualFilesystem } from './virtual-filesystem.ts';

/** The defaults of Linux 6.18 without any CONFIG_OVERLAY_FS_* option. */
const overlayParameters: Record<string, string> = {
  check_copy_up: 'N',
  index: 'N',
  metacopy: 'N',
  nfs_export: 'N',
  redirect_always_follow: 'Y',
  redirect_dir: 'N',
  redirect_max: '256',
  xino_auto: 'N',
};

const directories: Record<string, readonly string[]> = {
  '/': ['fs', 'kernel', 'module'],
  '/kernel': [],
  '/module': ['overlay'],
  '/module/overlay': ['parameters'],
  '/module/overlay/parameters': Object.keys(overlayParameters),
};

const PARAMETERS = '/module/overlay/parameters/';

/** sysfs says of each of its files that it is a page long. */
const PAGE = 4096;

const AUFS = '/fs/aufs';

/** The directory of each mounted aufs, with a file for each branch. */
const aufsLookup = (kernel: Kernel, path: string): VirtualFile | undefined => {
  const mounted = [...kernel.filesystems].flatMap(({ sysfs }) => sysfs ?? []);
  if (path === '/fs') return { kind: 'directory', names: () => (mounted.length > 0 ? ['aufs'] : []) };
  if (mounted.length === 0 || !path.startsWith(AUFS)) return undefined;
  if (path === AUFS) return { kind: 'directory', names: () => mounted.map(({ directory }) => directory) };
  const [directory, name] = path.slice(AUFS.length + 1).split('/');
  const files = mounted.find((one) => one.directory === directory)?.files;
  if (files === undefined) return undefined;
  if (name === undefined) return { kind: 'directory', names: () => Object.keys(files) };
  const text = files[name];
  return text === undefined ? undefined : { kind: 'file', text: () => `${text}\n` };
};

const lookup = (kernel: Kernel, path: string): VirtualFile | undefined => {
  const aufs = aufsLookup(kernel, path);
  if (aufs !== undefined) return aufs;
  const names = Object.hasOwn(directories, path) ? directories[path] : undefined;
  if (names !== undefined) return { kind: 'directory', names: () => names };
  const value = path.startsWith(PARAMETERS) ? overlayParameters[path.slice(PARAMETERS.length)] : undefined;
  return value === undefined
    ? undefined
    : { kind: 'file', text: () => `${value}\n`, size: PAGE, mode: 0o644 };
};

export const mountSysfs: FilesystemType = ({ kernel }) => ({
  fs: new VirtualFilesystem(
    'sysfs',
    kernel.nextDev(),
    () => kernel.clock.now(),
    (path) => lookup(kernel, path),
  ),
  options: 'nosuid,nodev,noexec',
});
