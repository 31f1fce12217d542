// The options of a mounted overlay as /proc/mounts shows them: directories, then what differs from the defaults.
// Kernel: fs/overlayfs/params.c, ovl_show_options.

import type { OverlayOptions } from './options.ts';
import type { Parameters } from './parameters.ts';

export const shownOptions = (
  { written, upper, common }: Parameters,
  options: OverlayOptions,
  sameFilesystem: boolean,
  uuid: OverlayOptions['uuid'],
): string => {
  const directory = ([name, path]: [string, string]): string => `${name}=${escapePath(path)}`;
  const parts = [...common].filter((word) => word !== 'ro').concat(written.lowers.map(directory));
  if (upper !== undefined)
    parts.push(directory(['upperdir', written.upper]), directory(['workdir', written.work]));
  if (options.defaultPermissions) parts.push('default_permissions');
  if (options.redirectDir !== 'follow') parts.push(`redirect_dir=${options.redirectDir}`);
  if (options.index) parts.push('index=on');
  if (uuid !== 'auto') parts.push(`uuid=${uuid}`);
  if (options.nfsExport) parts.push('nfs_export=on');
  if (options.xino !== 'off' && !sameFilesystem) parts.push(`xino=${options.xino}`);
  if (options.metacopy) parts.push('metacopy=on');
  if (options.fsync !== 'auto') parts.push(`fsync=${options.fsync}`);
  if (options.userxattr) parts.push('userxattr');
  if (options.verity !== 'off') parts.push(`verity=${options.verity}`);
  return parts.join(',');
};

/** seq_escape: what would end a field or an option is octal in the mount table. */
const escapePath = (path: string): string =>
  path.replace(/[ \t\n\\,]/g, (letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`);
