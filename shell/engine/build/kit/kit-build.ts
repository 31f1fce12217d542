// A build with BuildKit from its first vertex to its last: definition, metadata, steps, export.

import type { BuildWorker } from '../../build-worker.ts';
import type { FrontEnd as FrontEndName, LineRange } from '../instruction.ts';
import { parseDockerfile } from '../instructions.ts';
import type { SourceEntry, SourceTree } from '../source-tree.ts';
import { type BuildEvent, Teller } from './events.ts';
import { KitFailure } from './failure.ts';
import { FrontEnd, type Target } from './front-end.ts';
import { imageDocument } from './image-document.ts';
import { neededEntries } from './kit-sources.ts';
import type { Manner } from './manner.ts';
import { type Result, Solver } from './solve.ts';
import type { SolveRequest } from './solve-request.ts';
import { type Sent, transfer } from './transfer.ts';
import { translate } from './translate.ts';
import { digestOf, inputsOf, type Vertex } from './vertex.ts';

/** Files that a client sends by themselves: the Dockerfile, .dockerignore. */
export interface SentFiles {
  readonly entries: readonly SourceEntry[];
  /** Names what was sent before; '' when nothing is remembered. */
  readonly shared: string;
}

/** What becomes of the result. */
export type Output =
  | { readonly kind: 'image'; readonly tags: readonly string[] }
  /** `write` gives the bytes that it wrote, for the progress. */
  | { readonly kind: 'local' | 'tar'; readonly write: (chain: string) => Promise<number> };

export interface KitRequest {
  readonly worker: BuildWorker;
  readonly manner: Manner;
  readonly now: () => bigint;
  readonly tell: (event: BuildEvent) => void;
  /** undefined: there is none. */
  readonly dockerfile: { readonly name: string; readonly text: string | undefined; readonly sent: SentFiles };
  readonly ignoreFile: SentFiles;
  readonly context: { readonly tree: SourceTree; readonly shared: string };
  /** The context came as a tar from the client. */
  readonly isRemote: boolean;
  readonly arguments: ReadonlyMap<string, string>;
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly target: string | undefined;
  readonly noCache: boolean;
  readonly noCacheFilter: readonly string[];
  readonly pull: boolean;
  readonly secrets: ReadonlyMap<string, Uint8Array>;
  readonly output: Output;
  readonly running: SolveRequest['running'];
}

export interface KitOutcome {
  /** undefined: the result went to the client. */
  readonly imageId: string | undefined;
}

/** Throws KitFailure. */
export const buildWithKit = (request: KitRequest): Promise<KitOutcome> => new KitBuild(request).run();

const FIRST_LINE: LineRange = { first: 1, last: 1 };
const SYNTAX = /^#\s*syntax\s*=\s*(\S+)\s*$/i;
const DIRECTIVE = /^#\s*[a-zA-Z][a-zA-Z0-9]*\s*=/;

/** The front end that a `# syntax=` line asks for. */
const syntaxOf = (text: string): string | undefined => {
  for (const line of text.split('\n')) {
    const [, reference] = SYNTAX.exec(line) ?? [];
    if (reference !== undefined) return reference;
    if (!DIRECTIVE.test(line)) return undefined;
  }
  return undefined;
};

const gapsOf = (text: string): readonly string[] => {
  const parsed = parseDockerfile(text, 'current');
  return parsed.problem === undefined ? parsed.dockerfile.gaps : [];
};

class KitBuild {
  readonly #request: KitRequest;
  readonly #teller: Teller;
  readonly #session: string;

