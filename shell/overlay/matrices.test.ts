// Matrices against the real kernel: every rename over everything, every call on every path, every parameter of a mount, every
// change on an upper filesystem that is full at some stage of it.

import { setImmediate } from 'node:timers/promises';
import test from 'ava';
import { callMatrix } from './differential/call-matrix.ts';
import { describeDifference } from './differential/compare.ts';
import { runOnCowsh } from './differential/cowsh-side.ts';
import { runOnKernel, whyNoKernel } from './differential/kernel-side.ts';
import { renameMatrix } from './differential/rename-matrix.ts';
import type { Script } from './differential/script.ts';
import { clearScripts } from './differential/smoke-clear.ts';
import { parameterScripts } from './differential/smoke-parameters.ts';
import { fullScripts } from './differential/smoke-states.ts';

const missing = whyNoKernel();
if (missing !== undefined && process.env.COWSH_ORACLES === '1')
  throw new Error(`no kernel to compare with: ${missing}`);

const compare = missing === undefined ? test : test.skip;

for (const [name, scripts] of Object.entries({
  callMatrix,
  renameMatrix,
  parameterScripts,
  fullScripts,
  clearScripts,
})) {
  compare(`${name}: ${Object.keys(scripts).length} scripts give what the kernel gives`, async (t) => {
    const all = Object.values(scripts).map((operations): Script => ({ operations, backing: 'tmpfs' }));
    const kernel = runOnKernel(all);
    for (const [at, title] of Object.keys(scripts).entries()) {
      await setImmediate();
      const script = all[at] as Script;
      t.is(describeDifference(script, kernel[at] ?? [], runOnCowsh(script)), '', title);
    }
  });
}
