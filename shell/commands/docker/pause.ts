// docker pause, docker unpause: all processes of a container freeze, and go on.

import { type DockerCommand, defineCommand, forEachOperand } from './docker-command.ts';

const simple = (verb: 'pause' | 'unpause', summary: string): DockerCommand =>
  defineCommand({
    paths: [`docker container ${verb}`, `docker ${verb}`],
    usage: 'CONTAINER [CONTAINER...]',
    summary,
    flags: {},
    count: { least: 1 },
    request: ([name]) => `Post containers/${name}/${verb}`,
    run: (docker, _options, names) =>
      forEachOperand(docker, names, (name) => {
        docker.engine.containers[verb](name);
        docker.line(name);
      }),
  });

export const pause = simple('pause', 'Freeze all processes of containers');
export const unpause = simple('unpause', 'Let frozen containers go on');
