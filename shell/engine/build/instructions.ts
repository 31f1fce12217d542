// A whole Dockerfile: its instructions checked one by one, and sorted into stages.

import { BuildError } from './build-error.ts';
import { DockerfileSyntaxError, dockerfileLines } from './dockerfile-lines.ts';
import {
  type FrontEnd,
  type Instruction,
  InstructionError,
  type InstructionOf,
  type LineRange,
} from './instruction.ts';
import { instructionReaders } from './instruction-readers.ts';
import { type InstructionWords, instructionWords } from './instruction-words.ts';

export interface DockerfileStage {
  readonly from: InstructionOf<'from'>;
  readonly instructions: readonly Instruction[];
}
export interface Dockerfile {
  /** ARGs before the first FROM. */
  readonly args: readonly InstructionOf<'arg'>[];
  readonly stages: readonly DockerfileStage[];
  readonly escapeToken: string;
  /** Instructions with an empty line among their continuation lines. */
  readonly gaps: readonly string[];
}

/** What is wrong with a Dockerfile. */
export interface DockerfileProblem {
  /** A line that is none, a wrong instruction, or instructions in a wrong order. */
  readonly kind: 'syntax' | 'instruction' | 'order';
  readonly message: string;
  readonly lines: LineRange | undefined;
  /** Words that could have stood where an unknown one stands. */
  readonly known: readonly string[];
}

export const parseDockerfile = (
  source: string,
  frontEnd: FrontEnd = 'classic',
): { dockerfile: Dockerfile; problem?: undefined } | { problem: DockerfileProblem } => {
  let lines: LineRange | undefined;
  try {
    const text = dockerfileLines(source, { heredocs: frontEnd === 'current' });
    const read = text.lines.map(({ text: line, line: first, end: last, heredocs }) => {
      lines = { first, last };
      return { words: instructionWords(line, text.escapeToken, heredocs), lines };
    });
    const list = read.map(({ words, lines: own }) => {
      lines = own;
      return readInstruction(words, frontEnd, own);
    });
    lines = undefined;
    return { dockerfile: { ...stagesOf(list), escapeToken: text.escapeToken, gaps: text.gaps } };
  } catch (error) {
    if (error instanceof DockerfileSyntaxError)
      return { problem: { kind: 'syntax', message: error.message, lines, known: [] } };
    if (!(error instanceof InstructionError)) throw error;
    const kind = lines === undefined ? 'order' : 'instruction';
    return { problem: { kind, message: error.message, lines, known: error.known } };
  }
};

const ALONE: LineRange = { first: 1, last: 1 };

/** A problem in the classic builder's words. */
export const classicWords = ({ kind, message, lines }: DockerfileProblem): string => {
  if (kind === 'syntax') return `failed to parse Dockerfile: ${message}`;
  return kind === 'order' ? message : `dockerfile parse error line ${lines?.first}: ${message}`;
};

/** One instruction on its own: an ONBUILD trigger, a --change. Throws InstructionError, DockerfileSyntaxError. */
export const parseInstruction = (
  text: string,
  escapeToken = '\\',
  frontEnd: FrontEnd = 'classic',
): Instruction => readInstruction(instructionWords(text, escapeToken), frontEnd, ALONE);

/** A trigger of the base image. Throws BuildError. */
export const readTrigger = (text: string, escapeToken?: string, frontEnd?: FrontEnd): Instruction => {
  try {
    return parseInstruction(text, escapeToken, frontEnd);
  } catch (error) {
    const known = error instanceof InstructionError || error instanceof DockerfileSyntaxError;
    throw known ? new BuildError(error.message) : error;
  }
};

const readInstruction = (words: InstructionWords, frontEnd: FrontEnd, lines: LineRange): Instruction => {
  const read = Object.hasOwn(instructionReaders, words.name) ? instructionReaders[words.name] : undefined;
  if (!read)
    throw new InstructionError(`unknown instruction: ${words.name}`, Object.keys(instructionReaders));
  return { ...read(words, frontEnd), original: words.original, lines };
};

const stagesOf = (list: readonly Instruction[]): Pick<Dockerfile, 'args' | 'stages'> => {
  const args: InstructionOf<'arg'>[] = [];
  const stages: { from: InstructionOf<'from'>; instructions: Instruction[] }[] = [];
  for (const instruction of list) {
    const stage = stages.at(-1);
    if (instruction.kind === 'from') stages.push({ from: instruction, instructions: [] });
    else if (stage) stage.instructions.push(instruction);
    else if (instruction.kind === 'arg') args.push(instruction);
    else throw new InstructionError('no build stage in current context');
  }
  if (stages.length === 0) throw new InstructionError('no build stage in current context');
  return { args, stages };
};
