// Path names as text: last component, directory part, joining (basename(3), dirname(3)).

/** `name` without trailing slashes; '/' stays. */
export const stripSlashes = (name: string): string => (/^\/+$/.test(name) ? '/' : name.replace(/\/+$/, ''));

/** The last component, without trailing slashes. */
export const basename = (name: string): string => {
  const stripped = stripSlashes(name);
  return stripped === '/' ? '/' : stripped.slice(stripped.lastIndexOf('/') + 1);
};

/** Everything before the last component; '.' where there is nothing. */
export const dirname = (name: string): string => {
  const stripped = stripSlashes(name);
  const slash = stripped.lastIndexOf('/');
  if (slash === -1) return '.';
  return stripSlashes(stripped.slice(0, slash + 1));
};

export const joinPath = (dir: string, name: string): string =>
  dir.endsWith('/') ? dir + name : `${dir}/${name}`;
