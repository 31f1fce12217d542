// Small files of the engine on the simulated disk, read and written whole.

import { isFsError } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The bytes of a file, or undefined when there is none. */
export const readBytes = (process: Process, path: string): Uint8Array | undefined => {
  const stat = process.tryStat(path);
  if (stat === undefined) return undefined;
  const fd = process.open(path, O.RDONLY);
  try {
    return process.pread(fd, stat.size, 0);
  } finally {
    process.close(fd);
  }
};

export const readText = (process: Process, path: string): string | undefined => {
  const bytes = readBytes(process, path);
  return bytes === undefined ? undefined : decoder.decode(bytes);
};

/** Writes the whole file in place; an existing one keeps its inode. */
export const writeFile = (process: Process, path: string, data: string | Uint8Array, mode = 0o644): void => {
  const fd = process.open(path, O.WRONLY | O.CREAT | O.TRUNC, mode);
  try {
    process.pwrite(fd, typeof data === 'string' ? encoder.encode(data) : data, 0);
  } finally {
    process.close(fd);
  }
};

/** Writes beside the file and renames: readers see the old or the new document, never half of one. */
export const writeAtomically = (
  process: Process,
  path: string,
  data: string | Uint8Array,
  mode = 0o600,
): void => {
  const cut = path.lastIndexOf('/') + 1;
  const draft = `${path.slice(0, cut)}.tmp-${path.slice(cut)}`;
  writeFile(process, draft, data, mode);
  process.rename(draft, path);
};

export const appendBytes = (process: Process, path: string, bytes: Uint8Array, mode = 0o640): void => {
  const fd = process.open(path, O.WRONLY | O.CREAT | O.APPEND, mode);
  try {
    void process.write(fd, bytes);
  } finally {
    process.close(fd);
  }
};

/** mkdir and chmod, whatever the umask; a directory that is there keeps its mode. */
export const makeDirectory = (process: Process, path: string, mode: number): void => {
  if (process.tryStat(path) !== undefined) return;
  process.mkdir(path, mode);
  process.chmod(path, mode);
};

/** mkdir -p; directories that are made get `mode`. */
export const makeDirectories = (process: Process, path: string, mode: number): void => {
  if (path === '/' || process.tryStat(path) !== undefined) return;
  makeDirectories(process, path.slice(0, path.lastIndexOf('/')) || '/', mode);
  process.mkdir(path, mode);
};

/** rm -rf, without crossing into a symbolic link. Nothing there is fine. */
export const removeTree = (process: Process, path: string): void => {
  const stat = process.tryLstat(path);
  if (stat === undefined) return;
  if (stat.kind !== 'directory') {
    process.unlink(path);
    return;
  }
  for (const { name } of process.readdir(path)) removeTree(process, `${path}/${name}`);
  process.rmdir(path);
};

/** Names in a directory, sorted; none when there is no such directory. */
export const listNames = (process: Process, path: string): string[] => {
  try {
    return process
      .readdir(path)
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (isFsError(error)) return [];
    throw error;
  }
};
