// What each instruction does. Every step first asks the cache, then works on a container or a layer, then commits.

import { isFsError } from '../../fs/errno.ts';
import type { Process } from '../../fs/process.ts';
import { type Config, orderedConfig } from '../config.ts';
import { isEngineError } from '../engine-error.ts';
import { ArchiveError } from '../tar/read-archive.ts';
import { BuildError, failBuild } from './build-error.ts';
import type { Build } from './classic-build.ts';
import { contentHash } from './content-hash.ts';
import { copyIntoLayer } from './copy-files.ts';
import { ownerFor } from './copy-owner.ts';
import { type CopySource, copySources } from './copy-sources.ts';
import type { CopyArguments, Instruction, InstructionOf } from './instruction.ts';
import { commandOf, metadataSteps, nextWorkingDirectory } from './metadata-steps.ts';
import type { Stage } from './stage.ts';

type Step<K extends Instruction['kind']> = (
  build: Build,
  stage: Stage,
  instruction: InstructionOf<K>,
) => Promise<void>;

const NEEDS_BUILDKIT =
  'requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled';

const run: Step<'run'> = async (build, stage, { command, needsBuildKit }) => {
  if (needsBuildKit !== undefined) failBuild(`the --${needsBuildKit} option ${NEEDS_BUILDKIT}`);
  const words = commandOf(stage, command);
  const env = stage.env;
  const probe = orderedConfig({
    ...stage.withCommand(stage.arguments.recorded(words, env)),
    ...(words.length > 0 ? { Entrypoint: null } : {}),
  });
  if (await build.hit(stage, probe)) return;
  const { Healthcheck: _unused, ...rest } = stage.withCommand(words);
  const Env = [...env, ...stage.arguments.beside(env)];
  const container = await build.container(
    stage,
    orderedConfig({ ...rest, Env, ...(words.length > 0 ? { Entrypoint: [] } : {}) }),
  );
  const { builder } = build.request.engine;
  const status = await runOrAbandon(build, container);
  if (status !== 0) {
    throw new BuildError(`The command '${words.join(' ')}' returned a non-zero code: ${status}`, { status });
  }
  stage.imageId = builder.commitContainer(container, probe, stage.config, stage.maintainer);
};

/** docker may be interrupted: then nobody waits for the program any more. */
const runOrAbandon = async (build: Build, container: string): Promise<number> => {
  try {
    return await build.request.output.running((client) =>
      build.request.engine.builder.run(container, client),
    );
  } catch (error) {
    if (!isEngineError(error)) await build.abandon(container);
    throw error;
  }
};

/** A step without a program: its comment stands where the command would. */
const metadata = async (build: Build, stage: Stage, comment: string): Promise<void> => {
  const step = stage.withCommand(stage.nop('#(nop) ', comment));
  if (await build.hit(stage, step)) return;
  const container = await build.container(stage, step);
  stage.imageId = build.request.engine.builder.commitContainer(
    container,
    step,
    stage.config,
    stage.maintainer,
  );
};

const workdir: Step<'workdir'> = async (build, stage, { path }) => {
  stage.config.WorkingDir = nextWorkingDirectory(stage, path);
  const step = stage.withCommand(stage.nop(`#(nop) WORKDIR ${stage.config.WorkingDir}`));
  if (await build.hit(stage, step)) return;
  const { builder } = build.request.engine;
  const container = await build.container(stage, step);
  builder.makeWorkingDirectory(container);
  stage.imageId = builder.commitContainer(container, step, stage.config, stage.maintainer);
};

