// --trace FILE: every event as one line of JSON. Written at once, so that a crash leaves all lines that led to it.

import { closeSync, openSync, writeSync } from 'node:fs';
import type { TraceEvent } from '../shell/index.ts';

export interface TraceFile {
  readonly listen: (event: TraceEvent) => void;
  close(): void;
}

const flushAt = 64 * 1024;

/** Throws what open(2) says: ENOENT, EACCES, EISDIR. */
export function openTraceFile(path: string): TraceFile {
  const fd = openSync(path, 'w');
  let pending = '';
  const flush = () => {
    if (pending !== '') writeSync(fd, pending);
    pending = '';
  };
  process.once('exit', flush);
  return {
    listen: (event) => {
      pending += `${JSON.stringify(event, plainNumber)}\n`;
      if (pending.length >= flushAt) flush();
    },
    close: () => {
      flush();
      process.removeListener('exit', flush);
      closeSync(fd);
    },
  };
}

/** Times are bigints, which JSON has no word for. */
const plainNumber = (_key: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
