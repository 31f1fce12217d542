// Differential test: the same command lines under the machine's busybox and under ours, in equal root directories.
// Standard output, standard error, exit status and the tree that results must be equal.

import { isDeepStrictEqual } from 'node:util';
import test from 'ava';
import { fileCases } from './file-cases.ts';
import { knownDifferences } from './known-differences.ts';
import { type Answer, hasBusybox, RealRoot, SimulatedRoot, steady, type Tree } from './oracle.ts';
import { shellCases } from './shell-cases.ts';
import { systemCases } from './system-cases.ts';
import { textCases } from './text-cases.ts';

if (!hasBusybox && process.env.COWSH_ORACLES === '1') {
  test('busybox and root are here', (t) => t.fail('COWSH_ORACLES=1 asks for them'));
}

const known = new Set(Object.values(knownDifferences).flat());

const shape = (answer: Answer, tree: Tree) => ({
  line: answer.line,
  stdout: steady(answer.stdout),
  stderr: steady(answer.stderr),
  status: answer.status,
  tree,
});

for (const [name, lines] of Object.entries({ ...fileCases, ...textCases, ...systemCases, ...shellCases })) {
  // One after the other: side by side they would all end at the end.
  (hasBusybox ? test.serial : test.serial.skip)(`as busybox: ${name}`, async (t) => {
    const real = new RealRoot();
    const ours = new SimulatedRoot();
    const mended: string[] = [];
    try {
      for (const line of lines) {
        const wanted = shape(real.run(line), real.tree());
        const got = shape(await ours.run(line), ours.tree());
        if (!known.has(line)) t.deepEqual(got, wanted, line);
        else if (isDeepStrictEqual(got, wanted)) mended.push(line);
      }
    } finally {
      real.remove();
    }
    t.deepEqual(mended, [], 'these no longer differ: take them out of the known differences');
  });
}
