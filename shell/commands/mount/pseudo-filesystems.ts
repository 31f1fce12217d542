// Types of filesystems that have no disk and no server behind them, as libmount counts them.

const PSEUDO: ReadonlySet<string> = new Set([
  ...['autofs', 'binfmt_misc', 'bpf', 'cgroup', 'cgroup2', 'configfs', 'cpuset', 'debugfs', 'devpts'],
  ...['devtmpfs', 'efivarfs', 'fuse', 'fusectl', 'hugetlbfs', 'mqueue', 'none', 'nsfs', 'overlay', 'pipefs'],
  ...['proc', 'pstore', 'ramfs', 'rootfs', 'rpc_pipefs', 'securityfs', 'selinuxfs', 'sockfs', 'spufs'],
  ...['sysfs', 'tmpfs', 'tracefs'],
]);

export const isPseudo = (type: string): boolean => PSEUDO.has(type);

/** Filesystems of other machines. */
export const isNetwork = (type: string): boolean => /^(nfs4?|cifs|smb3|smbfs|9p|ceph|afs|ncpfs)$/.test(type);
