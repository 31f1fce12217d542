// The smoke differential: copy-up, whiteouts, opaque directories, renames, links, descriptors and mounts, each as a
// short script that runs on a real kernel overlay and on cowsh. Every result, the merged and the upper tree agree.

import test from 'ava';
import { describeDifference } from './differential/compare.ts';
import { runOnCowsh } from './differential/cowsh-side.ts';
import { runOnKernel, whyNoKernel } from './differential/kernel-side.ts';
import type { Operation, Script } from './differential/script.ts';
import { badStateScripts } from './differential/smoke-bad-state.ts';
import { copyUpScripts } from './differential/smoke-copy-up.ts';
import { indexScripts } from './differential/smoke-index.ts';
import { layeredScripts } from './differential/smoke-layers.ts';
import { mountScripts } from './differential/smoke-mounts.ts';
import { renameScripts } from './differential/smoke-rename.ts';
import { whiteoutScripts } from './differential/smoke-whiteout.ts';

const all = Object.entries({
  ...copyUpScripts,
  ...whiteoutScripts,
  ...renameScripts,
  ...layeredScripts,
  ...mountScripts,
  ...indexScripts,
  ...badStateScripts,
});
const missing = whyNoKernel();
if (missing !== undefined && process.env.COWSH_ORACLES === '1')
  throw new Error(`no kernel to compare with: ${missing}`);
const toScript = (operations: Operation[]): Script => ({ operations, backing: 'tmpfs' });
const onKernel = missing === undefined ? runOnKernel(all.map(([, operations]) => toScript(operations))) : [];

for (const [at, [name, operations]] of all.entries()) {
  const compare = missing === undefined ? test : test.skip;
  compare(name, (t) => {
    const script = toScript(operations);
    t.is(describeDifference(script, onKernel[at] ?? [], runOnCowsh(script)), '');
  });
}
