// Filesystem types as statfs(2) numbers and GNU names them.

const TYPES: Readonly<Record<string, readonly [magic: number, name: string]>> = {
  ext4: [0xef53, 'ext2/ext3'],
  tmpfs: [0x01021994, 'tmpfs'],
  devtmpfs: [0x01021994, 'tmpfs'],
  overlayfs: [0x794c7630, 'overlayfs'],
  btrfs: [0x9123683e, 'btrfs'],
  zfs: [0x2fc12fc1, 'zfs'],
  aufs: [0x61756673, 'aufs'],
  proc: [0x9fa0, 'proc'],
  sysfs: [0x62656572, 'sysfs'],
  devpts: [0x1cd1, 'devpts'],
  cgroup2: [0x63677270, 'cgroup2fs'],
  mqueue: [0x19800202, 'mqueue'],
};

export const fileSystemMagic = (type: string): number => TYPES[type]?.[0] ?? 0;
export const fileSystemName = (type: string): string =>
  TYPES[type]?.[1] ?? `UNKNOWN (0x${fileSystemMagic(type).toString(16)})`;
