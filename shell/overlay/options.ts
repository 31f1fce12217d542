// The options of an overlay, and which of them go together.
// Kernel: fs/overlayfs/params.c, ovl_fs_params_verify; overlayfs.rst, "Multiple lower layers", "Permission model".

import { fail } from '../fs/errno.ts';
import type { Parameters } from './parameters.ts';
import { type OwnPrefix, TRUSTED, USER } from './xattr.ts';

type RedirectDir = 'on' | 'follow' | 'nofollow';

export interface OverlayOptions {
  readonly redirectDir: RedirectDir;
  readonly index: boolean;
  readonly metacopy: boolean;
  readonly fsync: 'volatile' | 'strict' | 'auto';
  readonly userxattr: boolean;
  readonly nfsExport: boolean;
  readonly xino: 'on' | 'off' | 'auto';
  readonly uuid: 'on' | 'off' | 'null' | 'auto';
  readonly defaultPermissions: boolean;
  readonly verity: 'on' | 'off' | 'require';
  readonly prefix: OwnPrefix;
}

type Log = Parameters['log'];
type Values = Parameters['values'];

/** EINVAL for parameters that contradict each other; what is of no use is left out, and the log says so. */
export const settleOptions = ({ values, upper, work, written, log }: Parameters): OverlayOptions => {
  const userxattr = values.has('userxattr');
  const metacopy = values.get('metacopy') === 'on';
  const wanted = redirectOf(
    values.get('redirect_dir') ?? (userxattr ? 'nofollow' : metacopy ? 'on' : 'off'),
    upper !== undefined,
  );
  if (upper === undefined) tellUseless(values, work === undefined ? undefined : written.work, log);
  checkConflicts(values, wanted, log);
  const nfsExport = settleExport(values, upper !== undefined || wanted === 'nofollow', log);
  const uuid = (values.get('uuid') ?? 'auto') as OverlayOptions['uuid'];
  return {
    redirectDir: wanted,
    index: upper !== undefined && (values.get('index') === 'on' || nfsExport),
    metacopy,
    fsync: upper === undefined ? 'auto' : ((values.get('fsync') ?? 'auto') as OverlayOptions['fsync']),
    userxattr,
    nfsExport,
    xino: (values.get('xino') ?? 'off') as OverlayOptions['xino'],
    uuid: upper === undefined && uuid === 'on' ? 'null' : uuid,
    defaultPermissions: values.has('default_permissions'),
    verity: (values.get('verity') ?? 'off') as OverlayOptions['verity'],
    prefix: userxattr ? USER : TRUSTED,
  };
};

/** Whether the mount is volatile: nothing is synced, and an unclean end forbids the next mount. */
export const isVolatile = ({ fsync }: OverlayOptions): boolean => fsync === 'volatile';

const tellUseless = (values: Values, workdir: string | undefined, log: Log): void => {
  if (workdir !== undefined)
    log(`overlayfs: option "workdir=${workdir}" is useless in a non-upper mount, ignore`);
  if (values.get('index') === 'on')
    log('overlayfs: option "index=on" is useless in a non-upper mount, ignore');
  if (values.get('fsync') === 'volatile')
    log('overlayfs: option "volatile" is meaningless in a non-upper mount, ignoring it.');
  if (values.get('uuid') === 'on')
    log('overlayfs: option "uuid=on" requires an upper fs, falling back to uuid=null.');
};

/** nfs_export=on wants an index, and without an upper layer no redirects, or it is off. */
const settleExport = (values: Values, possible: boolean, log: Log): boolean => {
  const wanted = values.get('nfs_export') === 'on';
  if (wanted && !possible)
    log(
      'overlayfs: NFS export requires "redirect_dir=nofollow" on non-upper mount, falling back to nfs_export=off.',
    );
  return wanted && possible;
};

/** off means follow: the module parameter redirect_always_follow is Y. Without an upper layer that is the same as on. */
const redirectOf = (wanted: string, upper: boolean): RedirectDir => {
  if (wanted === 'on' || wanted === 'nofollow') return wanted;
  return upper ? 'follow' : 'on';
};

/** Whether layers may be changed while they are not mounted: new directories are then not marked opaque. */
export const allowsOfflineChanges = (options: OverlayOptions): boolean =>
  !options.index && !options.metacopy && options.redirectDir !== 'on' && options.xino !== 'on';

/** What cannot go together. */
const checkConflicts = (values: Values, redirect: RedirectDir, log: Log): void => {
  const refuse = (conflict: string): never => {
    log(`overlayfs: conflicting options: ${conflict}`);
    return fail('EINVAL');
  };
  const metacopy = values.get('metacopy') === 'on';
  const userxattr = values.has('userxattr');
  if (metacopy && redirect !== 'on' && !userxattr) refuse(`metacopy=on,redirect_dir=${redirect}`);
  if (userxattr && values.has('redirect_dir') && redirect !== 'nofollow')
    refuse(`userxattr,redirect_dir=${redirect}`);
  if (userxattr && metacopy) refuse('userxattr,metacopy=on');
  if (values.get('nfs_export') !== 'on') return;
  if (values.get('index') === 'off') refuse('nfs_export=on,index=off');
  if (metacopy) refuse('nfs_export=on,metacopy=on');
};
