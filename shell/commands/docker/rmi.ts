// docker rmi: tags go, and images that no tag is left for.

import type { Removal } from '../../engine/contract.ts';
import { defineCommand } from './docker-command.ts';
import { removeEach } from './remove-each.ts';

export const removalLines = (
  removals: readonly Removal[],
  [untagged, deleted]: readonly [string, string] = ['Untagged', 'Deleted'],
): string =>
  removals
    .map((removal) =>
      removal.kind === 'untagged' ? `${untagged}: ${removal.reference}\n` : `${deleted}: ${removal.id}\n`,
    )
    .join('');

export const rmi = defineCommand({
  paths: ['docker image rm', 'docker image remove', 'docker rmi'],
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  summary: 'Remove tags, and images that no tag is left for',
  flags: {
    force: { kind: 'bool', short: 'f', help: 'Remove it although containers were made of it' },
    'no-prune': { kind: 'bool', help: 'Keep the untagged parents' },
  },
  count: { least: 1 },
  request: ([name]) => `Delete images/${name}`,
  run: (docker, { force, 'no-prune': noPrune }, names) =>
    removeEach(docker, names, force, (name) => {
      docker.print(removalLines(docker.engine.images.remove(name, { force, noPrune })));
    }),
});
