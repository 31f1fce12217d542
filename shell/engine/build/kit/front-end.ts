// The Dockerfile front end: the stages, what they stand on, and the vertices that are made for them.

import type { BaseImage, BuildWorker } from '../../build-worker.ts';
import type { Config } from '../../config.ts';
import { isEngineError } from '../../engine-error.ts';
import { BuildArguments } from '../build-arguments.ts';
import type { FrontEnd as FrontEndName, LineRange } from '../instruction.ts';
import type { Dockerfile } from '../instructions.ts';
import type { Teller } from './events.ts';
import { blaming, KitFailure } from './failure.ts';
import { canonicalName, registryWords } from './image-names.ts';
import { KitStage } from './kit-stage.ts';
import type { Manner } from './manner.ts';
import { platformArguments } from './platform.ts';
import { copyOrigin, type GraphStage, type Origin, type StageGraph, stageGraph } from './stage-graph.ts';
import { digestOf, type Vertex, Vertices } from './vertex.ts';

export interface FrontEndRequest {
  readonly dockerfile: Dockerfile;
  readonly frontEnd: FrontEndName;
  readonly manner: Manner;
  readonly worker: BuildWorker;
  readonly teller: Teller;
  readonly arguments: ReadonlyMap<string, string>;
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly target: string | undefined;
  readonly pull: boolean;
  readonly noCache: boolean;
  /** Stages whose steps are done anew. */
  readonly noCacheFilter: readonly string[];
  /** Differs from build to build: sources of the client's are never the same vertex. */
  readonly session: string;
}

export interface Target {
  readonly stage: KitStage;
  /** The image at the bottom of it. */
  readonly base: BaseImage | undefined;
}

export class FrontEnd {
  readonly request: FrontEndRequest;
  readonly vertices = new Vertices();
  readonly graph: StageGraph;
  readonly #global: Map<string, string | undefined>;
  readonly #images = new Map<string, BaseImage>();
  readonly #stages = new Map<number, Target>();
  readonly #steps = new Map<KitStage, number>();

  /** Throws KitFailure. */
  constructor(request: FrontEndRequest) {
    this.request = request;
    const { dockerfile, manner, target } = request;
    this.#global = new Map(platformArguments(dockerfile.stages.at(-1)?.from.platform));
    const bare = this.#bareStage();
    for (const { args, lines } of dockerfile.args) {
      for (const [name, value] of args) {
        const own = value === undefined ? undefined : blaming(lines, () => bare().expand(value));
        this.#global.set(name, request.arguments.get(name) ?? own ?? this.#global.get(name));
      }
    }
    this.graph = stageGraph({
      stages: dockerfile.stages,
      manner,
      target,
      expand: (text) => bare().expand(text),
    });
  }

