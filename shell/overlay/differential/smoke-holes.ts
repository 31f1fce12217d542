// Where a file has data and where holes, before and after its copy-up: lseek(2), SEEK_DATA and SEEK_HOLE.

import { O } from '../../fs/open-flags.ts';
import type { Operation } from './script.ts';
import { file, mounted } from './smoke-tree.ts';

const BLOCK = 4096;
const MEGABYTE = 1 << 20;
const PLACES = [0, 1, 3 * BLOCK - 1, 3 * BLOCK, 5 * BLOCK, 10 * BLOCK, 10 * BLOCK + 4, 20 * BLOCK].concat(
  [1, 2, 3, 4].map((count) => count * MEGABYTE),
);

const find = (slot: string, ...places: number[]): Operation[] =>
  places.flatMap((place): Operation[] => [
    ['hfind', slot, place, 'data'],
    ['hfind', slot, place, 'hole'],
  ]);
const put = (path: string, offset: number): Operation => ['write', path, O.WRONLY, 0, offset, 'data'];
const look = (path: string): Operation[] => [
  ['hold', 'h', path, O.RDONLY],
  ...find('h', ...PLACES),
  ['hclose', 'h'],
  ['blocks', path],
];
const FILES = ['holes', 'far', 'empty', 'whole', 'tail'];
const lookAt = (top: string): Operation[] => FILES.flatMap((name) => look(`${top}/${name}`));

const lower: Operation[] = [
  ['mkdir', 'l', 0o755],
  ...FILES.map((name) => file(`l/${name}`, name === 'whole' ? 'x'.repeat(9000) : '')),
  put('l/holes', 3 * BLOCK),
  put('l/holes', 10 * BLOCK),
  ['truncate', 'l/holes', 20 * BLOCK],
  // The kernel copies a megabyte from where data begins.
  ...[5 * BLOCK, MEGABYTE + BLOCK, 3 * MEGABYTE + 7 * BLOCK].map((offset) => put('l/far', offset)),
  ['truncate', 'l/far', 5 * MEGABYTE + 1],
  put('l/tail', 0),
  ['truncate', 'l/tail', 7 * BLOCK + 5],
];
const change: Operation[] = [
  ['chmod', 'm/holes', 0o600],
  ['chmod', 'm/far', 0o600],
  ['chmod', 'm/empty', 0o600],
  put('m/whole', 2 * BLOCK),
  ['truncate', 'm/tail', 6 * BLOCK],
];

export const holeScripts: Record<string, Operation[]> = {
  'holes before and after a copy-up': [
    ...lower,
    ...mounted(['l']),
    ...lookAt('m'),
    ...change,
    ...lookAt('m'),
    ...lookAt('u'),
  ],
  'holes of a metacopy': [
    ...lower,
    ...mounted(['l'], ',metacopy=on'),
    ...change,
    ...lookAt('m'),
    ['open', 'm/holes', O.WRONLY, 0],
    ['open', 'm/far', O.WRONLY, 0],
    ...lookAt('m'),
  ],
  'holes by a descriptor from before the copy-up': [
    ...lower,
    ...mounted(['l']),
    ['hold', 'r', 'm/holes', O.RDONLY],
    ...find('r', 0, BLOCK, 5 * BLOCK),
    put('m/holes', 5 * BLOCK),
    ...find('r', 0, BLOCK, 5 * BLOCK),
    ...look('m/holes'),
  ],
  'a directory read again after names came and went': [
    ...lower,
    ...mounted(['l']),
    ['hold', 'd', 'm', O.RDONLY],
    ...find('d', 0),
    ['hreaddir', 'd'],
    file('m/new', ''),
    ['unlink', 'm/whole'],
    ['rename', 'm/tail', 'm/end', 0],
    ['hreaddir', 'd'],
    ['unlink', 'm/new'],
    file('m/whole', ''),
    ['hreaddir', 'd'],
    ['mkdir', 'm/sub', 0o755],
    ['hold', 's', 'm/sub', O.RDONLY],
    ['rmdir', 'm/sub'],
    ['hreaddir', 's'],
  ],
};
