// What a Dockerfile can say: the instructions and their arguments.

import type { Healthcheck } from '../config.ts';
import type { Heredoc } from './heredoc.ts';

/** A command; in shell form it is one word for the shell. */
export interface CommandLine {
  readonly words: readonly string[];
  readonly shell: boolean;
}
export type Pair = readonly [name: string, value: string];
export interface CopyArguments {
  readonly sources: readonly string[];
  readonly destination: string;
  readonly from: string | undefined;
  readonly chown: string | undefined;
  readonly chmod: string | undefined;
  /** A layer of its own, whatever lies below. */
  readonly link: boolean;
  readonly checksum: string | undefined;
  readonly heredocs: readonly Heredoc[];
}
export interface RunArguments {
  readonly command: CommandLine;
  /** Values of --mount. */
  readonly mounts: readonly string[];
  readonly network: string | undefined;
  readonly heredocs: readonly Heredoc[];
  /** The first flag that the classic builder refuses. */
  readonly needsBuildKit: string | undefined;
}
export type InstructionBody =
  | {
      readonly kind: 'from';
      readonly base: string;
      readonly stage: string | undefined;
      readonly platform: string | undefined;
    }
  | ({ readonly kind: 'run' } & RunArguments)
  | { readonly kind: 'cmd'; readonly command: CommandLine }
  | { readonly kind: 'entrypoint'; readonly command: CommandLine }
  | ({ readonly kind: 'copy' } & CopyArguments)
  | ({ readonly kind: 'add' } & CopyArguments)
  | { readonly kind: 'env'; readonly pairs: readonly Pair[] }
  | { readonly kind: 'label'; readonly pairs: readonly Pair[] }
  | { readonly kind: 'arg'; readonly args: readonly (readonly [name: string, value: string | undefined])[] }
  | { readonly kind: 'workdir'; readonly path: string }
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'stopsignal'; readonly signal: string }
  | { readonly kind: 'maintainer'; readonly maintainer: string }
  | { readonly kind: 'expose'; readonly ports: readonly string[] }
  | { readonly kind: 'volume'; readonly paths: readonly string[] }
  | { readonly kind: 'shell'; readonly words: readonly string[] }
  | { readonly kind: 'onbuild'; readonly trigger: string }
  | { readonly kind: 'healthcheck'; readonly health: Healthcheck };
/** Lines of the Dockerfile, counted from 1. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}
export type Instruction = InstructionBody & { readonly original: string; readonly lines: LineRange };
export type InstructionOf<K extends Instruction['kind']> = Instruction & { readonly kind: K };

/**
 * Who reads the Dockerfile: the classic builder, BuildKit's own front end in 20.10 (docker/dockerfile 1.2), or the
 * current one, which a `# syntax=` line asks for.
 */
export type FrontEnd = 'classic' | 'buildkit' | 'current';

/** A wrong instruction; the line comes before the message. */
export class InstructionError extends Error {
  /** What could have stood there. */
  readonly known: readonly string[];

  constructor(message: string, known: readonly string[] = []) {
    super(message);
    this.known = known;
  }
}
