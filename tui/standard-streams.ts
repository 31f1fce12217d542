// Writing to this process's own stdout and stderr. Node's streams for them take long to load, so what has no screen
// writes to the descriptors itself, and waits where the reader is slow.

import { writeSync } from 'node:fs';

const encoder = new TextEncoder();
const clock = new Int32Array(new SharedArrayBuffer(4));
const retryMs = 5;

export const say = (text: string): void => writeTo(1, encoder.encode(text));

/** The program's own words on stderr; gives the exit status of a wrong use. */
export function complain(problem: string): 2 {
  writeTo(2, encoder.encode(`cowsh: ${problem}\n`));
  return 2;
}

/** Writes all of it. A reader that has gone (`cowsh … | head`) ends the run as SIGPIPE would, without a word. */
export function writeTo(fd: 1 | 2, bytes: Uint8Array): void {
  let rest = bytes;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // A socket whose reader has left bytes unread says ECONNRESET.
      if (code === 'EPIPE' || code === 'ECONNRESET') process.exit(128 + 13);
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(clock, 0, 0, retryMs);
    }
  }
}
