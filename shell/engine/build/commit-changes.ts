// docker commit --change: instructions applied to a container's configuration.

import { type Config, orderedConfig } from '../config.ts';
import { EngineError } from '../engine-error.ts';
import { BuildArguments } from './build-arguments.ts';
import { BuildError } from './build-error.ts';
import { DockerfileSyntaxError } from './dockerfile-lines.ts';
import { type Instruction, InstructionError } from './instruction.ts';
import { parseInstruction } from './instructions.ts';
import { metadataSteps, nextWorkingDirectory } from './metadata-steps.ts';
import { Stage } from './stage.ts';

const allowed = new Set([
  'cmd',
  'entrypoint',
  'env',
  'expose',
  'label',
  'onbuild',
  'user',
  'volume',
  'workdir',
]);

/** Throws EngineError in the words of the Dockerfile's errors. */
export const applyChanges = (config: Config, changes: readonly string[]): Config => {
  if (changes.length === 0) return orderedConfig(config);
  const stage = new Stage('', config, new BuildArguments(new Map(), new Map(), new Set()), '\\');
  try {
    for (const change of changes) apply(stage, parseInstruction(change));
  } catch (error) {
    const known =
      error instanceof InstructionError ||
      error instanceof DockerfileSyntaxError ||
      error instanceof BuildError;
    throw known ? new EngineError('plain', error.message) : error;
  }
  return orderedConfig({ ...stage.config, OpenStdin: config.OpenStdin, StdinOnce: config.StdinOnce });
};

const apply = (stage: Stage, instruction: Instruction): void => {
  if (!allowed.has(instruction.kind))
    throw new InstructionError(`${instruction.kind} is not a valid change command`);
  if (instruction.kind === 'workdir') stage.config.WorkingDir = nextWorkingDirectory(stage, instruction.path);
  else
    (metadataSteps as Readonly<Record<string, (stage: Stage, instruction: Instruction) => string>>)[
      instruction.kind
    ]?.(stage, instruction);
};
