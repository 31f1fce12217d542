// Redirects that do not fit: what moves within its directory needs its old name, what leaves it a path from the root, each
// of at most redirect_max bytes.

import type { Operation } from './script.ts';
import { DUMPS, file, mounted } from './smoke-tree.ts';

const LENGTHS = [100, 200, 246, 250, 251, 252, 253, 254, 255];
const OPTION_SETS = [',redirect_dir=on', ',redirect_dir=on,metacopy=on,index=on'];

const long = (length: number, parent: string, options: string): Operation[] => {
  const directory = `${parent}${'n'.repeat(length)}`;
  const other = `${parent}${'f'.repeat(length)}`;
  const deeper = 'q'.repeat(200);
  const again: Operation[] = [
    ['umount', 'm'],
    ['mount', 'm', `lowerdir=l,upperdir=u,workdir=w${options}`],
    ...DUMPS,
  ];
  return [
    ...['l', 'l/dd', `l/${directory}`].map((path): Operation => ['mkdir', path, 0o755]),
    file(`l/${directory}/f`, 'x'),
    file(`l/${other}`, 'x'.repeat(100)),
    ...mounted(['l'], options),
    ['rename', `m/${directory}`, `m/${parent}s`, 0],
    ['rename', `m/${other}`, `m/${parent}g`, 0],
    ['rename', `m/${parent}s`, 'm/moved', 0],
    ['chmod', `m/${parent}g`, 0o600],
    ['rename', `m/${parent}g`, 'm/h', 0],
    ...DUMPS,
    ...again,
    ['mkdir', `m/${deeper}`, 0o755],
    ['rename', 'm/moved', `m/${deeper}/z`, 0],
    ...DUMPS,
    ...again,
  ];
};

export const longRedirectScripts: Record<string, Operation[]> = Object.fromEntries(
  LENGTHS.flatMap((length) =>
    ['', 'dd/'].flatMap((parent) =>
      OPTION_SETS.map((options): [string, Operation[]] => [
        `redirects of ${length} bytes below /${parent}${options}`,
        long(length, parent, options),
      ]),
    ),
  ),
);
