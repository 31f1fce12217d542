// RUN --mount: what stands behind each target while the program runs, and what becomes of it afterwards.

import type { Process } from '../../../fs/process.ts';
import type { BuildWorker, StepMount } from '../../build-worker.ts';
import { joinPath } from '../../go-path.ts';
import { copyIntoLayer } from '../copy-files.ts';
import type { SourceTree } from '../source-tree.ts';
import type { MountSpec, Operation, Vertex } from './vertex.ts';

interface Sources {
  /** The layer that the mount at this place in the list comes from. */
  readonly chainOf: (at: number) => string;
  /** The client's directory, if that is the input. */
  readonly treeOf: (input: Vertex) => SourceTree | undefined;
  readonly secrets: ReadonlyMap<string, Uint8Array>;
  readonly missing: (id: string) => Error;
}

export interface Lent {
  readonly mounts: readonly StepMount[];
  readonly release: () => void;
}

type Run = Extract<Operation, { readonly kind: 'run' }>;

const CACHE_MODE = 0o755;
const SECRET_MODE = 0o400;
const SCRIPT_MODE = 0o755;

/** Throws what `missing` makes for a secret that has to be there. */
export const lendMounts = (worker: BuildWorker, { mounts, script, argv }: Run, sources: Sources): Lent => {
  const releases: (() => void)[] = [];
  const release = (): void => {
    for (const each of releases.reverse()) each();
  };
  try {
    const list = mounts.flatMap((mount, at) => stepMount(worker, mount, at, sources, releases));
    if (script !== undefined) list.push(scriptMount(argv[0] as string, script));
    return { mounts: list, release };
  } catch (error) {
    release();
    throw error;
  }
};

const scriptMount = (target: string, script: string): StepMount => ({
  kind: 'secret',
  target,
  data: new TextEncoder().encode(script),
  uid: 0,
  gid: 0,
  mode: SCRIPT_MODE,
});

const stepMount = (
  worker: BuildWorker,
  mount: MountSpec,
  at: number,
  sources: Sources,
  releases: (() => void)[],
): StepMount[] => {
  const { type, target, size } = mount;
  if (type === 'tmpfs') return [{ kind: 'tmpfs', target, size }];
  if (type === 'ssh') return [];
  if (type === 'secret') return secretMount(mount, sources);
  const { root, release } =
    type === 'cache'
      ? worker.cacheMount(`cachemount ${mount.id}`, `cached mount ${target}`, {
          uid: mount.uid,
          gid: mount.gid,
          mode: mount.mode ?? CACHE_MODE,
        })
      : lentTree(worker, mount, sources.chainOf(at), sources);
  releases.push(release);
  const path = joinPath(root, mount.source);
  return [{ kind: 'tree', target, path, readOnly: mount.readOnly }];
};

const lentTree = (
  worker: BuildWorker,
  { input }: MountSpec,
  chain: string,
  { treeOf }: Sources,
): { root: string; release: () => void } => {
  const tree = input === undefined ? undefined : treeOf(input);
  const fill = (inside: Process): void => {
    if (tree !== undefined) copyIntoLayer(inside, [{ tree, path: '', name: '' }], '/', { uid: 0, gid: 0 });
  };
  return worker.lend(chain, tree === undefined ? undefined : fill);
};

const secretMount = (mount: MountSpec, { secrets, missing }: Sources): StepMount[] => {
  const data = secrets.get(mount.id);
  if (data === undefined && mount.required) throw missing(mount.id);
  if (data === undefined) return [];
  const { target, uid, gid } = mount;
  return [{ kind: 'secret', target, data, uid, gid, mode: mount.mode ?? SECRET_MODE }];
};
