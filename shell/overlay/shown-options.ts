// The options of a mounted overlay as /proc/mounts shows them: directories, then what differs from the defaults.
// Kernel: fs/overlayfs/params.c, ovl_show_options.

import type { OverlayOptions } from './options.ts';

export const shownOptions = (
  options: OverlayOptions,
  sameFilesystem: boolean,
  uuid: OverlayOptions['uuid'] = 'auto',
): string => {
  const data = options.datadir.map((path) => `::${escapePath(path)}`).join('');
  const parts = [`lowerdir=${options.lowerdir.map(escapePath).join(':')}${data}`];
  if (options.upperdir !== undefined) parts.push(`upperdir=${escapePath(options.upperdir)}`);
  if (options.upperdir !== undefined && options.workdir !== undefined)
    parts.push(`workdir=${escapePath(options.workdir)}`);
  if (options.defaultPermissions) parts.push('default_permissions');
  if (options.redirectDir !== 'follow') parts.push(`redirect_dir=${options.redirectDir}`);
  if (options.index) parts.push('index=on');
  if (options.upperdir !== undefined && uuid !== 'null' && uuid !== 'auto') parts.push(`uuid=${uuid}`);
  if (options.nfsExport) parts.push('nfs_export=on');
  if (options.xino !== 'off' && !sameFilesystem) parts.push(`xino=${options.xino}`);
  if (options.metacopy) parts.push('metacopy=on');
  if (options.volatile) parts.push('fsync=volatile');
  if (options.userxattr) parts.push('userxattr');
  return parts.join(',');
};

/** seq_escape: blanks and backslashes as octal, in the mount table. */
const escapePath = (path: string): string => path.replace(/([\\:,])/g, '\\$1').replace(/ /g, '\\040');
