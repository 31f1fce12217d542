// A client on a container's terminal: its own terminal goes raw, keys go in, what is shown comes out.

import type { Process } from '../fs/process.ts';
import type { Tty } from '../fs/tty.ts';
import type { Attachment } from './contract.ts';

const CTRL_P = 0x10;
const CTRL_Q = 0x11;

/** Returns what takes the client off the terminal again. */
export const attachTerminal = (tty: Tty, attachment: Attachment): (() => void) => {
  const { client } = attachment;
  const outer = attachment.stdin === undefined ? undefined : client.tty(attachment.stdin);
  const ends: (() => void)[] = [showOutput(tty, attachment)];
  if (outer !== undefined) {
    const restore = outer.makeRaw();
    // Lines from inside end in CR LF already.
    outer.nlToCrNl = false;
    ends.push(restore, followSize(client, outer, tty));
  } else {
    ends.push(keepLineEnds(attachment.stdout === undefined ? undefined : client.tty(attachment.stdout)));
  }
  const detach = (): void => {
    for (const end of ends.splice(0)) end();
  };
  if (attachment.stdin !== undefined) {
    const off = (): void => {
      detach();
      attachment.detached?.();
    };
    ends.push(passKeys(client, attachment.stdin, tty, off));
  }
  return detach;
};

/** With -t alone nothing is typed, but what is shown has its line ends already. */
const keepLineEnds = (screen: Tty | undefined): (() => void) => {
  if (screen === undefined || !screen.nlToCrNl) return () => {};
  screen.nlToCrNl = false;
  return () => {
    screen.nlToCrNl = true;
  };
};

const showOutput = (tty: Tty, { client, stdout }: Attachment): (() => void) => {
  if (stdout === undefined) return () => {};
  const end = tty.onOutput((bytes) => {
    if (client.killed !== undefined || !client.fds.has(stdout)) return end();
    const written = client.write(stdout, bytes);
    return typeof written === 'number' ? undefined : written.then(() => undefined);
  });
  return end;
};

const followSize = (client: Process, outer: Tty, tty: Tty): (() => void) => {
  tty.resize(outer.columns, outer.rows);
  client.onSignal('SIGWINCH', () => tty.resize(outer.columns, outer.rows));
  return () => client.onSignal('SIGWINCH', 'default');
};

/**
 * Reads the client's input in a process of its own, so that the reading can be ended: keys that come later are not
 * the container's. Ctrl-P Ctrl-Q detaches.
 */
const passKeys = (client: Process, stdin: number, tty: Tty, detach: () => void): (() => void) => {
  const reader = client.fork(async (process) => {
    let escaping = false;
    for (;;) {
      const bytes = await process.read(stdin, 4096);
      if (bytes.length === 0) return 0;
      const keys: number[] = [];
      for (const key of bytes) {
        if (escaping && key === CTRL_Q) {
          detach();
          return 0;
        }
        if (escaping) keys.push(CTRL_P);
        escaping = key === CTRL_P;
        if (!escaping) keys.push(key);
      }
      tty.input(Uint8Array.from(keys));
    }
  });
  return () => reader.process.raise('SIGKILL');
};
