// sysfs(5): only what users of the overlay ask it for, the parameters of its module.

import type { FilesystemType } from './kernel.ts';
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
  '/fs': [],
  '/kernel': [],
  '/module': ['overlay'],
  '/module/overlay': ['parameters'],
  '/module/overlay/parameters': Object.keys(overlayParameters),
};

const PARAMETERS = '/module/overlay/parameters/';

const lookup = (path: string): VirtualFile | undefined => {
  const names = Object.hasOwn(directories, path) ? directories[path] : undefined;
  if (names !== undefined) return { kind: 'directory', names: () => names };
  const value = path.startsWith(PARAMETERS) ? overlayParameters[path.slice(PARAMETERS.length)] : undefined;
  return value === undefined ? undefined : { kind: 'file', text: () => `${value}\n` };
};

export const mountSysfs: FilesystemType = ({ kernel }) => ({
  fs: new VirtualFilesystem('sysfs', kernel.nextDev(), () => kernel.clock.now(), lookup),
  options: 'nosuid,nodev,noexec',
});
