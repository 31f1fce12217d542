// Solves a graph of vertices: what is in the cache is taken from there, the rest is done, stages side by side.

import { isFsError } from '../../../fs/errno.ts';
import type { Process } from '../../../fs/process.ts';
import type { CacheRecord } from '../../build-cache.ts';
import { isEngineError } from '../../engine-error.ts';
import { ArchiveError } from '../../tar/read-archive.ts';
import { isPredefined } from '../build-arguments.ts';
import { BuildError } from '../build-error.ts';
import { PatternError } from '../dockerignore.ts';
import type { SourceTree } from '../source-tree.ts';
import { BaseVertices } from './base-vertices.ts';
import { contentKey } from './content-key.ts';
import { fillCopy } from './copy-step.ts';
import { CANCELED } from './events.ts';
import { KitFailure } from './failure.ts';
import { kitSources, MissingSource } from './kit-sources.ts';
import { runStep } from './run-step.ts';
import type { SolveRequest } from './solve-request.ts';
import { type CopyFrom, digestOf, inputsOf, type Vertex } from './vertex.ts';

export interface Result {
  readonly key: string;
  readonly chain: string;
  /** It was in the cache. */
  readonly hit: boolean;
  /** RFC 3339: when its layer was made. */
  readonly created: string;
}

type Op<K extends Vertex['operation']['kind']> = Extract<Vertex['operation'], { readonly kind: K }>;

const NOTHING: Result = { key: '', chain: '', hit: true, created: '' };

export class Solver {
  readonly #request: SolveRequest;
  readonly #results = new Map<string, Promise<Result>>();
  readonly #stops = new Set<() => void>();
  readonly #bases: BaseVertices;
  readonly #trees = new Map<string, SourceTree>();
  #failed = false;
  /** How the context came is told after the base, which has to wait for what the context holds. */
  #untold: () => void = () => {};

  constructor(request: SolveRequest) {
    this.#request = request;
    this.#bases = new BaseVertices(request);
  }

  /** Announces everything that the target needs, and makes it. Throws KitFailure. */
  async solve(target: Vertex | undefined): Promise<Result> {
    if (target === undefined) return NOTHING;
    const announced = new Set<string>();
    const announce = (vertex: Vertex): void => {
      if (announced.has(vertex.id)) return;
      announced.add(vertex.id);
      for (const input of inputsOf(vertex)) announce(input);
      if (!this.#isInvisible(vertex)) this.#request.teller.announce(vertex);
    };
    announce(target);
    try {
      const result = await this.prepare(target);
      if (target.operation.kind === 'image') this.#bases.settle(target, true);
      return result;
    } finally {
      await Promise.allSettled(this.#results.values());
    }
  }

  /** A context that came as a tar is there already. */
  #isInvisible({ operation }: Vertex): boolean {
    return operation.kind === 'context' && this.#request.isRemote;
  }

  /** Results of vertices that were solved. */
  async resultOf(vertex: Vertex): Promise<Result> {
    return (await this.#results.get(vertex.id)) ?? NOTHING;
  }

  /** Ends all programs: docker was interrupted. */
  stop(): void {
    this.#failed = true;
    for (const stop of this.#stops) stop();
  }

  prepare(vertex: Vertex | undefined): Promise<Result> {
    if (vertex === undefined) return Promise.resolve(NOTHING);
    const known = this.#results.get(vertex.id);
    if (known !== undefined) return known;
    const result = this.#make(vertex);
    this.#results.set(vertex.id, result);
    return result;
  }

  async #make(vertex: Vertex): Promise<Result> {
    const { operation } = vertex;
    if (operation.kind === 'image') return this.#image(vertex, operation);
    if (operation.kind === 'context') {
      const { tree, tell } = this.#request.context(vertex.id);
      this.#trees.set(vertex.id, tree);
      this.#untold = tell;
      return NOTHING;
    }
    if (operation.kind === 'url') return this.#offline(vertex, operation.url);
    if (operation.kind === 'run') return this.#run(vertex, operation);
    if (operation.kind === 'copy') return this.#copy(vertex, operation);
    return operation.kind === 'directory'
      ? this.#directory(vertex, operation)
      : this.#cached(vertex, undefined, NOTHING, `document ${digestOf(operation.text)}`, () => '');
  }

  #image(vertex: Vertex, { reference, base }: Op<'image'>): Result {
    const fail = (reason: string): never => this.#fail(vertex, reason, `failed to load cache key: ${reason}`);
    const { chain } = base ?? this.#bases.find(vertex, reference, fail);
    return { key: `image ${chain}`, chain, hit: true, created: '' };
  }

  #tellContext(): void {
    const tell = this.#untold;
    this.#untold = () => {};
    tell();
  }

