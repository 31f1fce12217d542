// Capabilities against the real kernel: what each allows and what is refused without it, and how credentials change.

import { setImmediate } from 'node:timers/promises';
import test from 'ava';
import { capabilityMatrix } from './differential/capability-matrix.ts';
import { describeDifference } from './differential/compare.ts';
import { runOnCowsh } from './differential/cowsh-side.ts';
import { credentialScript } from './differential/credential-scripts.ts';
import { runOnKernel, whyNoKernel } from './differential/kernel-side.ts';
import type { Script } from './differential/script.ts';

const missing = whyNoKernel();
if (missing !== undefined && process.env.COWSH_ORACLES === '1')
  throw new Error(`no kernel to compare with: ${missing}`);

const compare = missing === undefined ? test : test.skip;

/** On ext4 only what does not go through an overlay: that is the same code. */
const scripts = Object.entries(capabilityMatrix).flatMap(([name, operations]): [string, Script][] => [
  [name, { operations, backing: 'tmpfs' }],
  ...(name.endsWith('the filesystem')
    ? [[`${name}, ext4`, { operations, backing: 'ext4' }] as [string, Script]]
    : []),
]);

compare(`${scripts.length} callers and places give what the kernel gives`, async (t) => {
  const kernel = runOnKernel(scripts.map(([, script]) => script));
  for (const [at, [title, script]] of scripts.entries()) {
    await setImmediate();
    t.is(describeDifference(script, kernel[at] ?? [], runOnCowsh(script)), '', title);
  }
});

compare('credentials change as the kernel changes them', (t) => {
  const script: Script = { operations: credentialScript, backing: 'tmpfs' };
  const [kernel = []] = runOnKernel([script]);
  t.is(describeDifference(script, kernel, runOnCowsh(script)), '');
});
