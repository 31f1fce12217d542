// What docker shows of a build: steps on standard output, a program's errors in red; with -q nothing, unless it fails.

import type { BuildOutput } from '../../engine/build/build-output.ts';
import type { Process } from '../../fs/process.ts';
import { toBytes, toText } from '../text.ts';
import { withPipes } from './build-pipes.ts';
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

  running(start: (client: Process) => Promise<number>): Promise<number> {
    return withPipes(this.#docker.process, start, (fd, bytes) => {
      const text = toText(bytes);
      return fd === 2 ? this.warn(text) : this.say(text);
    });
  }
}
