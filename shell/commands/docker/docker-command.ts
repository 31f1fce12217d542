// What a subcommand of docker is, and what it is given.

import { engineOf, SOCKET } from '../../engine/connect.ts';
import type { EngineApi } from '../../engine/engine.ts';
import { isEngineError } from '../../engine/engine-error.ts';
import { isFsError } from '../../fs/errno.ts';
import type { Process } from '../../fs/process.ts';
import { Output } from '../output.ts';
import type { FlagTable, FlagValues } from './flags.ts';

interface ArgumentCount {
  readonly least: number;
  /** Left out: as many as one likes. */
  readonly most?: number;
}

export interface DockerCommand {
  /** All its names, the one that help shows first in front: `docker container ls`, `docker ps`. */
  readonly paths: readonly [string, ...string[]];
  /** What follows the path in the usage line. */
  readonly usage: string;
  readonly summary: string;
  /** More help, below the summary. */
  readonly details?: string;
  readonly flags: FlagTable;
  readonly count: ArgumentCount;
  /** The first operand ends the flags: what follows is somebody else's command. */
  readonly takesCommand?: boolean;
  /** The request a refused connection is told about: `Get containers/json`. */
  readonly request?: (args: readonly string[]) => string;
  readonly run: (docker: Docker, flags: never, args: readonly string[]) => number | Promise<number>;
}

interface Definition<T extends FlagTable> extends Omit<DockerCommand, 'flags' | 'run'> {
  readonly flags: T;
  readonly run: (docker: Docker, flags: FlagValues<T>, args: readonly string[]) => number | Promise<number>;
}

/** Ties the types of the flags to what `run` gets. */
export const defineCommand = <const T extends FlagTable>(definition: Definition<T>): DockerCommand =>
  definition;

/** A failure of docker itself; the message is printed as it is. */
export class DockerError extends Error {
  readonly status: number;
  constructor(message: string, status = 1) {
    super(message);
    this.status = status;
  }
}

export const failDocker = (message: string, status?: number): never => {
  throw new DockerError(message, status);
};

const here = [`unix://${SOCKET}`, `unix:///var${SOCKET}`];

const unreachable = (host: string): string =>
  `Cannot connect to the Docker daemon at ${host}. Is the docker daemon running?`;

/** One call of docker: the process it runs in, the engine behind the socket, and where its words go. */
export class Docker {
  readonly process: Process;
  readonly out: Output;
  /** As it was called: `docker container ls`. */
  readonly path: string;
  readonly #request: string;
  /** Of another daemon than the one behind the socket. */
  readonly #elsewhere: string | undefined;
  #engine: EngineApi | undefined;

  constructor(process: Process, path: string, request: string, host?: string) {
    this.process = process;
    this.out = new Output(process);
    this.path = path;
    this.#request = request;
    const asked = host ?? process.env.get('DOCKER_HOST');
    this.#elsewhere = asked === undefined || asked === '' || here.includes(asked) ? undefined : asked;
  }

  /** Throws DockerError where the daemon is not to be reached. */
  get engine(): EngineApi {
    this.#engine ??= this.#connect();
    return this.#engine;
  }

  get now(): bigint {
    return this.process.kernel.clock.now();
  }

  /** Words on standard output. */
  print(text: string): void {
    this.out.text(text);
  }

  line(text: string): void {
    this.out.line(text);
  }

  /** A line on standard error, after all output before it. */
  complain(text: string): Promise<void> {
    return this.out.errorText(`${text}\n`);
  }

  /**
   * Waits for the daemon as a call would: a signal that ends docker ends the wait. `service`: for what the daemon does of
   * itself, too, as probes.
   */
  async until<T>(promise: Promise<T>, service = false): Promise<T> {
    const settled = promise.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    const outcome = await this.#wait(settled, service);
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }

  /** A signal that docker handles itself (to pass it on) does not end the wait. */
  async #wait<T>(settled: Promise<T>, service: boolean): Promise<T> {
    for (;;) {
      try {
        return await this.process.block<T>((done) => {
          void settled.then(done);
          const { kernel, foreground } = this.process;
          return kernel.clock.after(Number.POSITIVE_INFINITY, () => {}, foreground, service);
        });
      } catch (error) {
        if (!isFsError(error) || error.code !== 'EINTR') throw error;
      }
    }
  }

  #connect(): EngineApi {
    if (this.#elsewhere !== undefined) failDocker(unreachable(this.#elsewhere));
    try {
      return engineOf(this.process);
    } catch (error) {
      if (!isFsError(error)) throw error;
      const socket = `unix:///var${SOCKET}`;
      if (error.code !== 'EACCES') {
        return failDocker(unreachable(socket));
      }
      const [method, path = ''] = this.#request.split(' ');
      const url = `http://%2Fvar${SOCKET.replaceAll('/', '%2F')}/${path === '_ping' ? '' : 'v1.50/'}${path}`;
      return failDocker(
        `permission denied while trying to connect to the Docker daemon socket at ${socket}: ${method} "${url}": dial unix /var${SOCKET}: connect: permission denied`,
      );
    }
  }
}

/** What an error says to the user, or undefined for one that is no refusal but a fault. */
export const refusalOf = (error: unknown): { message: string; status: number } | undefined => {
  if (error instanceof DockerError) return { message: error.message, status: error.status };
  if (isEngineError(error)) return { message: `Error response from daemon: ${error.message}`, status: 1 };
  return undefined;
};

/** Does the same to each operand; refusals wait to the end, as docker prints them. */
export const forEachOperand = async (
  docker: Docker,
  operands: readonly string[],
  work: (operand: string) => void | Promise<void>,
): Promise<number> => {
  const refusals: string[] = [];
  for (const operand of operands) {
    try {
      await work(operand);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      refusals.push(refusal.message);
    }
  }
  for (const message of refusals) await docker.complain(message);
  return refusals.length > 0 ? 1 : 0;
};
