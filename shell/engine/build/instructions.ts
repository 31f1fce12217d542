// What a Dockerfile says: instructions with their arguments checked, in stages.

import type { Healthcheck } from '../config.ts';
import { DockerfileSyntaxError, dockerfileLines } from './dockerfile-lines.ts';
import { instructionReaders } from './instruction-readers.ts';
import { type InstructionWords, instructionWords } from './instruction-words.ts';

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

export interface Stage {
  readonly from: InstructionOf<'from'>;
  readonly instructions: readonly Instruction[];
}
export interface Dockerfile {
  /** ARGs before the first FROM. */
  readonly args: readonly InstructionOf<'arg'>[];
  readonly stages: readonly Stage[];
  readonly escapeToken: string;
  /** Instructions with an empty line among their continuation lines. */
  readonly gaps: readonly string[];
}

/** A wrong instruction; `checkInstruction` puts the line before the message. */
export class InstructionError extends Error {}

/** The error is the daemon's text. */
export const parseDockerfile = (
  source: string,
): { dockerfile: Dockerfile; error?: undefined } | { error: string } => {
  try {
    const { lines, escapeToken, gaps } = dockerfileLines(source);
    const words = lines.map(({ text, line }) => instructionWords(text, line, escapeToken));
    return { dockerfile: { ...stagesOf(words), escapeToken, gaps } };
  } catch (error) {
    if (error instanceof DockerfileSyntaxError)
      return { error: `failed to parse Dockerfile: ${error.message}` };
    if (error instanceof InstructionError) return { error: error.message };
    throw error;
  }
};

/** One instruction on its own: an ONBUILD trigger, a --change. Throws InstructionError, DockerfileSyntaxError. */
export const parseInstruction = (text: string, escapeToken = '\\'): Instruction =>
  readInstruction(instructionWords(text, 1, escapeToken));

const readInstruction = (words: InstructionWords): Instruction => {
  const read = Object.hasOwn(instructionReaders, words.name) ? instructionReaders[words.name] : undefined;
  if (!read) throw new InstructionError(`unknown instruction: ${words.name}`);
  return { ...read(words), original: words.original };
};

const checkInstruction = (words: InstructionWords): Instruction => {
  try {
    return readInstruction(words);
  } catch (error) {
    if (!(error instanceof InstructionError)) throw error;
    throw new InstructionError(`dockerfile parse error line ${words.line}: ${error.message}`);
  }
};

const stagesOf = (list: readonly InstructionWords[]): Pick<Dockerfile, 'args' | 'stages'> => {
  const args: InstructionOf<'arg'>[] = [];
  const stages: { from: InstructionOf<'from'>; instructions: Instruction[] }[] = [];
  for (const words of list) {
    const instruction = checkInstruction(words);
    const stage = stages.at(-1);
    if (instruction.kind === 'from') stages.push({ from: instruction, instructions: [] });
    else if (stage) stage.instructions.push(instruction);
    else if (instruction.kind === 'arg') args.push(instruction);
    else throw new InstructionError('no build stage in current context');
  }
  if (stages.length === 0) throw new InstructionError('no build stage in current context');
  return { args, stages };
};
