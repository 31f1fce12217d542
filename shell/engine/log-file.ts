// A container's log (json-file): one JSON object per line of output, appended as the container writes.

import { O } from '../fs/open-flags.ts';
import type { Process } from '../fs/process.ts';
import { homeOf } from './container-record.ts';
import type { LogEntry } from './contract.ts';
import { appendBytes, readText } from './files.ts';
import { goJson } from './go-json.ts';
import { rfc3339 } from './time.ts';

export const logPath = (id: string): string => `${homeOf(id)}/${id}-json.log`;

const encoder = new TextEncoder();

/** Appends one piece of output; `text` ends in a newline unless the output ended without one. */
export const appendLog = (process: Process, id: string, stream: LogEntry['stream'], text: string): void => {
  const entry = { log: text, stream, time: rfc3339(process.kernel.clock.now()) };
  appendBytes(process, logPath(id), encoder.encode(`${goJson(entry)}\n`));
};

/** Every entry so far, the oldest first. */
export const readLog = (process: Process, id: string): LogEntry[] =>
  (readText(process, logPath(id)) ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { log, stream, time } = JSON.parse(line) as {
        log: string;
        stream: LogEntry['stream'];
        time: string;
      };
      return { stream, time, text: log };
    });

/** Tells entries as they are written, until the container has ended. */
export const followLog = async (
  process: Process,
  id: string,
  ended: Promise<number>,
  visit: (entry: LogEntry) => void | Promise<void>,
): Promise<void> => {
  let told = readLog(process, id).length;
  let over = false;
  const end = ended.then(() => {
    over = true;
  });
  const fd = process.open(logPath(id), O.RDONLY);
  try {
    while (!over) {
      await Promise.race([process.watch(fd), end]);
      for (const entry of readLog(process, id).slice(told)) {
        told++;
        await visit(entry);
      }
    }
  } finally {
    process.close(fd);
  }
};
