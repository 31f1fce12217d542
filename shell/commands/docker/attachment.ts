// Being attached: a container's streams are ours while it runs, and our signals are its signals.

import type { Attachment } from '../../engine/contract.ts';
import type { Signal } from '../../fs/signal.ts';
import { type Docker, failDocker } from './docker-command.ts';

const forwarded: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'];

/** A terminal for the container needs one of ours. Throws DockerError. */
export const needTerminal = (
  docker: Docker,
  flags: { readonly interactive: boolean; readonly tty: boolean },
): void => {
  if (flags.interactive && flags.tty && docker.process.tty(0) === undefined) {
    failDocker('the input device is not a TTY');
  }
};

const PATIENCE = 3;

/**
 * Attached to a container from `begin` to its end; the status is the container's, or 0 when Ctrl-P Ctrl-Q detached us.
 * Meanwhile signals that reach docker go to the container's first process. That one may ignore them, so the third
 * SIGINT or SIGTERM ends docker itself, and the container runs on.
 */
export const whileAttached = async (
  docker: Docker,
  container: string,
  wantsInput: boolean,
  begin: (attachment: Attachment) => Promise<number>,
  detachKeys?: readonly number[],
): Promise<number> => {
  let leave: (status: number) => void = () => {};
  const left = new Promise<number>((resolve) => {
    leave = resolve;
  });
  const attachment: Attachment = {
    client: docker.process,
    ...(wantsInput ? { stdin: 0 } : {}),
    stdout: 1,
    stderr: 2,
    ...(detachKeys ? { detachKeys } : {}),
    detached: () => void docker.complain('read escape sequence').then(() => leave(0)),
  };
  passSignals(docker, container, () => void giveUp(docker).then(leave));
  try {
    return await docker.until(Promise.race([begin(attachment), left]));
  } finally {
    for (const signal of forwarded) docker.process.onSignal(signal, 'default');
  }
};

const passSignals = (docker: Docker, container: string, tired: () => void): void => {
  let asked = 0;
  for (const signal of forwarded) {
    docker.process.onSignal(signal, () => {
      if (signal === 'SIGINT' || signal === 'SIGTERM') asked += 1;
      if (asked >= PATIENCE) tired();
      else passOn(docker, container, signal);
    });
  }
};

const giveUp = async (docker: Docker): Promise<number> => {
  await docker.complain(`got ${PATIENCE} SIGTERM/SIGINTs, forcefully exiting`);
  return 1;
};

const passOn = (docker: Docker, container: string, signal: Signal): void => {
  const { containers } = docker.engine;
  if (containers.find(container) !== undefined && containers.inspect(container).State.Running) {
    containers.kill(container, signal);
  }
};
