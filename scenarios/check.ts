// `cowsh test`: a scenario played without a screen, every promise of it compared with what happens.

import type { Failure } from './judge.ts';
import { createPlayer } from './player.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

/** All failures, in order: later steps are played even after one. */
export async function checkScenario(scenario: Scenario, stage: Stage): Promise<Failure[]> {
  const player = createPlayer(scenario, stage);
  const failures: Failure[] = [];
  for (let played = await player.forward(); played !== undefined; played = await player.forward())
    failures.push(...played.failures);
  return failures;
}
