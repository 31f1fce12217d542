// docker build with BuildKit, and docker buildx build: the context is read, the progress drawn, the result put where it goes.

import type { BuildEvent } from '../../engine/build/kit/events.ts';
import { KitFailure } from '../../engine/build/kit/failure.ts';
import { buildWithKit, type Output } from '../../engine/build/kit/kit-build.ts';
import type { Manner } from '../../engine/build/kit/manner.ts';
import { sourceFrame } from '../../engine/build/kit/source-frame.ts';
import { normalizeReference } from '../../engine/reference.ts';
import { toBytes } from '../text.ts';
import { buildArguments, writeId } from './build-answers.ts';
import type { BuildFlags } from './build-flags.ts';
import { type KitContext, prepareKitContext } from './build-kit-context.ts';
import { outputOf, secretsOf } from './build-outputs.ts';
import { withPipes } from './build-pipes.ts';
import { PlainProgress } from './build-plain.ts';
import { TtyProgress } from './build-tty.ts';
import { type Docker, failDocker } from './docker-command.ts';
import { pairs } from './pairs.ts';

interface Progress {
  hear(event: BuildEvent): void;
  finish(failed: boolean): void;
}

export interface KitOptions extends BuildFlags {
  readonly 'no-cache-filter'?: readonly string[];
}

export const buildKit = async (
  docker: Docker,
  options: KitOptions,
  place: string,
  manner: Manner,
): Promise<number> => {
  const screen = chooseProgress(docker, options, manner);
  const output = outputOf(docker, options.output, options.tag.map(normalizeReference), manner);
  const secrets = secretsOf(docker, options.secret, manner);
  const context = await prepareKitContext(docker, {
    place,
    file: options.file,
    remembers: manner.name === 'engine',
  });
  try {
    return await build(docker, options, { manner, output, secrets, context, screen });
  } finally {
    context.release();
  }
};

interface Parts {
  readonly manner: Manner;
  readonly output: Output;
  readonly secrets: ReadonlyMap<string, Uint8Array>;
  readonly context: KitContext;
  readonly screen: Screen;
}

const build = async (docker: Docker, options: KitOptions, parts: Parts): Promise<number> => {
  const { manner, output, secrets, context, screen } = parts;
  try {
    const { imageId } = await buildWithKit({
      worker: docker.engine.buildkit,
      manner,
      now: () => docker.now,
      tell: (event) => screen.hear(event),
      dockerfile: context.dockerfile,
      ignoreFile: context.ignoreFile,
      context: { tree: context.tree, shared: context.shared },
      isRemote: context.isRemote,
      arguments: buildArguments(docker, options['build-arg']),
      labels: Object.entries(pairs(options.label)).sort(),
      target: options.target,
      noCache: options['no-cache'],
      noCacheFilter: options['no-cache-filter'] ?? [],
      pull: options.pull,
      secrets,
      output,
      running: (start, hear) => withPipes(docker.process, start, (_fd, bytes) => hear(bytes)),
    });
    await screen.finish(false);
    if (options.quiet && imageId !== undefined) docker.line(imageId);
    if (options.iidfile !== undefined && imageId !== undefined) writeId(docker, options.iidfile, imageId);
    return 0;
  } catch (error) {
    if (!(error instanceof KitFailure)) throw error;
    await screen.finish(true);
    await complain(docker, manner, context, error);
    return 1;
  } finally {
    screen.stop();
  }
};

const complain = async (
  docker: Docker,
  manner: Manner,
  { dockerfile }: KitContext,
  failure: KitFailure,
): Promise<void> => {
  const { lines } = failure;
  if (manner.name === 'buildx' && lines !== undefined && dockerfile.text !== undefined)
    await docker.out.errorText(sourceFrame(dockerfile.name, dockerfile.text, lines));
  await docker.complain(manner.lastWords(failure));
};

const TICK_MS = 150;

/** Where the progress goes: standard error, in order, and with -q nowhere unless the build fails. */
class Screen {
  readonly #docker: Docker;
  readonly #progress: Progress;
  readonly #quiet: boolean;
  readonly #isEngine: boolean;
  #held = '';
  #written: Promise<unknown> = Promise.resolve();
  #cancelTick: () => void = () => {};

  constructor(
    docker: Docker,
    make: (write: (text: string) => void) => Progress,
    quiet: boolean,
    isEngine: boolean,
  ) {
    this.#docker = docker;
    this.#quiet = quiet;
    this.#isEngine = isEngine;
    this.#progress = make((text) => this.#write(text));
    this.#tick();
  }

  hear(event: BuildEvent): void {
    this.#progress.hear(event);
  }

  #write(text: string): void {
    if (this.#quiet) this.#held += text;
    else if (text !== '')
      this.#written = this.#written.then(() => this.#docker.process.write(2, toBytes(text)));
  }

  #tick(): void {
    const { process } = this.#docker;
    const progress = this.#progress;
    if (!(progress instanceof TtyProgress)) return;
    progress.draw();
    this.#cancelTick = process.kernel.clock.after(TICK_MS, () => this.#tick(), false);
  }

  async finish(failed: boolean): Promise<void> {
    this.stop();
    this.#progress.finish(failed);
    await this.#written;
    // 20.10 shows everything after all; buildx is content with the error.
    if (failed && this.#quiet && this.#isEngine) await this.#docker.out.errorText(this.#held);
  }

  stop(): void {
    this.#cancelTick();
  }
}

const kinds = ['auto', 'plain', 'tty'];
const DEFAULT_SIZE = { columns: 80, rows: 24 };

const chooseProgress = (docker: Docker, { progress: flag, quiet }: KitOptions, manner: Manner): Screen => {
  const { process } = docker;
  const given = flag === 'auto' ? process.env.get('BUILDKIT_PROGRESS') : flag;
  const kind = given === undefined || given === '' ? 'auto' : given;
  if (!kinds.includes(kind)) failDocker(manner.flagWords.badProgress(kind));
  const terminal = process.tty(2);
  if (kind === 'tty' && terminal === undefined && !quiet)
    failDocker('failed to get console: provided file is not a console');
  const isEngine = manner.name === 'engine';
  const draws = !quiet && kind !== 'plain' && terminal !== undefined;
  return new Screen(
    docker,
    (write) =>
      draws
        ? new TtyProgress({ isEngine, write, now: () => docker.now, size: () => terminal ?? DEFAULT_SIZE })
        : new PlainProgress({ isEngine, write }),
    quiet,
    isEngine,
  );
};
