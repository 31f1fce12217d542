// A build as a graph: each vertex is a step with everything it depends on. What no target needs is never looked at.

import { createHash } from 'node:crypto';
import type { BaseImage } from '../../build-worker.ts';
import type { LineRange } from '../instruction.ts';

export interface CopyFrom {
  /** undefined: documents in the Dockerfile. */
  readonly input: Vertex | undefined;
  readonly words: readonly string[];
  /** Here-documents: name and text. */
  readonly documents: readonly (readonly [name: string, text: string])[];
  /** The same as vertices: the progress shows them. */
  readonly drafts: readonly Vertex[];
}

export interface MountSpec {
  readonly type: 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh';
  readonly target: string;
  readonly source: string;
  readonly input: Vertex | undefined;
  readonly readOnly: boolean;
  readonly id: string;
  readonly size: string | undefined;
  readonly mode: number | undefined;
  readonly uid: number;
  readonly gid: number;
  readonly required: boolean;
}

export type Operation =
  | { readonly kind: 'image'; readonly reference: string; readonly base: BaseImage | undefined }
  | { readonly kind: 'context' }
  | { readonly kind: 'document'; readonly text: string }
  | { readonly kind: 'url'; readonly url: string }
  | {
      readonly kind: 'run';
      readonly parent: Vertex | undefined;
      readonly argv: readonly string[];
      readonly env: readonly string[];
      readonly cwd: string;
      readonly user: string;
      readonly network: string;
      readonly mounts: readonly MountSpec[];
      /** A here-document that names its own interpreter. */
      readonly script: string | undefined;
      readonly drafts: readonly Vertex[];
    }
  | {
      readonly kind: 'copy';
      readonly parent: Vertex | undefined;
      readonly command: 'COPY' | 'ADD';
      readonly from: CopyFrom;
      readonly destination: string;
      readonly chown: string;
      readonly chmod: string;
      readonly link: boolean;
    }
  | { readonly kind: 'directory'; readonly parent: Vertex | undefined; readonly path: string };

export interface Vertex {
  /** Its digest: equal steps on equal inputs are one vertex. */
  readonly id: string;
  readonly digest: string;
  readonly name: string;
  readonly operation: Operation;
  readonly lines: LineRange | undefined;
  /** Cache records are of no use for it. */
  readonly ignoreCache: boolean;
}

/** Everything but names and vertices, those by their digests. */
const definitionOf = (operation: Operation): string =>
  JSON.stringify(operation, (key, value: unknown) => {
    if (key === 'base') return (value as BaseImage | undefined)?.chain;
    if (isVertex(value)) return value.digest;
    return value;
  });

const isVertex = (value: unknown): value is Vertex =>
  typeof value === 'object' && value !== null && 'digest' in value && 'operation' in value;

export const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** Makes vertices, each once. */
export class Vertices {
  readonly #known = new Map<string, Vertex>();

  make(
    operation: Operation,
    name: string,
    {
      lines,
      salt = '',
      ignoreCache = false,
    }: { lines?: LineRange; salt?: string; ignoreCache?: boolean } = {},
  ): Vertex {
    const digest = digestOf(definitionOf(operation) + salt);
    const known = this.#known.get(digest);
    if (known !== undefined) return known;
    const vertex: Vertex = { id: digest, digest, name, operation, lines, ignoreCache };
    this.#known.set(digest, vertex);
    return vertex;
  }
}

/** Everything that a step's result is made from. */
export const inputsOf = ({ operation }: Vertex): Vertex[] => {
  if (operation.kind === 'run')
    return present([operation.parent, ...operation.mounts.map(({ input }) => input), ...operation.drafts]);
  if (operation.kind === 'copy')
    return present([operation.parent, operation.from.input, ...operation.from.drafts]);
  return operation.kind === 'directory' ? present([operation.parent]) : [];
};

const present = (list: readonly (Vertex | undefined)[]): Vertex[] => list.flatMap((vertex) => vertex ?? []);
