// File types and permission bits of st_mode (inode(7)).

export const S_IFMT = 0o170000;
export const S_IFIFO = 0o010000;
export const S_IFCHR = 0o020000;
export const S_IFDIR = 0o040000;
export const S_IFBLK = 0o060000;
export const S_IFREG = 0o100000;
export const S_IFLNK = 0o120000;
export const S_IFSOCK = 0o140000;
export const S_ISUID = 0o4000;
export const S_ISGID = 0o2000;
export const S_ISVTX = 0o1000;

export type FileKind = 'file' | 'directory' | 'symlink' | 'char' | 'block' | 'fifo' | 'socket';

/** By the type bits, shifted down. */
const kinds: readonly FileKind[] = [
  'file',
  'fifo',
  'char',
  'file',
  'directory',
  'file',
  'block',
  'file',
  'file',
  'file',
  'symlink',
  'file',
  'socket',
];

/** The kind of file that a full st_mode says. */
export const kindOf = (mode: number): FileKind => kinds[(mode & S_IFMT) >> 12] ?? 'file';

export const isDirectory = (mode: number): boolean => (mode & S_IFMT) === S_IFDIR;
export const isSymlink = (mode: number): boolean => (mode & S_IFMT) === S_IFLNK;
export const isRegular = (mode: number): boolean => (mode & S_IFMT) === S_IFREG;
export const isCharDevice = (mode: number): boolean => (mode & S_IFMT) === S_IFCHR;

/** A device number; cowsh packs it as major * 2^20 + minor. */
export const makedev = (major: number, minor: number): number => major * 0x100000 + minor;
export const major = (rdev: number): number => Math.floor(rdev / 0x100000);
export const minor = (rdev: number): number => rdev % 0x100000;
