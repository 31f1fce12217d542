// K1 to K19, what is claimed of overlayfs: cowsh gives what each claim asserts, and so does the real kernel.

import test from 'ava';
import type { Claim, Step } from './differential/claims/claim.ts';
import { layerClaims } from './differential/claims/layers.ts';
import { optionClaims } from './differential/claims/options.ts';
import { runOnCowsh } from './differential/cowsh-side.ts';
import { runOnKernel, whyNoKernel } from './differential/kernel-side.ts';
import type { Operation, Result, Script } from './differential/script.ts';

const claims: Record<string, readonly Claim[]> = { ...layerClaims, ...optionClaims };
const IDS = Array.from({ length: 19 }, (_, at) => `K${at + 1}`);
const missing = whyNoKernel();
if (missing !== undefined && process.env.COWSH_ORACLES === '1')
  throw new Error(`no kernel to compare with: ${missing}`);

const callOf = (step: Step): Operation => ('call' in step ? step.call : step);

const scriptOf = ({ steps }: Claim): Script => ({ operations: steps.map(callOf), backing: 'tmpfs' });

/** The asserted calls with what came of them, and with what was asserted. */
const judged = ({ steps }: Claim, results: readonly Result[]): { got: unknown[]; asserted: unknown[] } => {
  const asserting = steps.flatMap((step, at) => ('call' in step ? [{ step, at }] : []));
  return {
    got: asserting.map(({ step, at }) => [step.call, results[at]]),
    asserted: asserting.map(({ step }) => [step.call, step.gives]),
  };
};

const asked = missing === undefined ? Object.values(claims).flat() : [];
const onMachine = runOnKernel(asked.map(scriptOf));
const answers = new Map(asked.map((claim, at) => [claim, onMachine[at]]));

test('every claim has a test that can fail', (t) => {
  t.deepEqual(Object.keys(claims), IDS);
  for (const id of IDS)
    t.true(
      (claims[id] ?? []).length > 0 &&
        (claims[id] ?? []).every(({ steps }) => steps.some((step) => 'call' in step)),
      id,
    );
});

for (const [id, all] of Object.entries(claims))
  for (const claim of all) {
    test(`${id}: ${claim.says}`, (t) => {
      const { got, asserted } = judged(claim, runOnCowsh(scriptOf(claim)));
      t.deepEqual(got, asserted);
    });
    const onKernel = missing === undefined ? test : test.skip;
    onKernel(`${id}, the kernel: ${claim.says}`, (t) => {
      const { got, asserted } = judged(claim, answers.get(claim) ?? []);
      t.deepEqual(got, asserted);
    });
  }
