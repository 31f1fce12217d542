// What a container's program reads and writes: pipes to dockerd, or a terminal of its own; and who is attached to them.

import type { Child } from '../fs/child.ts';
import type { OpenFile } from '../fs/open-file.ts';
import { O } from '../fs/open-flags.ts';
import { Tty } from '../fs/tty.ts';
import type { Attachment } from './contract.ts';
import type { Daemon } from './daemon.ts';
import type { Streams } from './live-container.ts';
import { OutputStream } from './output-stream.ts';
import { attachTerminal } from './terminal-attachment.ts';

/** --log-driver none keeps nothing. */
export const isLogged = (daemon: Daemon, id: string): boolean =>
  daemon.containers.hostConfig(id).LogConfig?.Type !== 'none';

/** Two pipes whose lines go to the log; standard input is the first client's, if it is to have any. */
export const pipedStreams = (daemon: Daemon, id: string, stdin: OpenFile | undefined): Streams => {
  const logged = isLogged(daemon, id);
  const stdout = new OutputStream(daemon.process, id, 'stdout', logged);
  const stderr = new OutputStream(daemon.process, id, 'stderr', logged);
  return {
    files: [stdin, stdout, stderr],
    terminal: undefined,
    attach: (attachment) => {
      const ends = [
        listen(stdout, attachment, attachment.stdout),
        listen(stderr, attachment, attachment.stderr),
      ];
      return () => {
        for (const end of ends) end();
      };
    },
  };
};

const listen = (output: OutputStream, { client }: Attachment, fd: number | undefined): (() => void) => {
  const listener = (bytes: Uint8Array): number | Promise<number> => {
    const gone = client.killed !== undefined || fd === undefined || !client.fds.has(fd);
    if (!gone) return client.write(fd, bytes);
    output.listeners.delete(listener);
    return bytes.length;
  };
  output.listeners.add(listener);
  return () => output.listeners.delete(listener);
};

const COLUMNS = 80;
const ROWS = 24;

/** A pseudo-terminal of which dockerd holds the other end; with `id` what is shown goes to that container's log. */
export const terminalStreams = (daemon: Daemon, id: string | undefined, number: number): Streams => {
  const tty = new Tty(daemon.kernel, { columns: COLUMNS, rows: ROWS, number });
  if (id !== undefined) {
    const log = new OutputStream(daemon.process, id, 'stdout', isLogged(daemon, id));
    tty.onOutput((bytes) => void log.write(daemon.process, bytes));
  }
  const file = tty.open(tty.name, O.RDWR);
  return {
    files: [file, file, file],
    terminal: tty,
    attach: (attachment) => attachTerminal(tty, attachment),
  };
};

/** The program is the leader of its session: Ctrl-C on its terminal goes to its group. */
export const takeTerminal = ({ terminal }: Streams, child: Child): void => {
  if (terminal !== undefined && terminal.foreground === 0) terminal.foreground = child.process.group;
};
