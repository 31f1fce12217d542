// Base images among the vertices: they are told of when it is known whether anybody needs their files.

import type { BaseImage, BuildWorker } from '../../build-worker.ts';
import { isEngineError } from '../../engine-error.ts';
import type { Teller } from './events.ts';
import { canonicalName, registryWords } from './image-names.ts';
import type { Vertex } from './vertex.ts';

interface BaseRequest {
  readonly worker: BuildWorker;
  readonly teller: Teller;
  readonly pull: boolean;
}

export class BaseVertices {
  readonly #request: BaseRequest;
  readonly #settled = new Set<string>();

  constructor(request: BaseRequest) {
    this.#request = request;
  }

  /** An image whose name nobody has asked for before (20.10: COPY --from of an image). `fail` throws. */
  find(vertex: Vertex, reference: string, fail: (reason: string) => never): BaseImage {
    const { teller, worker, pull } = this.#request;
    const canonical = canonicalName(reference);
    teller.started(vertex.id);
    const resolved = (): void => teller.done(vertex.id, `resolve ${canonical}`, teller.now());
    try {
      const base = worker.base(reference, pull);
      resolved();
      this.#settled.add(vertex.id);
      const known = this.#note(vertex, base);
      teller.completed(vertex.id, { cached: known });
      return base;
    } catch (error) {
      if (!isEngineError(error)) throw error;
      resolved();
      return fail(registryWords(error.code, canonical, error.message));
    }
  }

  /** Somebody asks for what stands on it: its files are `needed`, or the cache has all that was made of them. */
  settle(vertex: Vertex | undefined, needed: boolean): void {
    if (vertex?.operation.kind !== 'image') return;
    const { teller } = this.#request;
    const { base } = vertex.operation;
    const cached = needed && base !== undefined && this.#note(vertex, base);
    if (this.#settled.has(vertex.id)) return;
    this.#settled.add(vertex.id);
    const started = teller.now();
    teller.started(vertex.id);
    for (const [name, bytes] of base?.pull === undefined ? [] : pullSteps(base))
      teller.done(vertex.id, name, started, bytes, bytes);
    teller.completed(vertex.id, { cached });
  }

  /** Notes that its files were of use; whether the cache had them before. */
  #note({ name }: Vertex, { chain }: BaseImage): boolean {
    const { worker } = this.#request;
    const key = `image ${chain}`;
    const known = worker.find(key);
    if (known === undefined) worker.keep({ key, chain, description: name, size: 0 });
    else worker.use(known);
    return known !== undefined;
  }
}

/** What the progress shows of a pull: names and bytes. */
const pullSteps = ({ canonical, config, pull }: BaseImage): [name: string, bytes: number][] => [
  [`resolve ${canonical}@${pull?.digest}`, 0],
  ...(pull?.layers ?? []).flatMap(({ exists, size }, at): [string, number][] => {
    const digest = config.rootfs.diff_ids?.[at] ?? '';
    return exists
      ? []
      : [
          [digest, size],
          [`extracting ${digest}`, 0],
        ];
  }),
];