  #bareStage(): () => KitStage {
    return () => {
      const args = new BuildArguments(this.request.arguments, this.#global, new Set());
      for (const name of this.#global.keys()) args.declare(name, undefined);
      const stage = new KitStage(undefined, {}, args, this.request.dockerfile.escapeToken, undefined);
      for (const name of this.#global.keys()) stage.takeArgument(name);
      return stage;
    };
  }

  /** Asks for the configurations of all images that stages stand on. Throws KitFailure. */
  loadMetadata(): void {
    for (const { base, source, mounts } of this.graph.needed) {
      if (base !== undefined && 'image' in base) this.#metadata(base.image, source.from.lines);
      if (this.request.manner.name === 'engine') continue;
      for (const instruction of source.instructions) {
        const from = [
          ...(instruction.kind === 'copy' ? [instruction.from] : []),
          ...(mounts.get(instruction) ?? []).map((mount) => mount.from),
        ];
        for (const name of from) {
          const origin = name === undefined ? undefined : copyOrigin(this.request.dockerfile.stages, name);
          if (origin !== undefined && 'image' in origin) this.#metadata(origin.image, instruction.lines);
        }
      }
    }
  }

  #metadata(reference: string, lines: LineRange): BaseImage {
    const { worker, teller, manner, pull } = this.request;
    const known = this.#images.get(reference);
    if (known !== undefined) return known;
    const canonical = canonicalName(reference);
    const name = `[internal] load metadata for ${canonical}`;
    const id = digestOf(name);
    teller.announce({ id, name, digest: id });
    teller.started(id);
    try {
      const base = worker.base(reference, pull);
      this.#images.set(reference, base);
      teller.completed(id);
      return base;
    } catch (error) {
      if (!isEngineError(error)) throw error;
      const reason = registryWords(error.code, canonical, error.message);
      teller.completed(id, { error: reason });
      throw new KitFailure(manner.noBase(reference, canonical, reason), { lines, early: true });
    }
  }

  /** A stage on its base. Throws KitFailure. */
  begin(graphStage: GraphStage): KitStage {
    const begun = this.#begin(graphStage);
    this.#stages.set(graphStage.index, begun);
    return begun.stage;
  }

  /** The stage that is asked for; it must have begun. */
  get target(): Target {
    return this.#stages.get(this.graph.target.index) as Target;
  }

  #begin(graphStage: GraphStage): Target {
    const { base: origin, source } = graphStage;
    const args = new BuildArguments(this.request.arguments, this.#global, new Set());
    const { escapeToken } = this.request.dockerfile;
    if (origin === undefined) {
      const stage = new KitStage(undefined, { WorkingDir: '/' }, args, escapeToken, undefined);
      return { stage, base: undefined };
    }
    if ('stage' in origin) {
      const { stage: before, base } = this.#stages.get(origin.stage) as Target;
      const stage = new KitStage(before.vertex, structuredClone(before.config), args, escapeToken, before);
      return { stage, base };
    }
    const base = this.#metadata(origin.image, source.from.lines);
    const name = this.prefixed(graphStage, undefined, `FROM ${this.#shownImage(origin.image, base)}`);
    const vertex = this.vertices.make({ kind: 'image', reference: origin.image, base }, name, {
      lines: source.from.lines,
    });
    const config: Partial<Config> = structuredClone(base.config.config);
    return { stage: new KitStage(vertex, config, args, escapeToken, undefined), base };
  }

  /** 20.10 leaves `latest` away; what comes from a registry is pinned to its digest. */
  #shownImage(reference: string, { canonical, pull }: BaseImage): string {
    const isEngine = this.request.manner.name === 'engine';
    const bare = canonical.slice(0, canonical.lastIndexOf(':'));
    if (pull !== undefined) return `${isEngine ? bare : canonical}@${pull.digest}`;
    return isEngine && !/:[^/]*$/.test(reference) ? bare : canonical;
  }

  /** `[stage 2/5] RUN …`; without `stage` it is the base. */
  prefixed({ source, name, base }: GraphStage, stage: KitStage | undefined, text: string): string {
    const counted = source.instructions.filter(({ kind }) =>
      ['run', 'copy', 'add', 'workdir'].includes(kind),
    );
    const first = base !== undefined && 'image' in base ? 1 : 0;
    const total = counted.length + first;
    const at = stage === undefined ? 1 : (this.#steps.get(stage) ?? first) + 1;
    if (stage !== undefined) this.#steps.set(stage, at);
    return `[${this.graph.named ? `${name} ` : ''}${at}/${total}] ${text}`;
  }

  /** Where a `--from` leads. Throws KitFailure. */
  input(name: string, lines: LineRange): Vertex | undefined {
    const origin: Origin = copyOrigin(this.request.dockerfile.stages, name);
    if ('stage' in origin) return this.#stages.get(origin.stage)?.stage.vertex;
    const base = this.request.manner.name === 'engine' ? undefined : this.#metadata(origin.image, lines);
    const shown = base === undefined ? canonicalName(origin.image) : this.#shownImage(origin.image, base);
    return this.vertices.make({ kind: 'image', reference: origin.image, base }, `FROM ${shown}`, { lines });
  }

  /** The directory of the client's. */
  context(): Vertex {
    return this.vertices.make({ kind: 'context' }, '[internal] load build context', {
      salt: this.request.session,
    });
  }

  /** Whether steps of a stage are done anew. */
  isAnew({ source, index }: GraphStage): boolean {
    const { noCache, noCacheFilter } = this.request;
    return noCache || noCacheFilter.includes(source.from.stage ?? String(index));
  }
}
