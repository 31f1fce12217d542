// Which stages there are, what each stands on and takes from, and which of them a target needs.

import type { Instruction } from '../instruction.ts';
import type { DockerfileStage } from '../instructions.ts';
import { blaming, KitFailure } from './failure.ts';
import type { Manner } from './manner.ts';
import { type MountText, readMount } from './run-mount.ts';

/** A stage of the Dockerfile by its number, or an image. */
export type Origin = { readonly stage: number } | { readonly image: string };

export interface GraphStage {
  readonly index: number;
  readonly source: DockerfileStage;
  /** As the progress names it. */
  readonly name: string;
  /** undefined: scratch. */
  readonly base: Origin | undefined;
  /** Of its instructions, in order. */
  readonly mounts: ReadonlyMap<Instruction, readonly MountText[]>;
}

export interface StageGraph {
  readonly stages: readonly GraphStage[];
  /** The progress says which stage a step belongs to. */
  readonly named: boolean;
  /** The target and what it needs, in the order of the Dockerfile. */
  readonly needed: readonly GraphStage[];
  readonly target: GraphStage;
  /** What is wrong, but is not to be told before the metadata is there. */
  readonly late: KitFailure | undefined;
}

interface GraphRequest {
  readonly stages: readonly DockerfileStage[];
  readonly manner: Manner;
  readonly target: string | undefined;
  /** A base's name with its variables filled in. Throws BuildError. */
  readonly expand: (text: string) => string;
}

/** Throws KitFailure. */
export const stageGraph = (request: GraphRequest): StageGraph => {
  const late: KitFailure[] = [];
  const stages = request.stages.map((source, index) => graphStage(request, source, index, late));
  const origins = new Map(stages.map((stage) => [stage, originsOf(request, stage)]));
  for (const stage of stages) refuseCircle(stage, stages, origins);
  const target = findTarget(request, stages);
  const needed = new Set<GraphStage>();
  const visit = (stage: GraphStage): void => {
    if (needed.has(stage)) return;
    needed.add(stage);
    for (const origin of origins.get(stage) ?? [])
      if ('stage' in origin) visit(stages[origin.stage] as GraphStage);
  };
  visit(target);
  const implicit = [...origins.values()].some((list) => list.slice(1).some((origin) => 'image' in origin));
  const mounted = stages.some(({ mounts }) =>
    [...mounts.values()].some((list) => list.some(standsAlone(request))),
  );
  return {
    stages,
    named: stages.length > 1 || implicit || mounted,
    needed: stages.filter((stage) => needed.has(stage)),
    target,
    late: late[0],
  };
};

/** A mount that the front end gives a stage of its own: from scratch. */
const standsAlone =
  ({ manner }: GraphRequest) =>
  ({ type }: MountText): boolean =>
    manner.name === 'buildx' || type === 'cache';

const graphStage = (
  request: GraphRequest,
  source: DockerfileStage,
  index: number,
  late: KitFailure[],
): GraphStage => {
  const { from, instructions } = source;
  const base = blaming(from.lines, () => request.expand(from.base));
  if (base === '')
    throw new KitFailure(`base name (${from.base}) should not be blank`, { lines: from.lines, early: true });
  const mounts = new Map<Instruction, readonly MountText[]>();
  for (const instruction of instructions)
    if (instruction.kind === 'run')
      mounts.set(instruction, mountsOf(request, instruction.mounts, instruction, late));
  return {
    index,
    source,
    name: from.stage ?? `stage-${index}`,
    base: base === 'scratch' ? undefined : originNamed(request.stages.slice(0, index), base),
    mounts,
  };
};

/** 20.10 refuses a wrong mount as it reads the Dockerfile, today's front end when it comes to it. */
const mountsOf = (
  { manner }: GraphRequest,
  texts: readonly string[],
  { lines }: Instruction,
  late: KitFailure[],
): MountText[] => {
  try {
    return texts.map((text) => blaming(lines, () => readMount(text)));
  } catch (error) {
    if (!(error instanceof KitFailure)) throw error;
    if (manner.name === 'engine')
      throw new KitFailure(`dockerfile parse error line ${lines.first}: ${error.message}`, {
        lines,
        early: true,
      });
    late.push(error);
    return [];
  }
};

const originNamed = (earlier: readonly DockerfileStage[], name: string): Origin => {
  const at = earlier.findLastIndex(({ from }) => from.stage === name.toLowerCase());
  return at === -1 ? { image: name } : { stage: at };
};

/** What a `--from` means. Throws KitFailure. */
export const copyOrigin = (stages: readonly DockerfileStage[], name: string): Origin => {
  const at = stages.findIndex(({ from }) => from.stage === name.toLowerCase());
  if (at !== -1) return { stage: at };
  if (!/^\d+$/.test(name)) return { image: name };
  if (Number(name) >= stages.length) throw new KitFailure(`invalid stage index ${name}`, { early: true });
  return { stage: Number(name) };
};

/** The base first, then what is copied and mounted from elsewhere. */
const originsOf = (request: GraphRequest, { base, source, mounts }: GraphStage): Origin[] => {
  const from = source.instructions.flatMap((instruction) => {
    if (instruction.kind === 'copy' && instruction.from !== undefined) return [instruction.from];
    return (mounts.get(instruction) ?? []).flatMap((mount) => mount.from ?? []);
  });
  const first: Origin = base ?? { image: 'scratch' };
  return [first, ...from.map((name) => copyOrigin(request.stages, name))];
};

const refuseCircle = (
  stage: GraphStage,
  stages: readonly GraphStage[],
  origins: ReadonlyMap<GraphStage, readonly Origin[]>,
): void => {
  const seen = new Set<GraphStage>();
  const visit = (at: GraphStage): boolean =>
    (origins.get(at) ?? []).some((origin) => {
      if (!('stage' in origin)) return false;
      const next = stages[origin.stage] as GraphStage;
      if (next === stage) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return visit(next);
    });
  if (!visit(stage)) return;
  const blamed = stage.source.instructions.find((one) => one.kind === 'copy' && one.from !== undefined);
  throw new KitFailure(`circular dependency detected on stage: ${stage.name}`, {
    lines: blamed?.lines ?? stage.source.from.lines,
    early: true,
  });
};

const findTarget = ({ target, manner }: GraphRequest, stages: readonly GraphStage[]): GraphStage => {
  const last = stages.at(-1) as GraphStage;
  if (target === undefined || target === '') return last;
  const named = stages.find(({ source }) => source.from.stage === target.toLowerCase());
  const numbered = manner.name === 'buildx' && /^\d+$/.test(target) ? stages[Number(target)] : undefined;
  const found = named ?? numbered;
  if (found === undefined) throw new KitFailure(manner.noTarget(target), { early: true });
  return found;
};
