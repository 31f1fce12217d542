// Small whole-file reads for the shell's own needs (passwd, scripts, history).

import { isFsError } from '../fs/errno.ts';
import { decodeName } from '../fs/name.ts';
import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';

/** The bytes up to end of file. */
export async function readAll(process: Process, fd: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const got = process.read(fd, 65_536);
    const chunk = got instanceof Promise ? await got : got;
    if (chunk.length === 0) return joinBytes(chunks);
    chunks.push(chunk.slice());
  }
}

export function joinBytes(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** The text of a regular file; undefined when it cannot be read. */
export function readTextFile(process: Process, path: string): string | undefined {
  try {
    const fd = process.open(path, 0);
    try {
      return decodeName(process.pread(fd, process.fstat(fd).size, 0));
    } finally {
      process.close(fd);
    }
  } catch (error) {
    if (isFsError(error)) return undefined;
    throw error;
  }
}

/** The text of whatever can be read to its end: a file, a device, a pipe; undefined when it cannot be opened or read. */
export async function readScript(process: Process, path: string): Promise<string | undefined> {
  try {
    const fd = process.open(path, O.RDONLY | O.CLOEXEC);
    try {
      return decodeName(await readAll(process, fd));
    } finally {
      process.close(fd);
    }
  } catch (error) {
    if (isFsError(error)) return undefined;
    throw error;
  }
}
