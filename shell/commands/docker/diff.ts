// docker diff: what a container has changed, against its image.

import { defineCommand } from './docker-command.ts';

const letters = { changed: 'C', added: 'A', deleted: 'D' } as const;

export const diff = defineCommand({
  paths: ['docker container diff', 'docker diff'],
  usage: 'CONTAINER',
  summary: "Show what a container's writable layer changes: A(dded), C(hanged), D(eleted)",
  flags: {},
  count: { least: 1, most: 1 },
  request: ([name]) => `Get containers/${name}/changes`,
  run: (docker, _options, [name = '']) => {
    for (const { kind, path } of docker.engine.containers.changes(name))
      docker.line(`${letters[kind]} ${path}`);
    return 0;
  },
});