  #offline(vertex: Vertex, url: string): never {
    this.#request.teller.started(vertex.id);
    const { host } = new URL(url);
    const reason = `Get "${url}": dial tcp: lookup ${host}: no such host (cowsh has no network)`;
    return this.#fail(vertex, reason, `failed to load cache key: ${reason}`, false);
  }

  /** Throws KitFailure. The vertex's error and the whole build's may differ in words. */
  #fail(vertex: Vertex, reason: string, whole = reason, blame = true): never {
    this.#request.teller.completed(vertex.id, { error: this.#failed ? CANCELED : reason });
    this.stop();
    throw new KitFailure(whole, blame && vertex.lines !== undefined ? { lines: vertex.lines } : {});
  }

  async #run(vertex: Vertex, operation: Op<'run'>): Promise<Result> {
    const inputs = [...operation.mounts.map(({ input }) => input), ...operation.drafts];
    const [parent, ...sources] = (await Promise.all(
      [operation.parent, ...inputs].map((input) => this.prepare(input)),
    )) as [Result, ...Result[]];
    const contents = operation.mounts.map((mount, at) => {
      const source = mount.source.replace(/^\/+/, '');
      if (mount.type !== 'bind') return sources[at]?.key ?? '';
      return this.#contentOf(
        vertex,
        { input: mount.input, words: [source || '/'], documents: [], drafts: [] },
        sources[at],
      );
    });
    const { parent: _parent, drafts: _drafts, mounts, env, ...rest } = operation;
    const key = digestOf(
      JSON.stringify([
        parent.key,
        rest,
        env.filter((entry) => !isPredefined(entry)),
        mounts.map(({ input: _input, ...mount }, at) => [mount, contents[at]]),
      ]),
    );
    return this.#cached(vertex, operation.parent, parent, key, () =>
      this.#program(vertex, operation, parent, sources),
    );
  }

  #program(
    vertex: Vertex,
    operation: Op<'run'>,
    parent: Result,
    sources: readonly Result[],
  ): Promise<string> {
    return runStep(this.#request, operation, {
      vertex,
      parent: parent.chain,
      chainOf: (at) => sources[at]?.chain ?? '',
      treeOf: (input) => this.#trees.get(input.id),
      fail: (reason) => this.#fail(vertex, reason),
      started: (stop) => {
        this.#stops.add(stop);
        if (this.#failed) stop();
      },
      ended: (stop) => this.#stops.delete(stop),
    });
  }

  async #copy(vertex: Vertex, operation: Op<'copy'>): Promise<Result> {
    const [parent, source] = (await Promise.all(
      [operation.parent, operation.from.input, ...operation.from.drafts].map((input) => this.prepare(input)),
    )) as [Result, Result];
    const content = this.#contentOf(vertex, operation.from, source);
    const { parent: _parent, from, ...rest } = operation;
    const below = operation.link ? '' : parent.key;
    const names = from.documents;
    const key = digestOf(JSON.stringify([below, rest, from.words, names, content]));
    if (operation.link) return this.#linked(vertex, operation, parent, source, key);
    return this.#cached(vertex, operation.parent, parent, key, () =>
      this.#copied(vertex, operation, parent.chain, source),
    );
  }

  /** A layer made on nothing: it is found again whatever lies below it, and then only put there. */
  #linked(vertex: Vertex, operation: Op<'copy'>, parent: Result, source: Result, key: string): Result {
    const { worker, teller } = this.#request;
    this.#bases.settle(operation.parent, !parent.hit);
    this.#tellContext();
    const known = vertex.ignoreCache ? undefined : worker.find(key);
    teller.started(vertex.id);
    const record =
      known ??
      worker.keep({ key, chain: this.#copied(vertex, operation, '', source), description: vertex.name });
    if (known !== undefined) worker.use(known);
    const chain = worker.link(parent.chain, record.chain);
    const hit = known !== undefined && parent.hit;
    teller.completed(vertex.id, { cached: hit });
    return { key: digestOf(`${parent.key} ${key}`), chain, hit, created: record.created };
  }

  #copied(vertex: Vertex, operation: Op<'copy'>, below: string, source: Result): string {
    return this.#guarded(vertex, () =>
      this.#withTree(operation.from.input, source, (tree) =>
        this.#request.worker.files(below, (inside) => fillCopy(inside, operation, tree)),
      ),
    );
  }

  #withTree<T>(input: Vertex | undefined, source: Result, use: (tree: SourceTree | undefined) => T): T {
    if (input === undefined) return use(undefined);
    const local = this.#trees.get(input.id);
    if (local !== undefined) return use(local);
    this.#bases.settle(input, true);
    return this.#request.worker.tree(source.chain, (inside) =>
      use({ process: inside, root: '/', inImage: true }),
    );
  }

  #contentOf(vertex: Vertex, from: CopyFrom, source: Result | undefined): string {
    if (from.input === undefined) return '';
    try {
      return this.#withTree(from.input, source ?? NOTHING, (tree) =>
        tree === undefined ? '' : contentKey(kitSources(tree, from.words)),
      );
    } catch (error) {
      if (!(error instanceof MissingSource || error instanceof PatternError)) throw error;
      const ref = `${this.#request.session}::${source?.chain.slice(7, 32) || vertex.digest.slice(7, 32)}`;
      const missing = this.#request.manner.sourceMissing(error.message, ref);
      const wrong = `failed to compute cache key: ${error.message}`;
      const { vertex: reason, whole } =
        error instanceof PatternError ? { vertex: wrong, whole: wrong } : missing;
      // Whether the files of the base are needed will never be known.
      const parent = 'parent' in vertex.operation ? vertex.operation.parent : undefined;
      this.#bases.settle(parent, false);
      this.#tellContext();
      this.#request.teller.started(vertex.id);
      return this.#fail(vertex, reason, whole);
    }
  }

  async #directory(vertex: Vertex, { parent: below, path }: Op<'directory'>): Promise<Result> {
    const parent = await this.prepare(below);
    const key = digestOf(JSON.stringify([parent.key, 'directory', path]));
    return this.#cached(vertex, below, parent, key, () =>
      this.#guarded(vertex, () =>
        this.#request.worker.files(parent.chain, (inside) => fillDirectory(inside, path)),
      ),
    );
  }

  /** The first miss misses all after it. */
  async #cached(
    vertex: Vertex,
    below: Vertex | undefined,
    parent: Result,
    key: string,
    work: () => string | Promise<string>,
  ): Promise<Result> {
    const { worker, teller } = this.#request;
    const record = vertex.ignoreCache || !parent.hit ? undefined : worker.find(key);
    this.#bases.settle(below, record === undefined);
    this.#tellContext();
    if (record !== undefined) return this.#taken(vertex, record);
    if (this.#failed) throw new KitFailure(CANCELED);
    teller.started(vertex.id);
    const chain = await work();
    const { created } = worker.keep({ key, chain, description: vertex.name, created: worker.now() });
    teller.completed(vertex.id);
    return { key, chain, hit: false, created };
  }

  #taken(vertex: Vertex, record: CacheRecord): Result {
    const { worker, teller } = this.#request;
    worker.use(record);
    teller.started(vertex.id);
    teller.completed(vertex.id, { cached: true });
    return { key: record.key, chain: record.chain, hit: true, created: record.created };
  }

  #guarded<T>(vertex: Vertex, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (isFsError(error))
        return this.#fail(vertex, `${error.call} ${error.path}: ${error.message.toLowerCase()}`);
      if (isEngineError(error) || error instanceof ArchiveError || error instanceof BuildError)
        return this.#fail(vertex, error.message);
      throw error;
    }
  }
}

const fillDirectory = (inside: Process, path: string): void => {
  const parts = path.split('/').filter((part) => part !== '');
  for (const at of parts.keys()) {
    const directory = `/${parts.slice(0, at + 1).join('/')}`;
    if (inside.tryStat(directory)?.kind !== 'directory') inside.mkdir(directory, 0o755);
  }
};
