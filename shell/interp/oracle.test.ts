// Each snippet in cowsh and in the machine's own bash and dash: the same output, errors and status are expected.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { bashCases } from './oracle/bash-cases.ts';
import { knownDifferences } from './oracle/known-differences.ts';
import { portableCases } from './oracle/portable-cases.ts';
import { portableCommandCases, syntaxCases } from './oracle/portable-command-cases.ts';
import { portableScriptCases } from './oracle/portable-script-cases.ts';
import { ENVIRONMENT, type Result, ShellMachine } from './test-machine.ts';

type OracleShell = 'bash' | 'dash';

const isThere = (shell: OracleShell): boolean => spawnSync(shell, ['-c', ':']).status === 0;
const demanded = process.env.COWSH_ORACLES === '1';

// Runs every snippet in a directory of its own, from one process: starting them from here would take most of the time.
const DRIVER = `for script in "$1"/*.sh; do
  base=\${script%.sh}
  mkdir "$base" && cd "$base" || exit 1
  text=$(cat "$script"; echo x)
  (exec "$2" -c "\${text%x}" > "$base.out" 2> "$base.err" < /dev/null)
  echo $? > "$base.status"
done
`;

function onMachine(shell: OracleShell, scripts: readonly string[]): Result[] {
  const root = mkdtempSync(join(tmpdir(), 'shell-oracle-'));
  const base = (i: number): string => join(root, String(i).padStart(4, '0'));
  try {
    mkdirSync(root, { recursive: true });
    scripts.forEach((script, i) => {
      writeFileSync(`${base(i)}.sh`, script);
    });
    spawnSync('dash', ['-c', DRIVER, 'driver', root, shell], { env: ENVIRONMENT, timeout: 100_000 });
    return scripts.map((_, i) => {
      const read = (end: string): string => readFileSync(`${base(i)}.${end}`, 'utf8');
      return normal({ stdout: read('out'), stderr: read('err'), status: Number(read('status')) });
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

// Process numbers and the directory's name are nobody's business.
const normal = ({ stdout, stderr, status }: Result): Result => {
  const anywhere = (text: string): string => text.replace(/\/tmp\/(shell-oracle-\w+\/\d+|\d+)/g, '/tmp/DIR');
  return {
    stdout: anywhere(stdout),
    stderr: anywhere(stderr.replace(/(line \d+: +)\d+ /g, '$1PID ')),
    status,
  };
};

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
