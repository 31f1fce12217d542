// The build context: a directory of the client without what .dockerignore names, and the Dockerfile.

import { type IgnoreRules, ignoreRules, PatternError } from '../../engine/build/dockerignore.ts';
import { NO_FILES, type SourceTree, sourceEntries } from '../../engine/build/source-tree.ts';
import { joinPath, pathBelow, resolvePath } from '../../engine/go-path.ts';
import { DATA_ROOT } from '../../engine/paths.ts';
import { inMemory } from '../../engine/tar/archive-source.ts';
import { looksLikeArchive } from '../../engine/tar/read-archive.ts';
import { R_OK, X_OK } from '../../fs/credentials.ts';
import { isFsError } from '../../fs/errno.ts';
import { O } from '../../fs/open-flags.ts';
import type { Process } from '../../fs/process.ts';
import type { Stat } from '../../fs/stat.ts';
import { readAll } from '../input.ts';
import { toText } from '../text.ts';
import { type Docker, failDocker } from './docker-command.ts';

export interface BuildContext {
  readonly tree: SourceTree;
  readonly dockerfile: string;
  readonly dockerfileName: string;
  /** Of the tar that docker sends to the daemon. */
  readonly bytes: number;
  /** What the daemon says of the Dockerfile once it has the context. */
  readonly problem?: string;
  /** Gives up what had to be made for it. */
  readonly release: () => void;
}

const BLOCK = 512;
const END = 2 * BLOCK;

const unable = (reason: string): never => failDocker(`unable to prepare context: ${reason}`);

/** Throws DockerError in the words of `unable to prepare context`. */
export const prepareContext = async (
  docker: Docker,
  place: string,
  file: string | undefined,
): Promise<BuildContext> => {
  if (place === '-') return fromStandardInput(docker, file);
  const { process } = docker;
  const root = contextRoot(docker, place);
  const found = file === '-' ? undefined : findDockerfile(docker, root, file);
  const below = found && (found.path === root ? '' : pathBelow(root, found.path));
  const problem = found && directoryProblem(docker, found.path, below);
  const dockerfile =
    problem !== undefined
      ? ''
      : found === undefined
        ? toText(await readAll(process, 0))
        : readWhole(docker, found.path);
  const rules = readRules(docker, root);
  const tree: SourceTree = { process, root, ...(rules ? { rules } : {}) };
  const sent = new Set(['.dockerignore', ...(below === undefined ? [] : [below])]);
  const more = below === undefined ? addedBytes(tree, Buffer.byteLength(dockerfile)) : 0;
  const bytes = contextBytes(tree, sent) + more;
  const name = found?.name ?? 'Dockerfile';
  return {
    tree,
    dockerfile,
    dockerfileName: name,
    bytes,
    ...(problem === undefined ? {} : { problem }),
    release: () => {},
  };
};

/** A Dockerfile that is a directory: the client finds that out outside of the context, the daemon inside of it. */
const directoryProblem = (
  { process }: Docker,
  path: string,
  below: string | undefined,
): string | undefined => {
  if (process.tryStat(path)?.kind !== 'directory') return undefined;
  return below === undefined ? failDocker(`read ${path}: is a directory`) : isDirectory(process, below);
};

const isDirectory = ({ kernel }: Process, below: string): string => {
  const digits = String(1 + (kernel.random.next() % 999_999_999)).padEnd(10, '0');
  return `unexpected error reading Dockerfile: read ${joinPath(`${DATA_ROOT}/tmp/docker-builder${digits}`, below)}: is a directory`;
};

/** `.dockerfile.` and 20 digits, in a line of its own after another one's end. */
const RANDOM_LINE = 34;

/**
 * A Dockerfile from elsewhere goes into the context under a random name, which .dockerignore gets as one more line.
 * The client does not end such a tar, nor fill up its last block.
 */
const addedBytes = ({ process, root }: SourceTree, dockerfile: number): number => {
  const ignore = process.tryStat(joinPath(root, '.dockerignore'));
  if (ignore === undefined)
    return BLOCK + rounded(dockerfile) + BLOCK + '.dockerignore'.length + RANDOM_LINE - END;
  return rounded(ignore.size + RANDOM_LINE) - rounded(ignore.size) + BLOCK + dockerfile - END;
};

