// The classic builder: one step after another, each an image; a step that was done before is taken from the cache.

import { shortId } from '../digest.ts';
import { isEngineError } from '../engine-error.ts';
import { BuildError, failBuild } from './build-error.ts';
import { buildSteps } from './build-steps.ts';
import { Build, type BuildRequest } from './classic-build.ts';
import type { Instruction, InstructionOf } from './instruction.ts';
import { classicWords, type Dockerfile, parseDockerfile, readTrigger } from './instructions.ts';
import type { Stage } from './stage.ts';

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
  return run(new Build(request, withLabels(dockerfile, request.labels)));
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

const run = async (build: Build): Promise<string> => {
  const { args, stages, gaps } = build.dockerfile;
  if (gaps.length > 0) await warnOfGaps(build, gaps);
  for (const instruction of args) {
    await build.announce(instruction);
    build.declare(instruction);
  }
  let imageId = '';
  for (const { from, instructions } of stages) {
    const stage = await begin(build, from);
    for (const instruction of instructions) {
      await build.announce(instruction);
      await perform(build, stage, instruction);
      await build.say(` ---> ${shortId(stage.imageId)}\n`);
    }
    build.end(stage);
    imageId = stage.imageId;
  }
  return finish(build, imageId);
};

const warnOfGaps = async (build: Build, gaps: readonly string[]): Promise<void> => {
  const list = gaps.map((text) => `    ${text}\n`).join('');
  await build.request.output.warn(
    `[WARNING]: Empty continuation line found in:\n${list}[WARNING]: Empty continuation lines will become errors in a future release.\n`,
  );
};

const begin = async (build: Build, from: InstructionOf<'from'>): Promise<Stage> => {
  await build.announce(from);
  const stage = await build.begin(from);
  await runTriggers(build, stage);
  await build.say(` ---> ${shortId(stage.imageId)}\n`);
  return stage;
};

/** The instructions that the base's ONBUILD has put off until now. */
const runTriggers = async (build: Build, stage: Stage): Promise<void> => {
  const triggers = stage.config.OnBuild ?? [];
  if (triggers.length === 0) return;
  await build.say(`# Executing ${triggers.length} build trigger${triggers.length === 1 ? '' : 's'}\n`);
  stage.config.OnBuild = null;
  for (const trigger of triggers) await perform(build, stage, readTrigger(trigger));
};

const perform = async (build: Build, stage: Stage, instruction: Instruction): Promise<void> => {
  stage.config.Image = stage.imageId;
  let done = false;
  try {
    const step = buildSteps[instruction.kind] as (
      build: Build,
      stage: Stage,
      instruction: Instruction,
    ) => Promise<void>;
    await step(build, stage, instruction);
    done = true;
  } catch (error) {
    if (!isEngineError(error)) throw error;
    failBuild(error.message);
  } finally {
    const { forceRemove, remove } = build.request;
    if (forceRemove || (remove && done)) await build.removeContainers();
  }
};

const finish = async (build: Build, imageId: string): Promise<string> => {
  const { tags, engine } = build.request;
  const unused = build.unused();
  if (unused.length > 0)
    await build.say(`[Warning] One or more build-args [${unused.join(' ')}] were not consumed\n`);
  if (imageId === '') failBuild('No image was generated. Is your Dockerfile empty?');
  await build.say(`Successfully built ${shortId(imageId)}\n`);
  for (const tag of tags) {
    engine.images.tag(imageId, tag);
    await build.say(`Successfully tagged ${tag}\n`);
  }
  return imageId;
};
