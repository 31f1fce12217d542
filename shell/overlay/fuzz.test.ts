// Random scripts with fixed seeds against the real kernel, for the option sets that change what the overlay does, and
// some with a seed that is new each time. A difference is shrunk to the few calls that still show it.

import { setImmediate } from 'node:timers/promises';
import test from 'ava';
import { describeDifference } from './differential/compare.ts';
import { runOnCowsh } from './differential/cowsh-side.ts';
import { fuzz } from './differential/fuzz.ts';
import { runOnKernel, whyNoKernel } from './differential/kernel-side.ts';
import { asTest, shrink } from './differential/shrink.ts';
import { type Variant, variants } from './differential/variants.ts';

const SCRIPTS = 15;
const OPERATIONS = 1000;
const missing = whyNoKernel();
if (missing !== undefined && process.env.COWSH_ORACLES === '1')
  throw new Error(`no kernel to compare with: ${missing}`);

/** What the two sides part in, least calls first; '' for nothing. */
const differences = (name: string, variant: Variant, seed: number, count: number): string => {
  const scripts = Array.from({ length: count }, (_, at) =>
    fuzz({ ...variant, seed: seed + at, operations: OPERATIONS, dumpEvery: 100 }),
  );
  const kernel = runOnKernel(scripts);
  const at = scripts.findIndex(
    (script, index) => describeDifference(script, kernel[index] ?? [], runOnCowsh(script)) !== '',
  );
  const differing = scripts[at];
  if (differing === undefined) return kernel.length === count ? '' : 'the kernel side gave up';
  const least = shrink(differing);
  return [
    describeDifference(least, runOnKernel([least])[0] ?? [], runOnCowsh(least), 100),
    asTest(`${name}, seed ${seed + at}`, least),
  ].join('\n');
};

const compare = missing === undefined ? test : test.skip;

for (const [at, [name, variant]] of Object.entries(variants).entries()) {
  compare(`${SCRIPTS * OPERATIONS} random calls: ${name}`, async (t) => {
    await setImmediate();
    t.is(differences(name, variant, 1000 * at, SCRIPTS), '');
  });
}

const fresh = Date.now() % 1_000_000_000;
compare(`random calls with the new seed ${fresh}`, async (t) => {
  t.log(`seed ${fresh}`);
  // Marks on lower files that no overlay writes are left to the fixed seeds: DEVIATIONS.md has what they may find.
  for (const [name, variant] of Object.entries(variants)) {
    await setImmediate();
    if (variant.odd !== true) t.is(differences(name, variant, fresh, 1), '');
  }
});
