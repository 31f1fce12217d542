// What a child says on both outputs.

import type { Process } from '../fs/process.ts';
import { readAll } from './input.ts';
import { toText } from './text.ts';

/** Gives `run` the descriptors for its child, and the text that came through them. */
export const captureOutput = async (
  process: Process,
  run: (fds: Record<number, number>) => Promise<unknown>,
): Promise<string> => {
  const [outRead, outWrite] = process.pipe();
  process.setCloseOnExec(outRead, true);
  const running = run({ 0: 0, 1: outWrite, 2: outWrite });
  process.close(outWrite);
  const [bytes] = await Promise.all([readAll(process, outRead), running]);
  process.close(outRead);
  return toText(bytes);
};
