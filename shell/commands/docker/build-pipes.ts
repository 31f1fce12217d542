// A program of a build writes into pipes of docker's, which decides what becomes of it.

import type { Process } from '../../fs/process.ts';

/** Runs `start` with a client whose descriptors 1 and 2 lead to `hear`. */
export const withPipes = async <Result>(
  process: Process,
  start: (client: Process) => Promise<Result>,
  hear: (fd: number, bytes: Uint8Array) => void | Promise<void>,
): Promise<Result> => {
  const streams = [1, 2].map((fd) => ({ fd, pipe: process.pipe() }));
  let outcome: { result: Result } | { error: unknown } | undefined;
  const child = process.fork(async (client) => {
    for (const { fd, pipe } of streams) {
      client.dup2(pipe[1], fd);
      client.close(pipe[0]);
      client.close(pipe[1]);
    }
    try {
      outcome = { result: await start(client) };
    } catch (error) {
      outcome = { error };
    }
    return 0;
  });
  for (const { pipe } of streams) process.close(pipe[1]);
  await Promise.all([child.exited, ...streams.map(({ fd, pipe }) => relay(process, pipe[0], fd, hear))]);
  // A client that was killed has taken docker's process along.
  process.checkpoint();
  const { error, result } = (outcome ?? {}) as { error?: unknown; result: Result };
  if (error !== undefined) throw error;
  return result;
};

const relay = async (
  process: Process,
  from: number,
  fd: number,
  hear: (fd: number, bytes: Uint8Array) => void | Promise<void>,
): Promise<void> => {
  for (;;) {
    const bytes = await process.read(from, 65_536);
    if (bytes.length === 0) break;
    await hear(fd, bytes);
  }
  process.close(from);
};
