// docker cp: files between a container, running or not, and the host.

import { copyIntoLayer, type Ownership } from '../../engine/build/copy-files.ts';
import type { SourceTree } from '../../engine/build/source-tree.ts';
import { joinPath, lastPart, parentPath, resolvePath } from '../../engine/go-path.ts';
import { type FsError, isFsError } from '../../fs/errno.ts';
import type { Process } from '../../fs/process.ts';
import { streamIn, streamOut } from './cp-stream.ts';
import { type Docker, DockerError, defineCommand, failDocker } from './docker-command.ts';

interface Place {
  /** undefined: on the host. */
  readonly container: string | undefined;
  readonly path: string;
}

/** `name:path`; a colon after a slash or a dot belongs to a path of the host. */
const placeOf = (text: string): Place => {
  const colon = text.indexOf(':');
  const isHost = text === '-' || text.startsWith('/') || text.startsWith('.') || colon === -1;
  return isHost
    ? { container: undefined, path: text }
    : { container: text.slice(0, colon), path: text.slice(colon + 1) };
};

export const cp = defineCommand({
  paths: ['docker container cp', 'docker cp'],
  usage: '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n[OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
  summary: 'Copy files between a container and the host',
  flags: {
    archive: { kind: 'bool', short: 'a', help: 'Keep owners' },
    'follow-link': { kind: 'bool', short: 'L', help: 'Copy what a link in SRC_PATH leads to' },
    quiet: { kind: 'bool', short: 'q', help: 'Say nothing' },
  },
  count: { least: 2, most: 2 },
  request: ([source = '']) => `Get containers/${source.split(':', 1)[0]}/archive`,
  run: (docker, options, [from = '', to = '']) => {
    const source = placeOf(from);
    const target = placeOf(to);
    if (source.container !== undefined && target.container !== undefined) {
      return failDocker('copying between containers is not supported');
    }
    if (source.container !== undefined && target.path === '-')
      return toStream(docker, source.container, source.path, options['follow-link']);
    if (target.container !== undefined && source.path === '-')
      return streamIn(docker, target.container, target.path);
    if (source.container !== undefined)
      return fromContainer(docker, source.container, source.path, target.path, options['follow-link']);
    if (target.container !== undefined)
      return intoContainer(docker, source.path, target.container, target.path, options['follow-link']);
    return failDocker('must specify at least one container source');
  },
});

const toStream = (docker: Docker, container: string, path: string, follow: boolean): Promise<number> => {
  if (path === '') failDocker('Error response from daemon: bad parameter: pathcannot be empty');
  return streamOut(docker, path, (use) =>
    docker.engine.containers.withFiles(container, (inside) => {
      const source = joinPath('/', path);
      if (inside.tryLstat(source) === undefined) notInContainer(path, container);
      return use(inside, follow || endsInDot(path) ? realPath(inside, source) : source);
    }),
  );
};

const fromContainer = (
  docker: Docker,
  container: string,
  path: string,
  target: string,
  follow: boolean,
): number =>
  docker.engine.containers.withFiles(container, (inside) => {
    const source = joinPath('/', path);
    const entry = { process: inside, path: source, wantsContents: endsInDot(path) };
    if (inside.tryLstat(source) === undefined) notInContainer(path, container);
    const place = resolvePath(docker.process.getcwd(), target);
    const slash = target.endsWith('/') ? '/' : '';
    return copyEntry(
      entry,
      { process: docker.process, path: place + slash, missing: hostMissing },
      'caller',
      follow,
    );
  });

const intoContainer = (
  docker: Docker,
  source: string,
  container: string,
  target: string,
  follow: boolean,
): number => {
  const path = resolvePath(docker.process.getcwd(), source);
  if (docker.process.tryLstat(path) === undefined) failDocker(`lstat ${path}: no such file or directory`);
  const entry = { process: docker.process, path, wantsContents: endsInDot(source) };
  const missing = (directory: string): never => notInContainer(directory, container);
  return docker.engine.containers.withFiles(
    container,
    (inside) => copyEntry(entry, { process: inside, path: joinPath('/', target), missing }, 'kept', follow),
    { write: true },
  );
};

const endsInDot = (path: string): boolean => path === '.' || path.endsWith('/.');

const notInContainer = (path: string, container: string): never =>
  failDocker(`Error response from daemon: Could not find the file ${path} in container ${container}`);

const hostMissing = (directory: string): never =>
  failDocker(`invalid output path: directory ${JSON.stringify(directory)} does not exist`);

interface Entry {
  readonly process: Process;
  readonly path: string;
  /** `dir/.`: what is in it, not the directory. */
  readonly wantsContents: boolean;
}
interface Target {
  readonly process: Process;
  readonly path: string;
  readonly missing: (directory: string) => never;
}

/** The rules of cp: into a directory that is there, else under the new name. Throws DockerError. */
const copyEntry = (entry: Entry, target: Target, owner: Ownership, follow: boolean): number => {
  const path = follow ? realPath(entry.process, entry.path) : entry.path;
  const isDirectory = entry.process.lstat(path).kind === 'directory';
  const known = target.process.tryStat(target.path);
  if (isDirectory && known !== undefined && known.kind !== 'directory')
    failDocker('cannot copy a directory to a file');
  const directory = parentPath(target.path.replace(/\/+$/, ''));
  if (known === undefined && target.process.tryStat(directory)?.kind !== 'directory')
    target.missing(directory);
  if (known === undefined && !isDirectory && target.path.endsWith('/'))
    target.missing(target.path.replace(/\/+$/, ''));
  const into = known?.kind === 'directory' && !(isDirectory && entry.wantsContents);
  const destination = into ? joinPath(target.path, lastPart(entry.path)) : target.path;
  const tree: SourceTree = { process: entry.process, root: '/' };
  try {
    copyIntoLayer(
      target.process,
      [{ tree, path: path.replace(/^\/+/, ''), name: lastPart(entry.path) }],
      destination,
      owner,
    );
    return 0;
  } catch (error) {
    if (!isFsError(error)) throw error;
    return failDocker(worded(error));
  }
};

const worded = (error: FsError): string => `${error.call} ${error.path}: ${error.message.toLowerCase()}`;

const realPath = (process: Process, path: string): string => {
  let current = path;
  for (let links = 0; process.tryLstat(current)?.kind === 'symlink'; links += 1) {
    if (links > 40) throw new DockerError(`lstat ${path}: too many levels of symbolic links`);
    current = resolvePath(parentPath(current), process.readlink(current));
  }
  return current;
};
