// docker rename: another name for a container.

import { type Docker, defineCommand, failDocker, refusalOf } from './docker-command.ts';

export const rename = defineCommand({
  paths: ['docker container rename', 'docker rename'],
  usage: 'CONTAINER NEW_NAME',
  summary: 'Give a container another name',
  flags: {},
  count: { least: 2, most: 2 },
  request: ([name, target]) => `Post containers/${name}/rename?name=${target}`,
  run: (docker, _options, [name = '', target = '']) => renameContainer(docker, name, target),
});

const renameContainer = async (docker: Docker, name: string, target: string): Promise<number> => {
  if (name.trim() === '' || target.trim() === '') failDocker('Error: Neither old nor new names may be empty');
  try {
    docker.engine.containers.rename(name, target);
    return 0;
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    await docker.complain(`${refusal.message}\nError: failed to rename container named ${name}`);
    return 1;
  }
};
