// What the client sends to BuildKit: the Dockerfile and .dockerignore first, then what the steps ask for.

import { ignoreRules, PatternError } from '../../engine/build/dockerignore.ts';
import type { SentFiles } from '../../engine/build/kit/kit-build.ts';
import { NO_FILES, type SourceEntry, type SourceTree } from '../../engine/build/source-tree.ts';
import { joinPath, parentPath, resolvePath } from '../../engine/go-path.ts';
import { inMemory } from '../../engine/tar/archive-source.ts';
import { looksLikeArchive } from '../../engine/tar/read-archive.ts';
import type { Stat } from '../../fs/stat.ts';
import { readAll } from '../input.ts';
import { toText } from '../text.ts';
import { contextRoot, readWhole } from './build-context.ts';
import { type Docker, failDocker } from './docker-command.ts';

export interface KitContext {
  readonly tree: SourceTree;
  readonly dockerfile: { readonly name: string; readonly text: string | undefined; readonly sent: SentFiles };
  readonly ignoreFile: SentFiles;
  /** Names the directory for the next time; '' for what came through a pipe. */
  readonly shared: string;
  readonly isRemote: boolean;
  readonly release: () => void;
}

interface Request {
  readonly place: string;
  readonly file: string | undefined;
  /** buildx sends the Dockerfile anew each time. */
  readonly remembers: boolean;
}

const STDIN_MODE = 0o100600;
const nothing = (): void => {};
const SENT_NOTHING: SentFiles = { entries: [], shared: '' };

/** Throws DockerError in the words of `unable to prepare context`. */
export const prepareKitContext = async (docker: Docker, request: Request): Promise<KitContext> => {
  if (request.place === '-') return fromStandardInput(docker, request);
  const { process } = docker;
  const root = contextRoot(docker, request.place);
  const { path, name, text, entry } =
    request.file === '-' ? await dockerfileFromPipe(docker) : dockerfileAt(docker, root, request.file);
  const own = path === '' ? undefined : `${path}.dockerignore`;
  const ignorePath = own !== undefined && process.tryStat(own) ? own : joinPath(root, '.dockerignore');
  const dockerfileEntries = [...entry, ...entriesAt(docker, own, `${name}.dockerignore`)];
  const shared = request.remembers && path !== '' ? path : '';
  return {
    tree: treeOf(docker, root, ignorePath),
    dockerfile: { name, text, sent: { entries: dockerfileEntries, shared } },
    ignoreFile: {
      entries: entriesAt(docker, joinPath(root, '.dockerignore'), '.dockerignore'),
      shared: root,
    },
    shared: root,
    isRemote: false,
    release: nothing,
  };
};

interface FoundDockerfile {
  /** '' for one from a pipe. */
  readonly path: string;
  readonly name: string;
  /** undefined: there is none. */
  readonly text: string | undefined;
  readonly entry: readonly SourceEntry[];
}

const dockerfileAt = (docker: Docker, root: string, file: string | undefined): FoundDockerfile => {
  const { process } = docker;
  const asked = file === undefined ? joinPath(root, 'Dockerfile') : resolvePath(process.getcwd(), file);
  const lower = joinPath(parentPath(asked), 'dockerfile');
  const path =
    process.tryStat(asked) === undefined && file === undefined && process.tryStat(lower) ? lower : asked;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const entry = entriesAt(docker, path, name);
  return { path, name, text: entry.length === 0 ? undefined : readWhole(docker, path), entry };
};

const dockerfileFromPipe = async (docker: Docker): Promise<FoundDockerfile> =>
  pipedDockerfile(docker, await readAll(docker.process, 0));

const pipedDockerfile = (docker: Docker, bytes: Uint8Array): FoundDockerfile => {
  const stat = {
    kind: 'file',
    mode: STDIN_MODE,
    size: bytes.length,
    mtime: docker.now,
  } as Stat;
  return { path: '', name: 'Dockerfile', text: toText(bytes), entry: [{ path: 'Dockerfile', stat }] };
};

const entriesAt = ({ process }: Docker, path: string | undefined, name: string): SourceEntry[] => {
  const stat = path === undefined ? undefined : process.tryStat(path);
  return stat === undefined ? [] : [{ path: name, stat }];
};

const treeOf = (docker: Pick<Docker, 'process'>, root: string, ignorePath: string): SourceTree => {
  const { process } = docker;
  if (process.tryStat(ignorePath) === undefined) return { process, root };
  try {
    return { process, root, rules: ignoreRules(readWhole(docker, ignorePath)) };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return failDocker(`error checking context: ${error.message}`);
  }
};

/** A Dockerfile alone, or a tar with a context. */
const fromStandardInput = async (docker: Docker, { file }: Request): Promise<KitContext> => {
  const bytes = await readAll(docker.process, 0);
  if (looksLikeArchive(bytes)) {
    const { process, root, release } = docker.engine.buildkit.unpack(inMemory(bytes));
    const name = file ?? 'Dockerfile';
    const path = joinPath(root, name);
    const text = process.tryStat(path) === undefined ? undefined : readWhole({ process }, path);
    const tree = treeOf({ process }, root, joinPath(root, '.dockerignore'));
    const dockerfile = { name, text, sent: SENT_NOTHING };
    return { tree, dockerfile, ignoreFile: SENT_NOTHING, shared: '', isRemote: true, release };
  }
  const { name, text, entry } = pipedDockerfile(docker, bytes);
  return {
    tree: { process: docker.process, root: '/', rules: NO_FILES },
    dockerfile: { name, text, sent: { entries: entry, shared: '' } },
    ignoreFile: SENT_NOTHING,
    shared: '',
    isRemote: false,
    release: nothing,
  };
};
