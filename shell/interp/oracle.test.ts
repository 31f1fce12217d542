// Each snippet in cowsh and in the machine's own bash and dash: the same output, errors and status are expected.
import { spawnSync } from 'node:child_process';
import test from 'ava';
import { bashCases } from './oracle/bash-cases.ts';
import { knownDifferences } from './oracle/known-differences.ts';
import { normal, onMachine } from './oracle/on-machine.ts';
import { portableCases } from './oracle/portable-cases.ts';
import { portableCommandCases, syntaxCases } from './oracle/portable-command-cases.ts';
import { portableScriptCases } from './oracle/portable-script-cases.ts';
import { ShellMachine } from './test-machine.ts';

type OracleShell = 'bash' | 'dash';

const isThere = (shell: OracleShell): boolean => spawnSync(shell, ['-c', ':']).status === 0;
const demanded = process.env.COWSH_ORACLES === '1';

function compare(shell: OracleShell, topic: string, cases: readonly string[]): void {
  const declare = !demanded && !isThere(shell) ? test.serial.skip : test.serial;
  declare(`${topic}: ${cases.length} snippets as in ${shell}`, async (t) => {
    const machine = new ShellMachine();
    const expected = onMachine(shell, cases);
    for (const [i, script] of cases.entries()) {
      const ours = normal(await machine.run(shell, script));
      const reason = knownDifferences[script]?.[shell];
      if (reason === undefined) t.deepEqual(ours, expected[i], `${shell} -c ${JSON.stringify(script)}`);
      else t.notDeepEqual(ours, expected[i], `${JSON.stringify(script)} agrees now: take it off the list`);
    }
  });
}

for (const shell of ['bash', 'dash'] as const) {
  compare(shell, 'language', portableCases);
  compare(shell, 'commands', portableCommandCases);
  compare(shell, 'scripts', portableScriptCases);
}
compare('bash', 'syntax errors', syntaxCases);
compare('dash', 'syntax errors', syntaxCases);
compare('bash', 'bash', bashCases);
