// What both builders take from the command line in the same way, and give back in the same way.

import { O } from '../../fs/open-flags.ts';
import { toBytes } from '../text.ts';
import type { Docker } from './docker-command.ts';

/** name=value, or a name of the environment. */
export const buildArguments = (docker: Docker, list: readonly string[]): Map<string, string> => {
  const values = new Map<string, string>();
  for (const text of list) {
    const equals = text.indexOf('=');
    const name = equals === -1 ? text : text.slice(0, equals);
    const value = equals === -1 ? docker.process.env.get(name) : text.slice(equals + 1);
    if (value !== undefined) values.set(name, value);
  }
  return values;
};

/** --iidfile. */
export const writeId = (docker: Docker, path: string, id: string): void => {
  const fd = docker.process.open(path, O.WRONLY | O.CREAT | O.TRUNC, 0o644);
  docker.process.pwrite(fd, toBytes(id), 0);
  docker.process.close(fd);
};
