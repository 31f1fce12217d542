// Flags of open(2), with Linux's values.

export const O = {
  RDONLY: 0,
  WRONLY: 1,
  RDWR: 2,
  ACCMODE: 3,
  CREAT: 0o100,
  EXCL: 0o200,
  NOCTTY: 0o400,
  TRUNC: 0o1000,
  APPEND: 0o2000,
  NONBLOCK: 0o4000,
  DIRECTORY: 0o200000,
  NOFOLLOW: 0o400000,
  NOATIME: 0o1000000,
  CLOEXEC: 0o2000000,
  PATH: 0o10000000,
  TMPFILE: 0o20200000,
} as const;

export const readable = (flags: number): boolean => (flags & O.ACCMODE) !== O.WRONLY;
export const writable = (flags: number): boolean => (flags & O.ACCMODE) !== O.RDONLY;

const shown = [
  'CREAT',
  'EXCL',
  'NOCTTY',
  'TRUNC',
  'APPEND',
  'NONBLOCK',
  'NOFOLLOW',
  'CLOEXEC',
  'PATH',
] as const;
const modes = ['O_RDONLY', 'O_WRONLY', 'O_RDWR', 'O_ACCMODE'] as const;

/** The flags as strace(1) writes them: 'O_WRONLY|O_CREAT|O_TRUNC'. */
export const flagNames = (flags: number): string => {
  const names: string[] = [modes[(flags & O.ACCMODE) as 0 | 1 | 2 | 3]];
  for (const name of shown) if ((flags & O[name]) !== 0) names.push(`O_${name}`);
  if ((flags & O.TMPFILE) === O.TMPFILE) names.push('O_TMPFILE');
  else if ((flags & O.DIRECTORY) !== 0) names.push('O_DIRECTORY');
  return names.join('|');
};
