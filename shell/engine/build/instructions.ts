// A whole Dockerfile: its instructions checked one by one, and sorted into stages.

import { DockerfileSyntaxError, dockerfileLines } from './dockerfile-lines.ts';
import { type Instruction, InstructionError, type InstructionOf } from './instruction.ts';
import { instructionReaders } from './instruction-readers.ts';
import { type InstructionWords, instructionWords } from './instruction-words.ts';

interface Stage {
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
