// Why a file of the real machine could not be opened, in the words of strerror(3).

const reasons: Record<string, string> = {
  ENOENT: 'No such file or directory',
  ENOTDIR: 'Not a directory',
  EACCES: 'Permission denied',
  EPERM: 'Operation not permitted',
  EISDIR: 'Is a directory',
  EROFS: 'Read-only file system',
};

export function whyNotOpened(file: string, error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return `cannot open '${file}': ${reasons[code] ?? message}`;
}