/** The directory that is the context. Throws DockerError. */
export const contextRoot = ({ process }: Docker, place: string): string => {
  if (/^(https?|git):\/\/|^github\.com\//.test(place))
    return unable(`cannot fetch ${place}: cowsh has no network`);
  const root = resolvePath(process.getcwd(), place);
  const stat = process.tryStat(root);
  if (stat === undefined) return unable(`path ${JSON.stringify(place)} not found`);
  return stat.kind === 'directory' ? root : unable(`context must be a directory: ${root}`);
};

/** A whole context as a tar, or a Dockerfile alone with nothing around it. */
const fromStandardInput = async (docker: Docker, file: string | undefined): Promise<BuildContext> => {
  const bytes = await readAll(docker.process, 0);
  if (looksLikeArchive(bytes)) return fromArchive(docker, bytes, file ?? 'Dockerfile');
  return {
    tree: { process: docker.process, root: '/', rules: NO_FILES },
    dockerfile: toText(bytes),
    dockerfileName: 'Dockerfile',
    bytes: BLOCK + rounded(bytes.length) + END,
    release: () => {},
  };
};

/** The daemon unpacks it. */
const fromArchive = (docker: Docker, bytes: Uint8Array, dockerfileName: string): BuildContext => {
  const { process, root, release } = docker.engine.buildkit.unpack(inMemory(bytes));
  try {
    const path = joinPath(root, dockerfileName);
    const rules = readRules({ process }, root);
    const tree: SourceTree = { process, root, ...(rules ? { rules } : {}) };
    const kind = process.tryStat(path)?.kind;
    const usual = { tree, dockerfileName, bytes: bytes.length, release };
    if (kind === undefined)
      return { ...usual, dockerfile: '', problem: `Cannot locate specified Dockerfile: ${dockerfileName}` };
    if (kind === 'directory')
      return { ...usual, dockerfile: '', problem: isDirectory(process, dockerfileName) };
    return { ...usual, dockerfile: readWhole({ process }, path) };
  } catch (error) {
    release();
    throw error;
  }
};

const findDockerfile = (
  docker: Docker,
  root: string,
  file: string | undefined,
): { path: string; name: string } => {
  const { process } = docker;
  const here = file === undefined ? undefined : resolvePath(process.getcwd(), file);
  const path = here === undefined ? joinPath(root, 'Dockerfile') : here;
  if (process.tryStat(path) !== undefined) return { path, name: file ?? 'Dockerfile' };
  const lower = joinPath(root, 'dockerfile');
  if (file === undefined && process.tryStat(lower) !== undefined) return { path: lower, name: 'dockerfile' };
  return unable(`unable to evaluate symlinks in Dockerfile path: lstat ${path}: no such file or directory`);
};

export const readWhole = (docker: Pick<Docker, 'process'>, path: string): string => {
  try {
    const fd = docker.process.open(path, O.RDONLY);
    const text = toText(docker.process.pread(fd, docker.process.fstat(fd).size, 0));
    docker.process.close(fd);
    return text;
  } catch (error) {
    if (!isFsError(error)) throw error;
    return unable(`unable to open Dockerfile: open ${path}: ${error.message.toLowerCase()}`);
  }
};

const readRules = (docker: Pick<Docker, 'process'>, root: string): IgnoreRules | undefined => {
  const path = joinPath(root, '.dockerignore');
  if (docker.process.tryStat(path) === undefined) return undefined;
  try {
    return ignoreRules(readWhole(docker, path));
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return failDocker(`error checking context: ${error.message}`);
  }
};

const rounded = (bytes: number): number => Math.ceil(bytes / BLOCK) * BLOCK;

/** The Dockerfile and .dockerignore are sent even where they are ignored: the daemon needs them. */
const contextBytes = (tree: SourceTree, always: ReadonlySet<string>): number => {
  const { rules, ...bare } = tree;
  const extra = [...always].filter(
    (path) => rules?.ignores(path) && tree.process.tryLstat(joinPath(tree.root, path)),
  );
  const links = new Set<number>();
  let bytes = END;
  try {
    for (const { path, stat } of sourceEntries(tree)) {
      needReadable(tree, path, stat);
      bytes += entryBytes(stat, links);
    }
    for (const path of extra) bytes += entryBytes(bare.process.lstat(joinPath(tree.root, path)), links);
  } catch (error) {
    if (!isFsError(error)) throw error;
    failDocker(`error checking context: can't stat '${error.path}'`);
  }
  return bytes;
};

const needReadable = ({ process, root }: SourceTree, path: string, { kind }: Stat): void => {
  if (kind !== 'file' && kind !== 'directory') return;
  const full = joinPath(root, path);
  try {
    process.access(full, kind === 'file' ? R_OK : R_OK | X_OK);
  } catch (error) {
    if (!isFsError(error)) throw error;
    failDocker(`error checking context: no permission to read from '${full}'`);
  }
};

/** Header and data; a second name of a file is only a header. */
const entryBytes = (stat: Stat, links: Set<number>): number => {
  const again = stat.kind === 'file' && stat.nlink > 1 && links.has(stat.ino);
  links.add(stat.ino);
  return BLOCK + (stat.kind === 'file' && !again ? rounded(stat.size) : 0);
};
