// What a Dockerfile can say: the instructions and their arguments.

import type { Healthcheck } from '../config.ts';

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
}
export type InstructionBody =
  | { readonly kind: 'from'; readonly base: string; readonly stage: string | undefined }
  | { readonly kind: 'run'; readonly command: CommandLine; readonly needsBuildKit: string | undefined }
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
export type Instruction = InstructionBody & { readonly original: string };
export type InstructionOf<K extends Instruction['kind']> = Instruction & { readonly kind: K };

/** A wrong instruction; `checkInstruction` puts the line before the message. */
export class InstructionError extends Error {}
