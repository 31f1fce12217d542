// A process that runs nothing and only holds the descriptors that a container's program starts with.

import type { OpenFile } from '../fs/open-file.ts';
import { O } from '../fs/open-flags.ts';
import { Process } from '../fs/process.ts';
import type { Daemon } from './daemon.ts';

/** `files` become 0, 1, 2; undefined is /dev/null. With a terminal the client's is the program's own. */
export const newCarrier = (
  daemon: Daemon,
  client: Process | undefined,
  terminal: boolean,
  files: readonly (OpenFile | undefined)[],
): Process => {
  const carrier = new Process(daemon.kernel, daemon.process.pid, daemon.process.ppid, {
    ...daemon.process.inherited(),
    pids: { next: 0 },
    terminal: terminal ? client?.terminal : undefined,
    foreground: client?.foreground ?? false,
    group: client?.group ?? daemon.process.group,
  });
  for (const file of files) {
    if (file === undefined) carrier.open('/dev/null', O.RDWR);
    else carrier.install(file);
  }
  return carrier;
};