  constructor(request: KitRequest) {
    this.#request = request;
    this.#teller = new Teller(request.tell, request.now);
    const hex = digestOf(`${request.now()}`).slice(7);
    this.#session = [
      hex.slice(0, 8),
      hex.slice(8, 12),
      hex.slice(12, 16),
      hex.slice(16, 20),
      hex.slice(20, 32),
    ].join('-');
  }

  async run(): Promise<KitOutcome> {
    const { manner } = this.#request;
    const text = this.#loadDefinition();
    if (manner.name === 'engine') this.#loadIgnoreFile();
    const frontEnd = this.#frontEnd(text);
    frontEnd.loadMetadata();
    const target = translate(frontEnd);
    if (manner.name === 'buildx') this.#loadIgnoreFile();
    const solver = this.#solver(target.stage.vertex);
    try {
      const result = await solver.solve(target.stage.vertex);
      return await this.#export(target, solver, result);
    } finally {
      solver.stop();
    }
  }

  /** A vertex of the machinery: it takes no cache and no time. */
  #internal<T>(name: string, work: (id: string) => T): T {
    const id = digestOf(`${this.#session} ${name}`);
    this.#teller.announce({ id, name, digest: id });
    this.#teller.started(id);
    const result = work(id);
    this.#teller.completed(id);
    return result;
  }

  #loadDefinition(): string {
    const { dockerfile, manner, isRemote } = this.#request;
    if (isRemote) {
      this.#internal('[internal] load remote build context', () => {});
      this.#internal('copy /context /', () => {});
    } else {
      this.#internal(`[internal] load build definition from ${dockerfile.name}`, (id) => {
        this.#sent(id, 'transferring dockerfile:', 'dockerfile', dockerfile.sent);
        if (manner.name === 'buildx')
          for (const gap of gapsOf(dockerfile.text ?? ''))
            this.#teller.warn(id, `Empty continuation line found in: ${gap}`);
      });
    }
    if (dockerfile.text !== undefined) return dockerfile.text;
    const mount = `/var/lib/docker/tmp/buildkit-mount${Number.parseInt(this.#session.slice(0, 8), 16)}`;
    throw new KitFailure(manner.noDockerfile(dockerfile.name, mount));
  }

  #loadIgnoreFile(): void {
    const { ignoreFile, isRemote, manner, dockerfile } = this.#request;
    const hasOwn = dockerfile.sent.entries.length > 1;
    if (isRemote || (hasOwn && manner.name === 'buildx')) return;
    this.#internal('[internal] load .dockerignore', (id) =>
      this.#sent(id, 'transferring context:', 'dockerignore', ignoreFile),
    );
  }

  /** Tells how many bytes came, and remembers what is here now. */
  #sent(id: string, title: string, kind: string, { entries, shared }: SentFiles, tree?: SourceTree): void {
    const { worker } = this.#request;
    const started = this.#teller.now();
    const key = `local ${kind} ${shared}`;
    const before: Sent | undefined = shared === '' ? undefined : worker.find(key)?.files;
    const linkTarget = (path: string): string => tree?.process.readlink(`${tree.root}/${path}`) ?? '';
    const { bytes, sent } = transfer(entries, before, linkTarget);
    if (shared !== '') {
      const size = entries.reduce((sum, { stat }) => sum + (stat.kind === 'file' ? stat.size : 0), 0);
      const description = `local source for ${kind === 'dockerignore' ? 'context' : kind}`;
      worker.keep({ key, chain: '', kind: 'source.local', description, size, files: sent });
    }
    this.#teller.done(id, title, started, bytes);
  }

  #frontEnd(text: string): FrontEnd {
    const { worker, manner, target, pull, noCache, noCacheFilter, labels } = this.#request;
    const syntax = syntaxOf(text);
    if (syntax !== undefined) this.#loadSyntax(syntax);
    const name: FrontEndName = syntax === undefined ? manner.frontEnd : 'current';
    if (text === '') throw new KitFailure('the Dockerfile cannot be empty', { early: true });
    const parsed = parseDockerfile(text, name);
    if (parsed.problem !== undefined) {
      const { kind, lines = kind === 'syntax' || kind === 'order' ? FIRST_LINE : undefined } = parsed.problem;
      throw new KitFailure(manner.parseError(parsed.problem), { ...(lines && { lines }), early: true });
    }
    return new FrontEnd({
      dockerfile: parsed.dockerfile,
      frontEnd: name,
      manner,
      worker,
      teller: this.#teller,
      arguments: this.#request.arguments,
      labels,
      target,
      pull,
      noCache,
      noCacheFilter,
      session: this.#session,
    });
  }

  /** The front end of a `# syntax=` line is there already: cowsh has the current one. */
  #loadSyntax(reference: string): void {
    const canonical = reference.includes('.') ? reference : `docker.io/${reference}`;
    const scheme = this.#request.manner.name === 'buildx' ? 'docker-image://' : '';
    this.#internal(`resolve image config for ${scheme}${canonical}`, () => {});
    const name = `docker-image://${canonical}@${digestOf(canonical)}`;
    const id = digestOf(name);
    this.#teller.announce({ id, name, digest: id });
    this.#teller.started(id);
    this.#teller.completed(id, { cached: true });
  }

  #solver(target: Vertex | undefined): Solver {
    const { worker, manner, pull, secrets, running, context, isRemote } = this.#request;
    return new Solver({
      worker,
      teller: this.#teller,
      manner,
      pull,
      secrets,
      session: this.#session,
      isRemote,
      running,
      context: (id) => {
        const { tree, shared } = context;
        const sent = { entries: neededEntries(tree, contextWords(target)), shared };
        const tell = (): void => {
          if (isRemote) return;
          this.#teller.started(id);
          this.#sent(id, 'transferring context:', 'context', sent, tree);
          this.#teller.completed(id);
        };
        return { tree, tell };
      },
    });
  }

  async #export(target: Target, solver: Solver, result: Result): Promise<KitOutcome> {
    const { output, manner } = this.#request;
    const name = manner.exportNames[output.kind];
    const id = digestOf(name);
    this.#teller.announce({ id, name, digest: id });
    this.#teller.started(id);
    const imageId =
      output.kind === 'image' ? await this.#image(id, target, solver, result, output.tags) : undefined;
    if (output.kind !== 'image') {
      const started = this.#teller.now();
      const bytes = await output.write(result.chain);
      const local = output.kind === 'local';
      this.#teller.done(id, local ? 'copying files' : 'sending tarball', started, local ? bytes : 0);
    }
    this.#teller.completed(id);
    return { imageId };
  }

  async #image(
    id: string,
    { stage, base }: Target,
    solver: Solver,
    { chain }: Result,
    tags: readonly string[],
  ): Promise<string> {
    const { worker } = this.#request;
    const started = this.#teller.now();
    const created = new Map<Vertex, string>();
    for (const { vertex } of stage.history)
      if (vertex !== undefined) created.set(vertex, (await solver.resultOf(vertex)).created);
    const diffIds = worker.diffIds(chain);
    if (diffIds.length > 0) this.#teller.done(id, 'exporting layers', started);
    const json = imageDocument({
      stage,
      base,
      diffIds,
      createdOf: ({ vertex }) => (vertex === undefined ? undefined : created.get(vertex)),
    });
    const imageId = worker.image(json, tags);
    this.#teller.done(id, `writing image ${imageId}`, this.#teller.now());
    for (const tag of tags) this.#teller.done(id, `naming to ${fullName(tag)}`, this.#teller.now());
    return imageId;
  }
}

/** `docker.io/library/x`, and its tag where one was given that is not `latest`. */
const fullName = (tag: string): string => {
  const name = tag.replace(/:latest$/, '');
  return name.includes('/')
    ? /^[^/]*[.:]/.test(name)
      ? name
      : `docker.io/${name}`
    : `docker.io/library/${name}`;
};

/** All words that the target's steps take from the client's directory. */
const contextWords = (target: Vertex | undefined): string[] => {
  const words = new Set<string>();
  const seen = new Set<Vertex>();
  const visit = (vertex: Vertex): void => {
    if (seen.has(vertex)) return;
    seen.add(vertex);
    const { operation } = vertex;
    if (operation.kind === 'copy' && operation.from.input?.operation.kind === 'context')
      for (const word of operation.from.words) words.add(word);
    if (operation.kind === 'run')
      for (const { input, source } of operation.mounts)
        if (input?.operation.kind === 'context') words.add(source || '/');
    for (const input of inputsOf(vertex)) visit(input);
  };
  if (target !== undefined) visit(target);
  return [...words];
};
