// A command with text for its input; what it says on both outputs comes back.

import { isFsError } from '../../fs/errno.ts';
import type { Process } from '../../fs/process.ts';
import { readAll } from '../input.ts';
import { runProgram } from '../run-program.ts';
import { toBytes, toText } from '../text.ts';

export const pipeThrough = async (
  process: Process,
  argv: readonly string[],
  input: string,
): Promise<string> => {
  const [inRead, inWrite] = process.pipe();
  const [outRead, outWrite] = process.pipe();
  for (const fd of [inWrite, outRead]) process.setCloseOnExec(fd, true);
  const running = runProgram(process, argv, { fds: { 0: inRead, 1: outWrite, 2: outWrite } });
  process.close(inRead);
  process.close(outWrite);
  const before = process.signalHandler('SIGPIPE');
  process.onSignal('SIGPIPE', 'ignore');
  const [output] = await Promise.all([readAll(process, outRead), feed(process, inWrite, input), running]);
  process.onSignal('SIGPIPE', before);
  process.close(outRead);
  return toText(output);
};

/** A command need not read all of it. */
const feed = async (process: Process, fd: number, input: string): Promise<void> => {
  try {
    await process.write(fd, toBytes(input));
  } catch (error) {
    if (!isFsError(error, 'EPIPE')) throw error;
  }
  process.close(fd);
};
