// What docker shows of a build: steps on standard output, a program's errors in red; with -q nothing, unless it fails.

import type { BuildOutput } from '../../engine/build/build-output.ts';
import type { Process } from '../../fs/process.ts';
import { toBytes, toText } from '../text.ts';
import type { Docker } from './docker-command.ts';

const RED = '\x1b[91m';
const PLAIN = '\x1b[0m';

export class BuildReport implements BuildOutput {
  readonly #docker: Docker;
  readonly #quiet: boolean;
  readonly #heldBack: string[] = [];

  constructor(docker: Docker, quiet: boolean) {
    this.#docker = docker;
    this.#quiet = quiet;
  }

  async say(text: string): Promise<void> {
    if (this.#quiet) this.#heldBack.push(text);
    else await this.#docker.process.write(1, toBytes(text));
  }

  warn(text: string): Promise<void> {
    return this.say(RED + text + PLAIN);
  }

  /** A failed quiet build tells everything after all. */
  showHeldBack(): Promise<void> {
    return this.#docker.out.errorText(this.#heldBack.join(''));
  }

  async running(start: (client: Process) => Promise<number>): Promise<number> {
    const { process } = this.#docker;
    const streams = [1, 2].map((fd) => ({ fd, pipe: process.pipe() }));
    let outcome: { status: number } | { error: unknown } = { status: 0 };
    const child = process.fork(async (client) => {
      for (const { fd, pipe } of streams) {
        client.dup2(pipe[1], fd);
        client.close(pipe[0]);
        client.close(pipe[1]);
      }
      try {
        outcome = { status: await start(client) };
      } catch (error) {
        outcome = { error };
      }
      return 0;
    });
    for (const { pipe } of streams) process.close(pipe[1]);
    const relays = streams.map(({ fd, pipe }) => this.#relay(pipe[0], fd));
    await Promise.all([child.exited, ...relays]);
    if ('error' in outcome) throw outcome.error;
    return outcome.status;
  }

  async #relay(from: number, fd: number): Promise<void> {
    const { process } = this.#docker;
    for (;;) {
      const bytes = await process.read(from, 65_536);
      if (bytes.length === 0) break;
      if (fd === 2) await this.warn(toText(bytes));
      else await this.say(toText(bytes));
    }
    process.close(from);
  }
}
