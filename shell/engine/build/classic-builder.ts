// The classic builder: one step after another, each an image; a step that was done before is taken from the cache.

import type { Config } from '../config.ts';
import type { Builder, Containers, Images } from '../contract.ts';
import { isEngineError } from '../engine-error.ts';
import { pullReport } from '../pull-report.ts';
import { BuildArguments, unusedArguments } from './build-arguments.ts';
import { BuildError, failBuild } from './build-error.ts';
import type { BuildOutput } from './build-output.ts';
import { buildSteps } from './build-steps.ts';
import type { Instruction, InstructionOf } from './instruction.ts';
import { classicWords, type Dockerfile, parseDockerfile, readTrigger } from './instructions.ts';
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
  readonly output: BuildOutput;
}

const shortId = (id: string): string => id.slice(id.indexOf(':') + 1).slice(0, 12);

/** The new image's ID. Throws BuildError. */
export const buildImage = async (request: BuildRequest): Promise<string> => {
  const early = (message: string): never => {
    throw new BuildError(message, { early: true });
  };
  if (request.dockerfile === '') early(`the Dockerfile (${request.dockerfileName}) cannot be empty`);
  const parsed = parseDockerfile(request.dockerfile);
  if (parsed.problem !== undefined) return early(classicWords(parsed.problem));
  const dockerfile = upToTarget(parsed.dockerfile, request.target);
  if (!dockerfile) return early(`failed to reach build target ${request.target} in Dockerfile`);
  return new Build(request, withLabels(dockerfile, request.labels)).run();
};

const upToTarget = (dockerfile: Dockerfile, target: string | undefined): Dockerfile | undefined => {
  if (target === undefined || target === '') return dockerfile;
  const at = dockerfile.stages.findIndex(({ from }) => from.stage === target.toLowerCase());
  if (at === -1) return undefined;
  return { ...dockerfile, stages: dockerfile.stages.slice(0, at + 1) };
};

/** Each --label is one more LABEL at the end. */
const withLabels = (dockerfile: Dockerfile, pairs: BuildRequest['labels']): Dockerfile => {
  const last = dockerfile.stages.at(-1);
  if (!last) return dockerfile;
  const { lines } = last.from;
  const labels = pairs.map((pair): Instruction => {
    const original = `LABEL ${pair.join('=')}`;
    return { kind: 'label', pairs: [pair], original, lines };
  });
  const instructions = [...last.instructions, ...labels];
  return { ...dockerfile, stages: [...dockerfile.stages.slice(0, -1), { ...last, instructions }] };
};

/** A build in progress; steps call back into it. */
export class Build {
  readonly request: BuildRequest;
  readonly #dockerfile: Dockerfile;
  readonly #global = new Map<string, string | undefined>();
  readonly #used = new Set<string>();
  readonly #stages: { readonly name: string | undefined; imageId: string }[] = [];
  #cacheBroken = false;
  #containers: string[] = [];
  #step = 0;

  constructor(request: BuildRequest, dockerfile: Dockerfile) {
    this.request = request;
    this.#dockerfile = dockerfile;
    this.#cacheBroken = !request.useCache;
  }

  async run(): Promise<string> {
    const { args, stages, gaps } = this.#dockerfile;
    if (gaps.length > 0) await this.#warnOfGaps(gaps);
    for (const instruction of args) await this.#globalArguments(instruction);
    let imageId = '';
    for (const { from, instructions } of stages) {
      await this.#announce(from);
      const stage = await this.#begin(from);
      for (const instruction of instructions) {
        await this.#announce(instruction);
        await this.#perform(stage, instruction);
        await this.say(` ---> ${shortId(stage.imageId)}\n`);
      }
      const current = this.#stages.at(-1);
      if (current) current.imageId = stage.imageId;
      imageId = stage.imageId;
    }
    return this.#finish(imageId);
  }

  async #finish(imageId: string): Promise<string> {
    const { arguments: given, tags, engine } = this.request;
    const unused = unusedArguments(given, this.#used);
    if (unused.length > 0)
      await this.say(`[Warning] One or more build-args [${unused.join(' ')}] were not consumed\n`);
    if (imageId === '') failBuild('No image was generated. Is your Dockerfile empty?');
    await this.say(`Successfully built ${shortId(imageId)}\n`);
    for (const tag of tags) {
      engine.images.tag(imageId, tag);
      await this.say(`Successfully tagged ${tag}\n`);
    }
    return imageId;
  }

  say(text: string): Promise<void> {
    return this.request.output.say(text);
  }

  async #warnOfGaps(gaps: readonly string[]): Promise<void> {
    const list = gaps.map((text) => `    ${text}\n`).join('');
    await this.request.output.warn(
      `[WARNING]: Empty continuation line found in:\n${list}[WARNING]: Empty continuation lines will become errors in a future release.\n`,
    );
  }

  async #announce(instruction: Instruction): Promise<void> {
    const { args, stages } = this.#dockerfile;
    const total = args.length + stages.reduce((sum, stage) => sum + 1 + stage.instructions.length, 0);
    this.#step += 1;
    await this.say(`Step ${this.#step}/${total} : ${instruction.original}\n`);
  }

  async #globalArguments(instruction: InstructionOf<'arg'>): Promise<void> {
    await this.#announce(instruction);
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
    return new Stage('', {}, seen, this.#dockerfile.escapeToken);
  }

  async #begin(from: InstructionOf<'from'>): Promise<Stage> {
    const base = this.#bareStage().expand(from.base);
    if (base === '') failBuild(`base name (${from.base}) should not be blank`);
    const earlier = this.#stages.find(({ name }) => name === base.toLowerCase());
    const imageId = earlier?.imageId ?? (base === 'scratch' ? '' : await this.#baseImage(base));
    const config: Partial<Config> = imageId === '' ? {} : this.request.engine.images.inspect(imageId).Config;
    const args = new BuildArguments(this.request.arguments, this.#global, this.#used);
    const stage = new Stage(imageId, config, args, this.#dockerfile.escapeToken);
    this.#stages.push({ name: from.stage, imageId });
    await this.#triggers(stage);
    await this.say(` ---> ${shortId(stage.imageId)}\n`);
    return stage;
  }

  async #triggers(stage: Stage): Promise<void> {
    const triggers = stage.config.OnBuild ?? [];
    if (triggers.length === 0) return;
    await this.say(`# Executing ${triggers.length} build trigger${triggers.length === 1 ? '' : 's'}\n`);
    stage.config.OnBuild = null;
    for (const trigger of triggers) await this.#perform(stage, readTrigger(trigger));
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

  async #perform(stage: Stage, instruction: Instruction): Promise<void> {
    stage.config.Image = stage.imageId;
    let done = false;
    try {
      const step = buildSteps[instruction.kind] as (
        build: Build,
        stage: Stage,
        instruction: Instruction,
      ) => Promise<void>;
      await step(this, stage, instruction);
      done = true;
    } catch (error) {
      if (!isEngineError(error)) throw error;
      failBuild(error.message);
    } finally {
      if (this.request.forceRemove || (this.request.remove && done)) await this.#removeContainers();
    }
  }

  async #removeContainers(): Promise<void> {
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
    const { id } = this.request.engine.builder.create(stage.imageId, config);
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
