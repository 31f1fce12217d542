// Subcommands of Docker that cowsh has no such thing for: it says so plainly.

import { type DockerCommand, defineCommand, failDocker } from './docker-command.ts';

/** What cowsh has no such thing of, said in so many words. */
export const notHere = (name: string, what: string): DockerCommand =>
  defineCommand({
    paths: [`docker ${name}`],
    usage: '',
    summary: what,
    flags: {},
    count: { least: 0 },
    takesCommand: true,
    run: () => failDocker(`docker ${name}: ${what}`),
  });
