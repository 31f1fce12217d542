// A classic build in progress: its stages and their images, what the cache still gives, and the containers of a step.

import type { Config, HostConfig } from '../config.ts';
import type { Builder, Containers, Images } from '../contract.ts';
import { shortId } from '../digest.ts';
import { isEngineError } from '../engine-error.ts';
import { pullReport } from '../pull-report.ts';
import { BuildArguments, unusedArguments } from './build-arguments.ts';
import { BuildError, failBuild } from './build-error.ts';
import type { BuildOutput } from './build-output.ts';
import type { Instruction, InstructionOf } from './instruction.ts';
import type { Dockerfile } from './instructions.ts';
import type { SourceTree } from './source-tree.ts';
import { Stage } from './stage.ts';

export interface BuildRequest {
  readonly engine: { readonly images: Images; readonly builder: Builder; readonly containers: Containers };
  readonly context: SourceTree;
  readonly dockerfile: string;
  /** Its name, for errors. */
  readonly dockerfileName: string;
  readonly tags: readonly string[];
  readonly arguments: ReadonlyMap<string, string>;
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly target: string | undefined;
  readonly useCache: boolean;
  /** Fetch base images again. */
  readonly pull: boolean;
  /** Remove intermediate containers after a step, and after a failed one too. */
  readonly remove: boolean;
  readonly forceRemove: boolean;
  /** Limits of the steps' containers. */
  readonly host?: Partial<HostConfig>;
  readonly output: BuildOutput;
}

export class Build {
  readonly request: BuildRequest;
  readonly dockerfile: Dockerfile;
  readonly #global = new Map<string, string | undefined>();
  readonly #used = new Set<string>();
  readonly #stages: { readonly name: string | undefined; imageId: string }[] = [];
  #cacheBroken = false;
  #containers: string[] = [];
  #step = 0;

  constructor(request: BuildRequest, dockerfile: Dockerfile) {
    this.request = request;
    this.dockerfile = dockerfile;
    this.#cacheBroken = !request.useCache;
  }

  say(text: string): Promise<void> {
    return this.request.output.say(text);
  }

  /** Says which step it is now. */
  async announce(instruction: Instruction): Promise<void> {
    const { args, stages } = this.dockerfile;
    const total = args.length + stages.reduce((sum, stage) => sum + 1 + stage.instructions.length, 0);
    this.#step += 1;
    await this.say(`Step ${this.#step}/${total} : ${instruction.original}\n`);
  }

  /** An argument before the first FROM. */
  declare(instruction: InstructionOf<'arg'>): void {
    const stage = this.#bareStage();
    for (const [name, value] of instruction.args) {
      this.#global.set(
        name,
        this.request.arguments.get(name) ?? (value === undefined ? undefined : stage.expand(value)),
      );
      this.#used.add(name);
    }
  }

  /** Where only the arguments before FROM can be seen. */
  #bareStage(): Stage {
    const seen = new BuildArguments(this.request.arguments, this.#global, this.#used);
    for (const name of this.#global.keys()) seen.declare(name, undefined);
    return new Stage('', {}, seen, this.dockerfile.escapeToken);
  }

  /** The stage of a FROM, on its base. */
  async begin(from: InstructionOf<'from'>): Promise<Stage> {
    const base = this.#bareStage().expand(from.base);
    if (base === '') failBuild(`base name (${from.base}) should not be blank`);
    const earlier = this.#stages.find(({ name }) => name === base.toLowerCase());
    const imageId = earlier?.imageId ?? (base === 'scratch' ? '' : await this.#baseImage(base));
    const config: Partial<Config> = imageId === '' ? {} : this.request.engine.images.inspect(imageId).Config;
    const args = new BuildArguments(this.request.arguments, this.#global, this.#used);
    this.#stages.push({ name: from.stage, imageId });
    return new Stage(imageId, config, args, this.dockerfile.escapeToken);
  }

  /** The stage that has begun last is done. */
  end({ imageId }: Stage): void {
    const current = this.#stages.at(-1);
    if (current) current.imageId = imageId;
  }

  /** Arguments of the command that no ARG took. */
  unused(): readonly string[] {
    return unusedArguments(this.request.arguments, this.#used);
  }

  /** The ID of an image that is there, or that a registry has. */
  async #baseImage(reference: string): Promise<string> {
    const { images } = this.request.engine;
    try {
      const known = this.request.pull ? undefined : images.find(reference);
      if (known !== undefined) return known;
      const pull = images.pull(reference);
      await this.say(pullReport(pull));
      return pull.imageId;
    } catch (error) {
      if (isEngineError(error, 'reference-uppercase')) {
        return failBuild('invalid reference format: repository name must be lowercase');
      }
      return isEngineError(error) ? failBuild(error.message) : rethrow(error);
    }
  }

  /** The containers of the step that is done. */
  async removeContainers(): Promise<void> {
    const list = this.#containers;
    this.#containers = [];
    for (const id of list) {
      await this.request.engine.builder.removeContainer(id);
      await this.say(`Removing intermediate container ${shortId(id)}\n`);
    }
  }

  /** Takes the step's image from the cache, if it is there and every step before was. */
  async hit(stage: Stage, step: Config): Promise<boolean> {
    const cached = this.#cacheBroken
      ? undefined
      : this.request.engine.builder.findCached(stage.imageId, step);
    if (cached === undefined) {
      this.#cacheBroken = true;
      return false;
    }
    await this.say(' ---> Using cache\n');
    stage.imageId = cached;
    return true;
  }

  /** An intermediate container of the image so far. */
  async container(stage: Stage, config: Config): Promise<string> {
    const { id } = this.request.engine.builder.create(stage.imageId, config, this.request.host);
    this.#containers.push(id);
    await this.say(` ---> Running in ${shortId(id)}\n`);
    return id;
  }

  /** Ends an intermediate container of a build that was broken off. */
  async abandon(container: string): Promise<void> {
    await this.request.engine.containers.remove(container, { force: true, volumes: true });
  }

  /** The tree of an earlier stage or of an image. Throws BuildError in the words of `invalid from flag value`. */
  async fromImage(flag: string): Promise<string> {
    const refuse = (reason: string): never => failBuild(`invalid from flag value ${flag}: ${reason}`);
    const current = this.#stages.length - 1;
    const named = this.#stages.findIndex(({ name }) => name === flag.toLowerCase());
    const at = named === -1 && /^\d+$/.test(flag) ? Number(flag) : named;
    if (at === current) refuse('refers to current build stage');
    if (at > current) refuse('index out of bounds');
    if (at >= 0) return this.#stages[at]?.imageId ?? '';
    try {
      return await this.#baseImage(flag);
    } catch (error) {
      return error instanceof BuildError ? refuse(error.message) : rethrow(error);
    }
  }
}

const rethrow = (error: unknown): never => {
  throw error;
};
