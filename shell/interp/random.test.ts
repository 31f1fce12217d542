// Random scripts in cowsh and in the machine's own shells. A seed that is always the same, and a new one each time;
// what differs is made small and printed as a snippet.
import test, { type ExecutionContext } from 'ava';
import fc from 'fast-check';
import { type Answer, inCowsh, isThere, type OracleShell, onMachine } from './oracle/both-sides.ts';
import { randomScript } from './oracle/random-scripts.ts';
import { ShellMachine } from './test-machine.ts';

const demanded = process.env.COWSH_ORACLES === '1';
const STEADY_SEED = 20_240_611;
/** COWSH_RANDOM=seed runs that seed, COWSH_SCRIPTS=n so many scripts. */
const FRESH_SEED = Number(process.env.COWSH_RANDOM ?? Date.now() % 2 ** 31);
const SCRIPTS = Number(process.env.COWSH_SCRIPTS ?? 250);

/** The numbers of lines have tables of their own: inside $(...) and behind compound commands bash counts oddly. */
const shape = ({ stderr, ...answer }: Answer) => ({
  ...answer,
  stderr: unnumbered(stderr),
  stdout: unnumbered(answer.stdout),
});
const unnumbered = (text: string): string => text.replace(/^(bash: line |(?:dash|sh): )\d+: /gm, '$1N: ');
const same = (a: Answer, b: Answer): boolean => JSON.stringify(shape(a)) === JSON.stringify(shape(b));

async function agrees(machine: ShellMachine, shell: OracleShell, script: string): Promise<boolean> {
  return same(await inCowsh(machine, shell, script), onMachine(shell, [script])[0] as Answer);
}

async function compare(t: ExecutionContext, shell: OracleShell, seed: number): Promise<void> {
  const arbitrary = randomScript(shell === 'bash');
  const scripts = fc.sample(arbitrary, { seed, numRuns: SCRIPTS });
  const expected = onMachine(shell, scripts);
  const machine = new ShellMachine();
  t.log(`${shell}: seed ${seed}, ${scripts.length} scripts, ${scripts.join('\n').split('\n').length} lines`);
  for (const [i, script] of scripts.entries()) {
    const ours = await inCowsh(machine, shell, script);
    if (same(ours, expected[i] as Answer)) continue;
    const found = await fc.check(
      fc.asyncProperty(arbitrary, (text) => agrees(machine, shell, text)),
      { seed, numRuns: SCRIPTS, interruptAfterTimeLimit: 30_000 },
    );
    const small = found.counterexample?.[0] ?? script;
    const snippet = (await agrees(machine, shell, small)) ? script : small;
    t.deepEqual(
      shape(await inCowsh(machine, shell, snippet)),
      shape(onMachine(shell, [snippet])[0] as Answer),
      `seed ${seed}: ${JSON.stringify(snippet)}`,
    );
    return t.fail(`seed ${seed}: differs now and then: ${JSON.stringify(script)}`);
  }
  t.pass();
}

for (const shell of ['bash', 'dash'] as const) {
  const declare = !demanded && !isThere(shell) ? test.serial.skip : test.serial;
  declare(`random scripts as in ${shell}, the steady seed`, (t) => compare(t, shell, STEADY_SEED));
  declare(`random scripts as in ${shell}, a fresh seed`, (t) => compare(t, shell, FRESH_SEED));
}
