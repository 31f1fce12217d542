// A process that runs nothing and only holds the descriptors that a container's program starts with.

import { O } from '../fs/open-flags.ts';
import { Process } from '../fs/process.ts';
import type { Daemon } from './daemon.ts';
import type { Streams } from './live-container.ts';

/** Its program counts as in the foreground when its client does. */
export const newCarrier = (
  daemon: Daemon,
  client: Process | undefined,
  { files, terminal }: Pick<Streams, 'files' | 'terminal'>,
): Process => {
  const carrier = new Process(daemon.kernel, daemon.process.pid, daemon.process.ppid, {
    ...daemon.process.inherited(),
    pids: { next: 0 },
    terminal,
    foreground: client?.foreground ?? false,
  });
  for (const file of files) {
    if (file === undefined) carrier.open('/dev/null', O.RDWR);
    else carrier.install(file);
  }
  return carrier;
};
