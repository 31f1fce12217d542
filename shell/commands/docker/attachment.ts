// Being attached: a container's streams are ours while it runs, and our signals are its signals.

import type { Attachment } from '../../engine/contract.ts';
import type { Signal } from '../../fs/signal.ts';
import { type Docker, failDocker } from './docker-command.ts';

const forwarded: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'];

/** Standard input only where it is asked for. */
export const attachmentOf = (docker: Docker, wantsInput: boolean): Attachment => ({
  client: docker.process,
  ...(wantsInput ? { stdin: 0 } : {}),
  stdout: 1,
  stderr: 2,
});

/** A terminal for the container needs one of ours. Throws DockerError. */
export const needTerminal = (
  docker: Docker,
  flags: { readonly interactive: boolean; readonly tty: boolean },
): void => {
  if (flags.interactive && flags.tty && docker.process.tty(0) === undefined) {
    failDocker('the input device is not a TTY');
  }
};

/** While `work` lasts, signals that reach docker go to the container's first process. */
export const passingSignals = async <T>(
  docker: Docker,
  container: string,
  work: () => Promise<T>,
): Promise<T> => {
  for (const signal of forwarded) {
    docker.process.onSignal(signal, () => passOn(docker, container, signal));
  }
  try {
    return await work();
  } finally {
    for (const signal of forwarded) docker.process.onSignal(signal, 'default');
  }
};

const passOn = (docker: Docker, container: string, signal: Signal): void => {
  const { containers } = docker.engine;
  if (containers.find(container) !== undefined && containers.inspect(container).State.Running) {
    containers.kill(container, signal);
  }
};
