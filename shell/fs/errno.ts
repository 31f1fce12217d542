// The closed set of errors a call can give, and the one table of their texts (strerror(3), glibc's wording).

export const errnoText = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ESRCH: 'No such process',
  EINTR: 'Interrupted system call',
  EIO: 'Input/output error',
  ENXIO: 'No such device or address',
  E2BIG: 'Argument list too long',
  ENOEXEC: 'Exec format error',
  EBADF: 'Bad file descriptor',
  ECHILD: 'No child processes',
  EAGAIN: 'Resource temporarily unavailable',
  ENOMEM: 'Cannot allocate memory',
  EACCES: 'Permission denied',
  ENOTBLK: 'Block device required',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EXDEV: 'Invalid cross-device link',
  ENODEV: 'No such device',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EINVAL: 'Invalid argument',
  EMFILE: 'Too many open files',
  ENOTTY: 'Inappropriate ioctl for device',
  ETXTBSY: 'Text file busy',
  EFBIG: 'File too large',
  ENOSPC: 'No space left on device',
  ESPIPE: 'Illegal seek',
  EROFS: 'Read-only file system',
  EMLINK: 'Too many links',
  EPIPE: 'Broken pipe',
  ERANGE: 'Numerical result out of range',
  ENAMETOOLONG: 'File name too long',
  ENOSYS: 'Function not implemented',
  ENOTEMPTY: 'Directory not empty',
  ELOOP: 'Too many levels of symbolic links',
  ENODATA: 'No data available',
  ECONNREFUSED: 'Connection refused',
  EOVERFLOW: 'Value too large for defined data type',
  EOPNOTSUPP: 'Operation not supported',
  ESTALE: 'Stale file handle',
} as const;

export type Errno = keyof typeof errnoText;

/** The text strerror(3) gives for an error name. */
export const strerror = (code: Errno): string => errnoText[code];

/**
 * A failed call: the error's name, the call and the path it was about.
 * It carries no stack trace: missing files are everyday answers, and a trace costs more than the call.
 */
export class FsError extends Error {
  readonly code: Errno;
  call: string;
  path: string;

  constructor(code: Errno, call = '', path = '') {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(errnoText[code]);
    Error.stackTraceLimit = limit;
    this.name = 'FsError';
    this.code = code;
    this.call = call;
    this.path = path;
  }
}

/** Throws an error whose call and path the call layer fills in. */
export const fail: (code: Errno, path?: string) => never = (code, path = '') => {
  throw new FsError(code, '', path);
};

/** True when `error` is an FsError, of that code if one is given. */
export const isFsError = (error: unknown, code?: Errno): error is FsError =>
  error instanceof FsError && (code === undefined || error.code === code);
