// docker pull: an image from the bundled catalogue, with the report of a real pull.

import { isEngineError } from '../../engine/engine-error.ts';
import { pullReport } from '../../engine/pull-report.ts';
import { parseReference } from '../../engine/reference.ts';
import { type Docker, defineCommand, failDocker } from './docker-command.ts';

export const pull = defineCommand({
  paths: ['docker image pull', 'docker pull'],
  usage: '[OPTIONS] NAME[:TAG|@DIGEST]',
  summary: 'Fetch an image from a registry',
  flags: {
    'all-tags': { kind: 'bool', short: 'a', help: 'Every tag of the repository' },
    platform: { kind: 'string', help: 'Platform of the image: linux/amd64' },
    quiet: { kind: 'bool', short: 'q', help: 'Print only the name of the image' },
  },
  count: { least: 1, most: 1 },
  request: ([name]) => `Post images/create?fromImage=${name}`,
  run: (docker, { quiet, platform }, [reference = '']) => {
    const parsed = readReference(reference);
    if (parsed.tag === undefined && parsed.digest === undefined && !quiet)
      docker.line('Using default tag: latest');
    if (!fits(platform)) refuse(platform);
    const done = docker.engine.images.pull(reference);
    if (!quiet) docker.print(pullReport(done));
    docker.line(done.canonical);
    return 0;
  },
});

const readReference = (reference: string): ReturnType<typeof parseReference> => {
  try {
    return parseReference(reference);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return failDocker(error.message);
  }
};

/** There are images for one platform only. */
const fits = (platform: string | undefined): boolean =>
  platform === undefined || /^(linux\/)?(amd64|x86_64)$/.test(platform);

const refuse = (platform: string | undefined): never =>
  failDocker(`Error response from daemon: no matching manifest for ${platform} in the manifest list entries`);

interface PullChoice {
  readonly pull: string | undefined;
  readonly quiet: boolean;
  readonly platform: string | undefined;
}

/** For run and create: fetches what is not there, and tells it on standard error. Throws EngineError. */
export const pullMissing = async (
  docker: Docker,
  reference: string,
  { pull: when, quiet, platform }: PullChoice,
): Promise<void> => {
  const { images } = docker.engine;
  const known = fits(platform) && images.find(reference) !== undefined;
  if (when === 'never' || (known && when !== 'always')) return;
  if (!known && !quiet) {
    const { tag, digest } = parseReference(reference);
    const full = tag === undefined && digest === undefined ? `${reference}:latest` : reference;
    await docker.complain(`Unable to find image '${full}' locally`);
  }
  if (!fits(platform)) refuse(platform);
  const report = pullReport(images.pull(reference));
  if (!quiet) await docker.out.errorText(report);
};
