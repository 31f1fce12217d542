// The same keys at cowsh's prompt and at that of this machine's bash: the same screen and cursor are expected.
import test from 'ava';
import fc from 'fast-check';
import { drawn } from '../../../commands/real-terminal.ts';
import { both } from './both-desks.ts';
import { hasBash } from './desk.ts';
import { promptCases } from './prompt-cases.ts';
import { randomKeys } from './random-keys.ts';
import { wantedDifferences } from './wanted-differences.ts';

/** So long a screen that is known to differ is given to agree after all. */
const DIFFERING_MS = 1000;
const oracle = hasBash() || process.env.COWSH_ORACLES === '1' ? test.serial : test.serial.skip;

for (const [topic, cases] of Object.entries(promptCases)) {
  oracle(`${topic}: ${cases.length} as in bash`, async (t) => {
    for (const keys of cases) {
      const reason = wantedDifferences[keys];
      const { ours, theirs } = await both(keys, reason === undefined ? undefined : DIFFERING_MS);
      if (reason === undefined) t.is(drawn(ours), drawn(theirs), keys);
      else t.not(drawn(ours), drawn(theirs), `${keys} agrees now: take it off the list`);
    }
  });
}

const STEADY_SEED = 20_240_611;
/** COWSH_RANDOM=seed runs that seed, COWSH_KEYS=n so many sequences. */
const SEED = Number(process.env.COWSH_RANDOM ?? STEADY_SEED);
const SEQUENCES = Number(process.env.COWSH_KEYS ?? 100);

oracle(`${SEQUENCES} random sequences of keys as in bash, seed ${SEED}`, async (t) => {
  const found = await fc.check(
    fc.asyncProperty(randomKeys, async (keys) => {
      const { ours, theirs } = await both(keys);
      return drawn(ours) === drawn(theirs);
    }),
    { seed: SEED, numRuns: SEQUENCES, interruptAfterTimeLimit: 60_000 },
  );
  const keys = found.counterexample?.[0];
  if (keys === undefined) return t.pass();
  const { ours, theirs } = await both(keys);
  t.is(drawn(ours), drawn(theirs), keys);
  t.fail(`differs now and then: ${keys}`);
});
