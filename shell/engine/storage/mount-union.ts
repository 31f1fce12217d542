// The mount of an overlay over many layers: its options must fit in a page.

import type { Process } from '../../fs/process.ts';

const PAGE = 4096;

export interface UnionMount {
  readonly target: string;
  /** Top first. */
  readonly lowers: readonly string[];
  /** Without one, the mount only reads. */
  readonly writable: { readonly upper: string; readonly work: string } | undefined;
}

/** All paths lie below the directory `home`: where they are too long for a page, they are named from there, as Docker does. */
export const mountUnion = (process: Process, home: string, mount: UnionMount): void => {
  const options = optionsOf(mount, '');
  if (options.length < PAGE) {
    process.mount({ source: 'overlay', target: mount.target, type: 'overlay', options });
    return;
  }
  const back = process.getcwd();
  process.chdir(home);
  try {
    process.mount({
      source: 'overlay',
      target: mount.target,
      type: 'overlay',
      options: optionsOf(mount, `${home}/`),
    });
  } finally {
    process.chdir(back);
  }
};

const optionsOf = ({ lowers, writable }: UnionMount, home: string): string => {
  const name = (path: string): string => (path.startsWith(home) ? path.slice(home.length) : path);
  const lowerdir = `lowerdir=${lowers.map(name).join(':')}`;
  if (writable === undefined) return lowerdir;
  return `${lowerdir},upperdir=${name(writable.upper)},workdir=${name(writable.work)}`;
};
