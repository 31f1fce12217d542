// The smoke differential: copy-up, whiteouts, opaque directories, renames, links, descriptors and mounts, each as a
// short script that runs on a real kernel overlay and on cowsh. Every result, the merged and the upper tree agree.

import test from 'ava';
import { describeDifference } from './differential/compare.ts';
import { runOnCowsh } from './differential/cowsh-side.ts';
import { copyUpFacts } from './differential/facts/copy-up.ts';
import { layerFacts } from './differential/facts/layers.ts';
import { mountFacts } from './differential/facts/mounts.ts';
import { renameFacts } from './differential/facts/rename.ts';
import { runOnKernel, whyNoKernel } from './differential/kernel-side.ts';
import type { Operation } from './differential/script.ts';
import { attributeScripts } from './differential/smoke-attributes.ts';
import { badStateScripts } from './differential/smoke-bad-state.ts';
import { behindScripts } from './differential/smoke-behind.ts';
import { belowScripts } from './differential/smoke-below.ts';
import { copyUpScripts } from './differential/smoke-copy-up.ts';
import { cycleScripts } from './differential/smoke-cycles.ts';
import { dataOnlyScripts } from './differential/smoke-data-only.ts';
import { deviceScripts, diskScripts, spaceScripts } from './differential/smoke-devices.ts';
import { flagScripts } from './differential/smoke-flags.ts';
import { groupScripts } from './differential/smoke-groups.ts';
import { holeScripts } from './differential/smoke-holes.ts';
import { indexScripts } from './differential/smoke-index.ts';
import { indexCountScripts } from './differential/smoke-index-counts.ts';
import { indexStateScripts } from './differential/smoke-index-state.ts';
import { inodeScripts } from './differential/smoke-inodes.ts';
import { layeredScripts } from './differential/smoke-layers.ts';
import { longRedirectScripts } from './differential/smoke-long-redirects.ts';
import { mountScripts } from './differential/smoke-mounts.ts';
import { nestedScripts } from './differential/smoke-nested.ts';
import { overlapScripts } from './differential/smoke-overlaps.ts';
import { protectedScripts } from './differential/smoke-protected.ts';
import { removedScripts } from './differential/smoke-removed.ts';
import { renameScripts } from './differential/smoke-rename.ts';
import { stateScripts } from './differential/smoke-states.ts';
import { unnamedScripts } from './differential/smoke-unnamed.ts';
import { whiteoutScripts } from './differential/smoke-whiteout.ts';
import { workScripts } from './differential/smoke-work.ts';

/** What ext4 and tmpfs do in ways of their own. */
const ofTheDisk = { ...flagScripts, ...unnamedScripts, ...holeScripts };

const onTmpfs: Record<string, Operation[]> = {
  ...copyUpScripts,
  ...whiteoutScripts,
  ...renameScripts,
  ...layeredScripts,
  ...mountScripts,
  ...indexScripts,
  ...indexCountScripts,
  ...inodeScripts,
  ...badStateScripts,
  ...indexStateScripts,
  ...workScripts,
  ...removedScripts,
  ...belowScripts,
  ...behindScripts,
  ...cycleScripts,
  ...dataOnlyScripts,
  ...nestedScripts,
  ...overlapScripts,
  ...protectedScripts,
  ...ofTheDisk,
  ...deviceScripts,
  ...spaceScripts,
  ...stateScripts,
  ...attributeScripts,
  ...groupScripts,
  ...longRedirectScripts,
  ...copyUpFacts,
  ...renameFacts,
  ...layerFacts,
  ...mountFacts,
};
const all = [
  ...Object.entries(onTmpfs).map(([name, operations]) => ({ name, operations, backing: 'tmpfs' as const })),
  ...Object.entries({ ...ofTheDisk, ...diskScripts }).map(([name, operations]) => ({
    name: `${name}, ext4`,
    operations,
    backing: 'ext4' as const,
  })),
];
const missing = whyNoKernel();
if (missing !== undefined && process.env.COWSH_ORACLES === '1')
  throw new Error(`no kernel to compare with: ${missing}`);
const onKernel = missing === undefined ? runOnKernel(all) : [];

for (const [at, script] of all.entries()) {
  const compare = missing === undefined ? test : test.skip;
  compare(script.name, (t) => {
    t.is(describeDifference(script, onKernel[at] ?? [], runOnCowsh(script)), '');
  });
}
