// Slash-separated paths by the rules of Go's path package, which Docker's paths follow.

/** No `.`, `..` or double slash; `.` for nothing. */
export const cleanPath = (path: string): string => {
  const absolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!absolute) parts.push('..');
  }
  return (absolute ? '/' : '') + parts.join('/') || '.';
};

export const joinPath = (...parts: readonly string[]): string =>
  cleanPath(parts.filter((part) => part !== '').join('/'));

/** `path` as seen from the directory `base`, which is absolute. */
export const resolvePath = (base: string, path: string): string =>
  path.startsWith('/') ? cleanPath(path) : joinPath(base, path);

export const parentPath = (path: string): string => {
  const clean = cleanPath(path);
  const slash = clean.lastIndexOf('/');
  if (slash === -1) return '.';
  return slash === 0 ? '/' : clean.slice(0, slash);
};

export const lastPart = (path: string): string => {
  const clean = cleanPath(path);
  return clean === '/' ? '/' : clean.slice(clean.lastIndexOf('/') + 1);
};

/** The way from `root` down to `path`; undefined when it is not below. */
export const pathBelow = (root: string, path: string): string | undefined => {
  const prefix = root === '/' ? '/' : `${root}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
};
