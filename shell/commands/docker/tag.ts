// docker tag: one more name for an image.

import { isEngineError } from '../../engine/engine-error.ts';
import { parseReference } from '../../engine/reference.ts';
import { defineCommand, failDocker } from './docker-command.ts';

export const tag = defineCommand({
  paths: ['docker image tag', 'docker tag'],
  usage: 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
  summary: 'Give an image one more name',
  flags: {},
  count: { least: 2, most: 2 },
  request: ([source, target]) => `Post images/${source}/tag?repo=${target}`,
  run: (docker, _options, [source = '', target = '']) => {
    checkReference(
      target,
      (reason) => `Error parsing reference: "${target}" is not a valid repository/tag: ${reason}`,
    );
    docker.engine.images.tag(source, target);
    return 0;
  },
});

/** Throws DockerError with what `word` makes of the reason. */
export const checkReference = (reference: string, word: (reason: string) => string): void => {
  try {
    parseReference(reference);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    failDocker(word(error.message));
  }
};
