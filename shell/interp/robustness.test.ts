// What would break a careless interpreter: depth, endless loops, floods.
import test from 'ava';
import { type Result, ShellMachine } from './test-machine.ts';

const machine = new ShellMachine();
const bash = (script: string): Promise<Result> => machine.run('bash', script);

test.serial('ten thousand nested parentheses are refused or run, not crashed on', async (t) => {
  const deep = await bash(`${'('.repeat(10_000)}echo hi${')'.repeat(10_000)}`);
  t.not(deep.status, 0);
  t.notRegex(deep.stderr, /cowsh bug|RangeError/);
  for (const [open, close] of [
    ['$(', ')'],
    ['${x:-', '}'],
    ['$((', '))'],
    ['{ ', ';}'],
    ['if true; then ', ';fi'],
  ] as const) {
    const { stderr } = await bash(`echo ${open.repeat(2000)}1${close.repeat(2000)}`);
    t.notRegex(stderr, /cowsh bug|RangeError/, open);
  }
});

test.serial('endless recursion ends with a message', async (t) => {
  const { status, stderr } = await bash('f() { f; }; f; echo no');
  t.not(status, 0);
  t.regex(stderr, /f: maximum function nesting level exceeded/);
  const evaluated = await bash('x=\'eval "$x"\'; eval "$x"');
  t.regex(evaluated.stderr, /maximum eval nesting level exceeded/);
  const arithmetic = await bash('a=b; b=a; echo $((a))');
  t.regex(arithmetic.stderr, /expression recursion level exceeded/);
});

test.serial('recursion as deep as people write it works', async (t) => {
  const { stdout } = await bash('f() { if [ $1 -gt 0 ]; then f $(($1-1)); else echo bottom; fi; }; f 1000');
  t.is(stdout, 'bottom\n');
});

test.serial('a flood through a pipe is held back, and ends with its reader', async (t) => {
  const { stdout, status } = await bash(
    'while :; do echo yyyyyyyyyyyyyyyy; done | head -c 170000 | tail -c 17; echo ${PIPESTATUS[0]}',
  );
  t.is(stdout, 'yyyyyyyyyyyyyyyy\n141\n');
  t.is(status, 0);
});

test.serial('a big here-document and a big substitution arrive whole', async (t) => {
  const text = 'line of text\n'.repeat(20_000);
  const { stdout } = await bash(`x=$(cat <<'E'\n${text}E\n); echo \${#x}`);
  t.is(stdout, `${text.length - 1}\n`);
});

test.serial('a loop that never ends is killed by a signal at once', async (t) => {
  const { stdout } = await bash('(while :; do :; done) & kill $!; wait $!; echo $?');
  t.is(stdout, '143\n');
});

test.serial('a fork bomb stays within the limit of processes, and can be killed', async (t) => {
  const { kernel, init } = machine;
  const bomb = bash('bomb() { bomb | bomb & }; bomb; wait');
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  let most = 0;
  for (let i = 0; i < 60; i++) {
    await turn();
    most = Math.max(most, kernel.processes.size);
  }
  t.true(most <= 1000, `${most} processes`);
  for (let i = 0; i < 500 && kernel.processes.size > 1; i++) {
    for (const process of [...kernel.processes.values()]) if (process !== init) process.raise('SIGKILL');
    await turn();
  }
  t.is(kernel.processes.size, 1);
  await bomb;
});

test.serial('many commands, variables and words pass', async (t) => {
  const { stdout } = await bash(`${'x=$((x+1));'.repeat(20_000)} echo $x; set -- {1..20000}; echo $#`);
  t.is(stdout, '20000\n20000\n');
});
