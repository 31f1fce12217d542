// Each snippet in cowsh and in the machine's own bash and dash: the same output, errors, status and tree are expected.
import test from 'ava';
import { gnuCases } from '../commands/gnu-cases/index.ts';
import { bashBuiltinCases } from './oracle/bash-builtin-cases.ts';
import { bashCases } from './oracle/bash-cases.ts';
import { bashDiagnosticCases } from './oracle/bash-diagnostic-cases.ts';
import { bashExpansionCases } from './oracle/bash-expansion-cases.ts';
import { bashTrapCases } from './oracle/bash-trap-cases.ts';
import { bindCases } from './oracle/bind-cases.ts';
import { inCowsh, isThere, type OracleShell, onMachine } from './oracle/both-sides.ts';
import { complaintCases } from './oracle/complaint-cases.ts';
import { dialectCases } from './oracle/dialect-cases.ts';
import { knownDifferences } from './oracle/known-differences.ts';
import { limitCases } from './oracle/limit-cases.ts';
import { portableCases } from './oracle/portable-cases.ts';
import { portableCommandCases, syntaxCases } from './oracle/portable-command-cases.ts';
import { portableEverydayCases } from './oracle/portable-everyday-cases.ts';
import { portableScriptCases } from './oracle/portable-script-cases.ts';
import { ShellMachine } from './test-machine.ts';

const demanded = process.env.COWSH_ORACLES === '1';

const PORTABLE = {
  language: portableCases,
  commands: portableCommandCases,
  scripts: portableScriptCases,
  'everyday lines': portableEverydayCases,
  'syntax errors': syntaxCases,
};

const IN_BASH = {
  bash: bashCases,
  'traps and traces': bashTrapCases,
  builtins: bashBuiltinCases,
  expansions: bashExpansionCases,
  diagnostics: bashDiagnosticCases,
};

/** By the shells that they are for. */
const BY_SHELLS = { dialects: dialectCases, complaints: complaintCases, limits: limitCases, bind: bindCases };

const forShell = (table: Readonly<Record<string, readonly string[]>>, shell: OracleShell): string[] =>
  Object.entries(table).flatMap(([shells, cases]) => (shells.split(' ').includes(shell) ? cases : []));

function compare(shell: OracleShell, topic: string, cases: readonly string[]): void {
  const declare = !demanded && !isThere(shell) ? test.serial.skip : test.serial;
  declare(`${topic}: ${cases.length} snippets as in ${shell}`, async (t) => {
    const machine = new ShellMachine();
    const expected = onMachine(shell, cases);
    for (const [i, script] of cases.entries()) {
      const ours = await inCowsh(machine, shell, script);
      const reason = knownDifferences[script]?.[shell];
      if (reason === undefined) t.deepEqual(ours, expected[i], `${shell} -c ${JSON.stringify(script)}`);
      else t.notDeepEqual(ours, expected[i], `${JSON.stringify(script)} agrees now: take it off the list`);
    }
  });
}

for (const shell of ['bash', 'dash'] as const)
  for (const [topic, cases] of Object.entries(PORTABLE)) compare(shell, topic, cases);
for (const [topic, cases] of Object.entries(IN_BASH)) compare('bash', topic, cases);

for (const shell of ['bash', 'dash', 'ash'] as const)
  for (const [topic, table] of Object.entries(BY_SHELLS)) {
    const cases = forShell(table, shell);
    if (cases.length > 0) compare(shell, topic, cases);
  }

test('the tables: enough snippets, and nearly all of them agree', (t) => {
  const count = (tables: Readonly<Record<string, readonly string[]>>): number =>
    Object.values(tables).reduce((sum, cases) => sum + cases.length, 0);
  const [portable, bash] = [count(PORTABLE), count(IN_BASH)];
  const byShells = Object.values(BY_SHELLS).flatMap((table) => Object.entries(table));
  const some = byShells.reduce((sum, [, cases]) => sum + cases.length, 0);
  const language = portable + bash + some;
  const programs = Object.values(gnuCases)
    .flat()
    .filter((line) => !line.startsWith('put ')).length;
  const comparisons =
    2 * portable +
    bash +
    programs +
    byShells.reduce((sum, [shells, cases]) => sum + shells.split(' ').length * cases.length, 0);
  const known = Object.values(knownDifferences).reduce(
    (sum, reasons) => sum + Object.keys(reasons).length,
    0,
  );
  t.log(
    `${language} snippets of the language + ${programs} command lines = ${language + programs} rows, ` +
      `${comparisons} comparisons, ${known} known differences`,
  );
  t.true(language >= 1500);
  t.true(known / comparisons <= 0.01);
});
