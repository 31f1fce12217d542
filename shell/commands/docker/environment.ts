// -e, --env-file, -l and --label-file: variables and labels, from the command line and from files.

import { isFsError } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import { toText } from '../text.ts';
import { type Docker, failDocker } from './docker-command.ts';
import type { ListFlag } from './flags.ts';
import { pairs } from './pairs.ts';

export const envFlag = {
  kind: 'list',
  short: 'e',
  help: 'Set a variable (name=value, or a name of yours)',
  check: (text) =>
    text === '' || text.startsWith('=') ? `invalid environment variable: ${text}` : undefined,
} as const satisfies ListFlag;

/** `name=value` as it is; a bare name takes its value from the caller, and is dropped where there is none. */
export const environment = (
  docker: Docker,
  files: readonly string[],
  given: readonly string[],
): string[] | null => {
  const list = [...files.flatMap((file) => fileLines(docker, file, 'env')), ...given].flatMap((text) => {
    if (text.includes('=')) return [text];
    const value = docker.process.env.get(text);
    return value === undefined ? [] : [`${text}=${value}`];
  });
  return list.length === 0 ? null : list;
};

/** Those of files first; a bare name in a file is nobody's. */
export const labelsOf = (
  docker: Docker,
  files: readonly string[],
  given: readonly string[],
): Record<string, string> =>
  pairs([
    ...files.flatMap((file) => fileLines(docker, file, 'label')).filter((line) => line.includes('=')),
    ...given,
  ]);

/** Lines that are neither empty nor a comment. Throws DockerError. */
const fileLines = (docker: Docker, file: string, kind: 'env' | 'label'): string[] => {
  const lines = readLines(docker, file)
    .map((line) => line.trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'));
  for (const line of lines) {
    const problem = lineProblem(line, kind === 'env' ? 'variable' : 'label');
    if (problem !== undefined) failDocker(`invalid ${kind} file (${file}): ${problem}`);
  }
  return lines;
};

const lineProblem = (line: string, what: string): string | undefined => {
  const [name = ''] = line.split('=', 1);
  if (name === '') return `no ${what} name on line '${line}'`;
  return /\s/.test(name) ? `${what} '${name}' contains whitespaces` : undefined;
};

const readLines = (docker: Docker, file: string): string[] => {
  try {
    const fd = docker.process.open(file, O.RDONLY);
    const text = toText(docker.process.pread(fd, docker.process.fstat(fd).size, 0));
    docker.process.close(fd);
    return text.split(/\r?\n/);
  } catch (error) {
    if (!isFsError(error)) throw error;
    return failDocker(`open ${file}: ${error.message.toLowerCase()}`);
  }
};
