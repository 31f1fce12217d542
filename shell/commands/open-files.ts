// What processes have in use: working and root directories, the program, open files. For lsof and fuser.

import type { Spot } from '../fs/mount.ts';
import { pathOf } from '../fs/mount.ts';
import type { OpenFile } from '../fs/open-file.ts';
import { readable, writable } from '../fs/open-flags.ts';
import { descriptorPath } from '../fs/proc.ts';
import type { Stat } from '../fs/stat.ts';
import type { SeenProcess } from './processes.ts';

export interface Use {
  readonly seen: SeenProcess;
  /** `cwd`, `rtd`, `txt`, or the number of a descriptor with r, w or u behind it. */
  readonly fd: string;
  readonly spot: Spot | undefined;
  readonly stat: Stat;
  /** As the process sees it, with ` (deleted)` where it has no name any more. */
  readonly name: string;
  readonly file: OpenFile | undefined;
}

/** All uses of one process, in lsof's order. */
export const usesOf = (seen: SeenProcess): Use[] => {
  const { process } = seen;
  const own: [string, Spot | undefined][] = [
    ['cwd', process.cwd],
    ['rtd', process.root],
    ['txt', process.text],
  ];
  const places = own.flatMap(([fd, spot]): Use[] => {
    if (spot === undefined) return [];
    const path = fd === 'txt' ? (process.image?.path ?? '') : pathOf(spot, process.root);
    return [
      {
        seen,
        fd,
        spot,
        stat: spot.mount.fs.stat(spot.node),
        name: stillNamed(spot) ? path : `${path} (deleted)`,
        file: undefined,
      },
    ];
  });
  const files = [...process.fds].map(([number, file]): Use => {
    const mode = writable(file.flags) ? (readable(file.flags) ? 'u' : 'w') : 'r';
    const stat = file.stat();
    const unnamed = stat.kind === 'fifo' && file.spot === undefined && file.fifo === undefined;
    const name = unnamed ? 'pipe' : descriptorPath(process, file);
    return {
      seen,
      fd: `${number}${mode}`,
      spot: file.spot ?? file.fifo,
      stat,
      name,
      file,
    };
  });
  return [...places, ...files];
};

const stillNamed = ({ mount, node }: Spot): boolean => mount.fs.stat(node).nlink > 0;
