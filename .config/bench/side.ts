// What a side of the filesystem benchmark does: the same rows in the same order, on 10,000 files of one directory.

export const sides = [
  'cowsh',
  'cowsh traced',
  'memfs',
  'unionfs',
  'just-bash memory',
  'just-bash overlay',
  'kernel',
] as const;
export type Side = (typeof sides)[number];

/**
 * The rows of each kind: on files of the side's own, and on files of a lower layer. Each kind has a process of its own,
 * and each pass a new filesystem, so that all sides have the same files in memory and no others.
 */
export const rows = {
  ordinary: [
    'create',
    'write 4 KiB',
    'read 4 KiB',
    'stat',
    'stat of a missing name',
    'readdir',
    'rename',
    'unlink',
  ],
  layered: [
    'first write to a lower file',
    'unlink of a lower file',
    'readdir with 5,000 whiteouts',
    'stat of a whited-out name',
  ],
} as const;
export type Kind = keyof typeof rows;

type Done = unknown;

/**
 * The operations of one side on absolute paths. What was written stays written whatever the caller does with its array
 * afterwards. A side without layers leaves out `lower`.
 */
export interface Operations {
  /** An empty directory that is there. */
  readonly home: string;
  /** A directory whose 10,000 files of 100 bytes lie in a lower layer, where the side has layers. */
  readonly lower?: string;
  create(path: string): Done;
  write(path: string, bytes: Uint8Array): Done;
  read(path: string): Done;
  stat(path: string): Done;
  readdir(path: string): Done;
  rename(from: string, to: string): Done;
  unlink(path: string): Done;
  /** Takes away what is left outside of memory. */
  close?(): void;
}

export const FILES = 10_000;

export const LOWER = 'lower';

export const names = (directory: string, prefix: string): string[] =>
  Array.from({ length: FILES }, (_, at) => `${directory}/${prefix}${at}`);
