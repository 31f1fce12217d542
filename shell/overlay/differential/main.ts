// npm run fuzz -- --ops N --seed S [--options X] [--variant NAME]: random scripts on the real kernel and on cowsh.
// A line a batch; a script on which the two part is shrunk and printed as a regression test.

import { parseArgs } from 'node:util';
import { describeDifference } from './compare.ts';
import { runOnCowsh } from './cowsh-side.ts';
import { fuzz } from './fuzz.ts';
import { runOnKernel, whyNoKernel } from './kernel-side.ts';
import { listedDifference } from './listed.ts';
import type { Script } from './script.ts';
import { asTest, shrink } from './shrink.ts';
import { type Variant, variants } from './variants.ts';

const { values } = parseArgs({
  options: {
    ops: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    options: { type: 'string' },
    variant: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});

const SCRIPT = 1000;
const BATCH = 20;

const chosen = (): [string, Variant][] => {
  if (values.options !== undefined) return [[values.options, { options: values.options, links: true }]];
  return Object.entries(variants).filter(([name]) => values.variant === undefined || name === values.variant);
};

interface Count {
  passed: number;
  failed: number;
  /** Scripts whose difference is one of DEVIATIONS.md. */
  listed: number;
  operations: number;
}

/** Runs some scripts of one variant; the first that fails is shrunk. */
const runBatch = ([name, variant]: [string, Variant], seed: number, count: Count): void => {
  const scripts = Array.from({ length: BATCH }, (_, at) =>
    fuzz({ ...variant, seed: seed + at, operations: SCRIPT, dumpEvery: 50 }),
  );
  const kernel = runOnKernel(scripts);
  const failing: Script[] = [];
  for (const [at, script] of scripts.entries()) {
    count.operations += script.operations.length;
    const [theirs, ours] = [kernel[at] ?? [], runOnCowsh(script)];
    const listed = listedDifference(script, theirs, ours);
    if (describeDifference(script, theirs, ours) === '') count.passed++;
    else if (listed === undefined) failing.push(script);
    else {
      count.listed++;
      console.log(`listed, ${name}, seed ${seed + at}: ${listed}`);
    }
  }
  count.failed += failing.length;
  const [first] = failing;
  if (first === undefined) return;
  console.log(`FAIL ${name}: ${failing.length} of ${BATCH} scripts, seeds ${seed} to ${seed + BATCH - 1}`);
  const least = shrink(first);
  console.log(describeDifference(least, runOnKernel([least])[0] ?? [], runOnCowsh(least), 100));
  console.log(asTest(`${name}, seed ${seed}`, least));
};

const missing = whyNoKernel();
if (missing !== undefined) {
  console.error(`fuzz: no kernel to compare with: ${missing}`);
  process.exit(2);
}
const wanted = Number(values.ops);
const first = Number(values.seed);
console.log(`seed ${first}`);
const count: Count = { passed: 0, failed: 0, listed: 0, operations: 0 };
const began = Date.now();
const sets = chosen();
for (let round = 0; count.operations < wanted && (values.keep || count.failed === 0); round++) {
  const set = sets[round % sets.length];
  if (set === undefined) break;
  runBatch(set, first + round * BATCH, count);
  const rate = Math.round(count.operations / ((Date.now() - began) / 1000));
  console.log(`${count.operations} operations, ${rate}/s: ${set[0]}`);
}
console.log(`${count.passed} passed, ${count.failed} failed, ${count.listed} listed`);
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
