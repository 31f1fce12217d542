// Makes the vertices of everything that the target needs, instruction after instruction.

import type { Instruction } from '../instruction.ts';
import { readTrigger } from '../instructions.ts';
import { blaming, KitFailure } from './failure.ts';
import type { FrontEnd, Target } from './front-end.ts';
import type { KitStage } from './kit-stage.ts';
import type { GraphStage } from './stage-graph.ts';
import { translations } from './translations.ts';

/** Throws KitFailure. */
export const translate = (frontEnd: FrontEnd): Target => {
  const { graph, request } = frontEnd;
  if (graph.late !== undefined) throw graph.late;
  for (const stage of graph.needed) translateStage(frontEnd, stage);
  const { target } = frontEnd;
  if (request.labels.length > 0)
    target.stage.config.Labels = { ...target.stage.config.Labels, ...Object.fromEntries(request.labels) };
  return target;
};

const translateStage = (frontEnd: FrontEnd, graphStage: GraphStage): void => {
  const { source } = graphStage;
  const stage = frontEnd.begin(graphStage);
  const { frontEnd: name, dockerfile } = frontEnd.request;
  const triggers = (stage.config.OnBuild ?? []).map((text) =>
    blaming(source.from.lines, () => readTrigger(text, dockerfile.escapeToken, name)),
  );
  stage.config.OnBuild = null;
  for (const instruction of [...triggers, ...source.instructions])
    translateInstruction(frontEnd, graphStage, stage, instruction);
};

const translateInstruction = (
  frontEnd: FrontEnd,
  graphStage: GraphStage,
  stage: KitStage,
  instruction: Instruction,
): void => {
  const translation = translations[instruction.kind] as (
    frontEnd: FrontEnd,
    graphStage: GraphStage,
    stage: KitStage,
    instruction: Instruction,
  ) => void;
  try {
    blaming(instruction.lines, () => translation(frontEnd, graphStage, stage, instruction));
  } catch (error) {
    const [, signal] = /^Invalid signal: (.*)$/.exec(error instanceof KitFailure ? error.message : '') ?? [];
    if (signal === undefined) throw error;
    throw new KitFailure(frontEnd.request.manner.badSignal(signal), {
      lines: instruction.lines,
      early: true,
    });
  }
};
