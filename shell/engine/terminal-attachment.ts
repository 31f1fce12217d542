// A client on a container's terminal: its own terminal goes raw, keys go in, what is shown comes out.

import type { Process } from '../fs/process.ts';
import type { Tty } from '../fs/tty.ts';
import type { Attachment } from './contract.ts';

/** Ctrl-P Ctrl-Q. */
const usualKeys: readonly number[] = [0x10, 0x11];

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
    ends.push(passKeys(client, attachment.stdin, tty, attachment.detachKeys ?? usualKeys, off));
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
 * the container's. Those of the sequence are held back until it is broken; the whole of it detaches.
 */
const passKeys = (
  client: Process,
  stdin: number,
  tty: Tty,
  sequence: readonly number[],
  detach: () => void,
): (() => void) => {
  const reader = client.fork(async (process) => {
    let held = 0;
    for (;;) {
      const bytes = await process.read(stdin, 4096);
      if (bytes.length === 0) return 0;
      const keys: number[] = [];
      for (const key of bytes) {
        if (key !== sequence[held]) keys.push(...sequence.slice(0, held));
        held = key === sequence[held] ? held + 1 : key === sequence[0] ? 1 : 0;
        if (held === sequence.length) {
          detach();
          return 0;
        }
        if (held === 0) keys.push(key);
      }
      tty.input(Uint8Array.from(keys));
    }
  });
  return () => reader.process.raise('SIGKILL');
};
