// docker build: with the classic builder, unless the environment or the daemon asks for BuildKit; docker buildx build.

import { buildxManner, engineManner } from '../../engine/build/kit/manner.ts';
import { buildClassic } from './build-classic.ts';
import { buildFlags, buildxFlags } from './build-flags.ts';
import { buildKit } from './build-kit.ts';
import { type Docker, DockerError, defineCommand, failDocker } from './docker-command.ts';
import type { FlagValues } from './flags.ts';

const truths: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, true]),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, false]),
]);

/** DOCKER_BUILDKIT decides; where it is not set, the daemon's features. Throws DockerError. */
const wantsBuildKit = ({ process, engine }: Docker): boolean => {
  const given = process.env.get('DOCKER_BUILDKIT');
  if (given === undefined || given === '') return engine.buildkit.isDefault();
  return (
    truths[given] ??
    failDocker(
      `DOCKER_BUILDKIT environment variable expects boolean value: strconv.ParseBool: parsing ${JSON.stringify(given)}: invalid syntax`,
    )
  );
};

export const build = defineCommand({
  paths: ['docker image build', 'docker build', 'docker builder build'],
  usage: '[OPTIONS] PATH | URL | -',
  summary: 'Build an image from a Dockerfile',
  details: `The classic builder does it, as in Docker 20.10. DOCKER_BUILDKIT=1 in the environment, or
{"features": {"buildkit": true}} in /etc/docker/daemon.json, has the engine's BuildKit do it;
"docker buildx build" does it as today's Docker.`,
  flags: buildFlags,
  count: { least: 1, most: 1 },
  request: () => 'Post build?dockerfile=Dockerfile&version=1',
  run: (docker, options, [place = '']) => {
    if (options.squash)
      failDocker('"--squash" is only supported on a Docker daemon with experimental features enabled');
    return wantsBuildKit(docker)
      ? buildKit(docker, options, place, engineManner)
      : buildClassic(docker, options, place);
  },
});

/** buildx has a word before what docker says. */
const asBuildx = async (
  docker: Docker,
  options: FlagValues<typeof buildxFlags>,
  place: string,
): Promise<number> => {
  try {
    if (options.push) failDocker('cowsh has no network: there is no registry to push to');
    return await buildKit(docker, { ...options, squash: false }, place, buildxManner);
  } catch (error) {
    return error instanceof DockerError
      ? failDocker(error.message.replace(/^(?:ERROR: )?/, 'ERROR: '), error.status)
      : rethrow(error);
  }
};

const rethrow = (error: unknown): never => {
  throw error;
};

export const buildxBuild = defineCommand({
  paths: ['docker buildx build', 'docker buildx b'],
  usage: '[OPTIONS] PATH | URL | -',
  summary: "Build an image as today's Docker does",
  flags: buildxFlags,
  count: { least: 1, most: 1 },
  request: () => 'Post build?dockerfile=Dockerfile&version=2',
  run: (docker, options, [place = '']) => asBuildx(docker, options, place),
});
