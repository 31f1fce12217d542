// What is written on the machine's disk to know it by (libblkid): blkid, lsblk, findmnt and fstab's UUID= go by it.

const TAGS: Readonly<Record<string, string>> = {
  UUID: '8f3c1d52-6a0e-4b7d-9c21-5e0f7a3b9d14',
  BLOCK_SIZE: '4096',
  TYPE: 'ext4',
  VERSION: '1.0',
};

/** One of the disk's tags; undefined where it has none, as it has no LABEL. */
export const diskTag = (name: string): string | undefined => TAGS[name];
