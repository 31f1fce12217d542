// The bytes of one regular file to another: blocks are shared on one filesystem, holes stay holes everywhere.

import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';

const CHUNK_BYTES = 131_072;

/** Copies what `from` holds into the empty file `to`. */
export const copyData = async (process: Process, from: number, to: number, source: Stat): Promise<void> => {
  const target = process.fstat(to);
  if (source.kind === 'file' && target.kind === 'file') {
    // Files of /proc say that they are empty, and are not: what shares no block is read.
    if (target.dev === source.dev && (await copyRange(process, from, to)) > 0) return;
    if (source.blocks * 512 < source.size) return copyExtents(process, from, to, source.size);
  }
  await copyStream(process, from, to);
};

const copyRange = async (process: Process, from: number, to: number): Promise<number> => {
  let copied = 0;
  for (;;) {
    const more = process.copyFileRange(from, to, Number.MAX_SAFE_INTEGER);
    if (more === 0) return copied;
    copied += more;
    const pause = process.breathe();
    if (pause) await pause;
  }
};

/** Reads and writes, whatever the files are. */
export const copyStream = async (process: Process, from: number, to: number): Promise<void> => {
  for (;;) {
    const chunk = await process.read(from, CHUNK_BYTES);
    if (chunk.length === 0) return;
    await process.write(to, chunk);
    const pause = process.breathe();
    if (pause) await pause;
  }
};

/** Data alone is read and written; the size is set at the end, for a hole there. */
const copyExtents = async (process: Process, from: number, to: number, size: number): Promise<void> => {
  let at = 0;
  while (at < size) {
    const start = nextData(process, from, at);
    if (start === undefined) break;
    const end = process.lseek(from, start, 'hole');
    for (at = start; at < end; ) {
      const chunk = process.pread(from, Math.min(CHUNK_BYTES, end - at), at);
      if (chunk.length === 0) break;
      process.pwrite(to, chunk, at);
      at += chunk.length;
      const pause = process.breathe();
      if (pause) await pause;
    }
    at = end;
  }
  process.ftruncate(to, size);
};

const nextData = (process: Process, fd: number, at: number): number | undefined => {
  try {
    return process.lseek(fd, at, 'data');
  } catch {
    return undefined;
  }
};
