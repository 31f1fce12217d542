// For test machines: the far ends of the pipes that a program under test has for its streams.

import type { Process } from '../fs/process.ts';

/** Writes all of it and closes; a program that does not read its input leaves a broken pipe behind. */
export const feed = async (process: Process, fd: number, bytes: Uint8Array): Promise<void> => {
  process.onSignal('SIGPIPE', 'ignore');
  try {
    if (bytes.length > 0) await process.write(fd, bytes);
  } catch {
    // Nobody reads it.
  }
  process.close(fd);
};

/** All that comes until nobody writes any more. */
export const drain = async (process: Process, fd: number): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for (;;) {
    const chunk = await process.read(fd, 65_536);
    if (chunk.length === 0) break;
    parts.push(Buffer.from(chunk));
  }
  process.close(fd);
  return Buffer.concat(parts);
};
