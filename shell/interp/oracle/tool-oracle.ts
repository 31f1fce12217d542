// Programs by snippets: each in bash here and in bash on this machine, with the machine's own tools as the oracle.

import { spawnSync } from 'node:child_process';
import test from 'ava';
import { type Result, ShellMachine } from '../test-machine.ts';
import { anywhere, onMachine } from './on-machine.ts';

const demanded = process.env.COWSH_ORACLES === '1';

const isThere = (tool: string): boolean => spawnSync('which', [tool]).status === 0;

/** Process numbers are nobody's business. */
const normal = ({ stdout, stderr, status }: Result): Result => ({
  stdout: anywhere(stdout),
  stderr: anywhere(stderr.replace(/(line \d+: +)\d+ /g, '$1PID ')),
  status,
});

/** Snippet → why it differs. The test fails when it agrees. */
export type Differences = Readonly<Record<string, string>>;

/** One test for all `cases`; it needs these tools on the machine. */
export const sameAsTools = (
  topic: string,
  tools: readonly string[],
  cases: readonly string[],
  differences: Differences = {},
): void => {
  const declare = !demanded && !tools.every(isThere) ? test.serial.skip : test.serial;
  declare(`${topic}: ${cases.length} snippets as ${tools.join(', ')} answer`, async (t) => {
    const machine = new ShellMachine();
    const expected = onMachine('bash', cases, normal);
    for (const [i, script] of cases.entries()) {
      const ours = normal(await machine.run('bash', script));
      const reason = differences[script];
      if (reason === undefined) t.deepEqual(ours, expected[i], script);
      else t.notDeepEqual(ours, expected[i], `${JSON.stringify(script)} agrees now: take it off the list`);
    }
  });
};
