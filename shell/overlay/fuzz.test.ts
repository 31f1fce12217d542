// Random scripts with fixed seeds against the real kernel, for the option sets that change what the overlay does.
// A difference is shrunk to the few calls that still show it.

import test from 'ava';
import { describeDifference } from './differential/compare.ts';
import { runOnCowsh } from './differential/cowsh-side.ts';
import { type FuzzOptions, fuzz } from './differential/fuzz.ts';
import { runOnKernel, whyNoKernel } from './differential/kernel-side.ts';
import { asLiteral, shrink } from './differential/shrink.ts';

type Variant = Omit<FuzzOptions, 'seed' | 'operations'>;

const variants: Record<string, Variant> = {
  'all defaults': {},
  'redirect_dir=on': { options: 'redirect_dir=on' },
  'metacopy=on': { options: 'metacopy=on' },
  'redirect_dir=nofollow': { options: 'redirect_dir=nofollow', commitEvery: 250 },
  volatile: { options: 'volatile', lowers: 12 },
  'no upper layer': { upper: false },
  'layers that grow by commits': { lowers: 1, commitEvery: 100 },
  'layers that grow by commits, all on': {
    lowers: 1,
    commitEvery: 100,
    options: 'redirect_dir=on,metacopy=on',
  },
  'odd marks on the disk': { odd: true },
  'odd marks on the disk, all on': { odd: true, options: 'redirect_dir=on,metacopy=on' },
  'on ext4': { backing: 'ext4', options: 'volatile' },
  'by a user without rights': { users: true },
};

const SCRIPTS = 6;
const OPERATIONS = 500;
const missing = whyNoKernel();

for (const [at, [name, variant]] of Object.entries(variants).entries()) {
  const compare = missing === undefined ? test : test.skip;
  compare(`${SCRIPTS * OPERATIONS} random calls: ${name}`, (t) => {
    const scripts = Array.from({ length: SCRIPTS }, (_, index) =>
      fuzz({ ...variant, seed: 1000 * at + index, operations: OPERATIONS, dumpEvery: 50 }),
    );
    const kernel = runOnKernel(scripts);
    for (const [index, script] of scripts.entries()) {
      if (describeDifference(script, kernel[index] ?? [], runOnCowsh(script)) === '') continue;
      const least = shrink(script);
      t.log(asLiteral(least));
      t.is(describeDifference(least, runOnKernel([least])[0] ?? [], runOnCowsh(least), 100), '');
    }
    t.is(kernel.length, SCRIPTS);
  });
}