const copy = async (
  build: Build,
  stage: Stage,
  command: 'COPY' | 'ADD',
  words: CopyArguments,
): Promise<void> => {
  if (words.chmod !== undefined) failBuild(`the --chmod option ${NEEDS_BUILDKIT}`);
  const sources = words.sources.map((word) => stage.expand(word));
  const destination = stage.expand(words.destination);
  const chown = words.chown === undefined ? '' : stage.expand(words.chown);
  const withSources = await sourceReader(
    build,
    command,
    sources,
    words.from === undefined ? undefined : stage.expand(words.from),
  );
  const hash = withSources((found) => {
    if (found.length > 1 && !destination.endsWith('/')) {
      failBuild(
        `When using ${command} with more than one source file, the destination must be a directory and end with a /`,
      );
    }
    return contentHash(found);
  });
  const step = stage.withCommand(
    stage.nop(`#(nop) ${command} ${chown === '' ? '' : `--chown=${chown} `}${hash} in ${destination} `),
  );
  if (await build.hit(stage, step)) return;
  const keepsOwners = words.from !== undefined && chown === '';
  const target = absolute(stage.config, destination);
  const fill = (inside: Process): void =>
    withSources((found) =>
      copyIntoLayer(inside, found, target, keepsOwners ? 'kept' : ownerFor(inside, chown), {
        unpacks: command === 'ADD',
      }),
    );
  const { builder } = build.request.engine;
  stage.imageId = guarded(() =>
    builder.commitFiles(stage.imageId, step, stage.config, fill, stage.maintainer),
  );
};

type WithSources = <Result>(use: (found: readonly CopySource[]) => Result) => Result;

/** Sources in the context, or in an image, whose tree stands only while it is used. */
const sourceReader = async (
  build: Build,
  command: string,
  words: readonly string[],
  from: string | undefined,
): Promise<WithSources> => {
  if (from === undefined) {
    const found = copySources(command, build.request.context, words);
    return (use) => use(found);
  }
  const image = await build.fromImage(from);
  return (use) =>
    build.request.engine.builder.withImage(image, (inside) =>
      use(copySources(command, { process: inside, root: '/', inImage: true }, words)),
    );
};

/** Relative to WORKDIR; a slash at the end stays. */
const absolute = ({ WorkingDir }: Config, destination: string): string =>
  destination.startsWith('/') ? destination : `${WorkingDir.replace(/\/+$/, '')}/${destination}`;

const guarded = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (error instanceof ArchiveError) return failBuild(error.message);
    if (!isFsError(error)) throw error;
    return failBuild(`${error.call} ${error.path}: ${error.message.toLowerCase()}`);
  }
};

const healthcheck: Step<'healthcheck'> = async (build, stage, instruction) => {
  const before = stage.config.Healthcheck?.Test ?? [];
  if (before.length > 0 && before[0] !== 'NONE') {
    await build.say(`Note: overriding previous HEALTHCHECK: [${before.join(' ')}]\n`);
  }
  await metadata(build, stage, metadataSteps.healthcheck(stage, instruction));
};

export const buildSteps: { readonly [K in Instruction['kind']]: Step<K> } = {
  // FROM begins a stage; the builder does that itself.
  from: async () => {},
  run,
  workdir,
  copy: (build, stage, instruction) => copy(build, stage, 'COPY', instruction),
  add: (build, stage, instruction) => copy(build, stage, 'ADD', instruction),
  healthcheck,
  cmd: (build, stage, instruction) => metadata(build, stage, metadataSteps.cmd(stage, instruction)),
  entrypoint: (build, stage, instruction) =>
    metadata(build, stage, metadataSteps.entrypoint(stage, instruction)),
  env: (build, stage, instruction) => metadata(build, stage, metadataSteps.env(stage, instruction)),
  label: (build, stage, instruction) => metadata(build, stage, metadataSteps.label(stage, instruction)),
  arg: (build, stage, instruction) => metadata(build, stage, metadataSteps.arg(stage, instruction)),
  user: (build, stage, instruction) => metadata(build, stage, metadataSteps.user(stage, instruction)),
  stopsignal: (build, stage, instruction) =>
    metadata(build, stage, metadataSteps.stopsignal(stage, instruction)),
  maintainer: (build, stage, instruction) =>
    metadata(build, stage, metadataSteps.maintainer(stage, instruction)),
  expose: (build, stage, instruction) => metadata(build, stage, metadataSteps.expose(stage, instruction)),
  volume: (build, stage, instruction) => metadata(build, stage, metadataSteps.volume(stage, instruction)),
  shell: (build, stage, instruction) => metadata(build, stage, metadataSteps.shell(stage, instruction)),
  onbuild: (build, stage, instruction) => metadata(build, stage, metadataSteps.onbuild(stage, instruction)),
};
