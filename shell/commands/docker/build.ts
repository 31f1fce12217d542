// docker build: the context is read and measured, the classic builder does the rest.

import { BuildError } from '../../engine/build/build-error.ts';
import { buildImage } from '../../engine/build/classic-builder.ts';
import { isEngineError } from '../../engine/engine-error.ts';
import { normalizeReference, parseReference } from '../../engine/reference.ts';
import { O } from '../../fs/open-flags.ts';
import { toBytes } from '../text.ts';
import { prepareContext } from './build-context.ts';
import { BuildReport } from './build-report.ts';
import { pairs } from './container-flags.ts';
import { type Docker, defineCommand } from './docker-command.ts';
import type { FlagTable } from './flags.ts';
import { humanSize } from './human.ts';

const tagProblem = (text: string): string | undefined => {
  try {
    parseReference(text);
    return undefined;
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return error.message;
  }
};

const flags = {
  'build-arg': { kind: 'list', help: 'Value for an ARG (name=value, or a name of yours)' },
  'cache-from': { kind: 'list', help: 'Image to take cached steps from (accepted)' },
  compress: { kind: 'bool', help: 'Compress the context on its way (accepted)' },
  file: { kind: 'string', short: 'f', help: 'The Dockerfile; "Dockerfile" in the context otherwise' },
  'force-rm': { kind: 'bool', help: 'Remove intermediate containers after failed steps too' },
  iidfile: { kind: 'string', help: 'File to write the image ID to' },
  label: { kind: 'list', help: 'Note a name=value about the image' },
  memory: { kind: 'string', short: 'm', help: 'Memory limit of steps (accepted)' },
  network: { kind: 'string', help: 'Network of steps (accepted)', initial: 'default' },
  'no-cache': { kind: 'bool', help: 'Do every step anew' },
  platform: { kind: 'string', help: 'Platform of the image (accepted)' },
  pull: { kind: 'bool', help: 'Fetch base images again' },
  quiet: { kind: 'bool', short: 'q', help: 'Print only the image ID' },
  rm: { kind: 'bool', help: 'Remove intermediate containers after each step', initial: true },
  tag: { kind: 'list', short: 't', help: 'Name for the image, several allowed', check: tagProblem },
  target: { kind: 'string', help: 'Stage to stop after' },
} as const satisfies FlagTable;

export const build = defineCommand({
  paths: ['docker image build', 'docker build', 'docker builder build'],
  usage: '[OPTIONS] PATH | URL | -',
  summary: 'Build an image from a Dockerfile',
  flags,
  count: { least: 1, most: 1 },
  request: () => 'Post build?dockerfile=Dockerfile&version=1',
  run: async (docker, options, [place = '']) => {
    const context = await prepareContext(docker, place, options.file);
    const { images, builder, containers } = docker.engine;
    const report = new BuildReport(docker, options.quiet);
    await report.say(`Sending build context to Docker daemon ${humanSize(context.bytes).padStart(8)}\r\r\n`);
    try {
      const id = await buildImage({
        engine: { images, builder, containers },
        context: context.tree,
        dockerfile: context.dockerfile,
        dockerfileName: context.dockerfileName,
        tags: options.tag.map(normalizeReference),
        arguments: buildArguments(docker, options['build-arg']),
        labels: Object.entries(pairs(options.label)).sort(),
        target: options.target,
        useCache: !options['no-cache'],
        pull: options.pull,
        remove: options.rm,
        forceRemove: options['force-rm'],
        output: report,
      });
      if (options.quiet) docker.line(id);
      if (options.iidfile !== undefined) writeId(docker, options.iidfile, id);
      return 0;
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      await report.showHeldBack();
      await docker.complain(error.early ? `Error response from daemon: ${error.message}` : error.message);
      return error.status;
    }
  },
});

const buildArguments = (docker: Docker, list: readonly string[]): Map<string, string> => {
  const values = new Map<string, string>();
  for (const text of list) {
    const equals = text.indexOf('=');
    const name = equals === -1 ? text : text.slice(0, equals);
    const value = equals === -1 ? docker.process.env.get(name) : text.slice(equals + 1);
    if (value !== undefined) values.set(name, value);
  }
  return values;
};

const writeId = (docker: Docker, path: string, id: string): void => {
  const fd = docker.process.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  docker.process.pwrite(fd, toBytes(id), 0);
  docker.process.close(fd);
};

export const builderPrune = defineCommand({
  paths: ['docker builder prune'],
  usage: '[OPTIONS]',
  summary: 'Remove the build cache (the classic builder keeps none of its own)',
  flags: {
    all: { kind: 'bool', short: 'a', help: 'All of it' },
    force: { kind: 'bool', short: 'f', help: 'Do not ask' },
  },
  count: { least: 0, most: 0 },
  run: (docker) => {
    docker.engine.info();
    docker.line('Total reclaimed space: 0B');
    return 0;
  },
});
