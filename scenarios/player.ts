// Walking through a scenario: forward one step, back one step. The progress is a value; the player only connects it
// with a stage. Going back restores the machine as it was before the step.

import { type Failure, judge } from './judge.ts';
import type { Scenario, Step } from './scenario.ts';
import { type Outcome, type Stage, typedText } from './stage.ts';

export interface Progress {
  readonly scenario: Scenario;
  /** Index of the next step; the number of steps when it is over. */
  readonly at: number;
  readonly state: 'ready' | 'typing' | 'over';
  /** One for each step behind us: what it gave, and the machine before it. */
  readonly played: readonly Played[];
}

export interface Played {
  readonly outcome: Outcome | undefined;
  readonly failures: readonly Failure[];
  readonly before: unknown;
}

export const startOf = (scenario: Scenario): Progress =>
  settle({ scenario, at: 0, state: 'ready', played: [] });

/** The step is under way; steps cannot be taken meanwhile. */
export const beginStep = (progress: Progress): Progress =>
  progress.state === 'ready' ? { ...progress, state: 'typing' } : progress;

export function endStep(progress: Progress, played: Played): Progress {
  if (progress.state !== 'typing') return progress;
  return settle({ ...progress, at: progress.at + 1, played: [...progress.played, played] });
}

export function stepBack(progress: Progress): Progress {
  if (progress.state === 'typing' || progress.played.length === 0) return progress;
  return settle({ ...progress, at: progress.at - 1, played: progress.played.slice(0, -1) });
}

const settle = (progress: Progress): Progress => ({
  ...progress,
  state: progress.at < progress.scenario.steps.length ? 'ready' : 'over',
});

export interface Player {
  progress(): Progress;
  nextStep(): Step | undefined;
  /** Plays the next step; undefined when it is over or a step is under way. */
  forward(): Promise<Played | undefined>;
  /** Undoes the last step; false when there is none to undo. */
  back(): boolean;
}

export function createPlayer(scenario: Scenario, stage: Stage): Player {
  let progress = startOf(scenario);
  const nextStep = () => progress.scenario.steps[progress.at];
  return {
    progress: () => progress,
    nextStep,
    async forward() {
      const step = nextStep();
      if (step === undefined || progress.state !== 'ready') return undefined;
      progress = beginStep(progress);
      const played = await perform(step, stage);
      progress = endStep(progress, played);
      return played;
    },
    back() {
      const last = progress.played.at(-1);
      if (last === undefined || progress.state === 'typing') return false;
      stage.restore(last.before);
      progress = stepBack(progress);
      return true;
    },
  };
}

async function perform({ action }: Step, stage: Stage): Promise<Played> {
  const before = stage.snapshot();
  const text = action === undefined ? undefined : typedText(action);
  const outcome = text === undefined ? undefined : await stage.type(text);
  return { outcome, failures: action === undefined ? [] : judge(action, outcome, stage.views), before };
}
