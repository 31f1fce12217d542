// Errors as the kernel's log tells them: `err=-116`.

import type { Errno } from '../fs/errno.ts';

const numbers = {
  EPERM: 1,
  ENOENT: 2,
  EIO: 5,
  EACCES: 13,
  EBUSY: 16,
  EEXIST: 17,
  ENOTDIR: 20,
  EINVAL: 22,
  ENOSPC: 28,
  ENAMETOOLONG: 36,
  ENOTEMPTY: 39,
  ELOOP: 40,
  ENODATA: 61,
  ESTALE: 116,
} as const satisfies Partial<Record<Errno, number>>;

/** The errors that the overlay tells in the log. */
export type ToldError = keyof typeof numbers;

export const isTold = (code: Errno): code is ToldError => code in numbers;

/** errno(3) of Linux, below zero. */
export const errorNumber = (code: ToldError): number => -numbers[code];

/** The line about a directory's or a file's handle that is not the one it should be (ovl_verify_set_fh). */
export const unverified = (mark: 'origin' | 'upper', path: string, ino: number, error: ToldError): string =>
  `overlayfs: failed to verify ${mark} (${path}, ino=${ino}, err=${errorNumber(error)})`;
