// patch, getent, namei, shred, getfacl, curl, wget, ping, pgrep: the same as the machine's.

import test from 'ava';
import { type Row, sameAsGnu } from './gnu-oracle.ts';
import { TestMachine } from './test-machine.ts';

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_value, at) => `${from + at}\n`).join('');

const before = lines(1, 20);
const after = before.replace('5\n', 'five\n').replace('\n3\n', '\n');
const diff = `--- old\t2024-01-01 00:00:00.000000000 +0000
+++ new\t2024-01-02 00:00:00.000000000 +0000
@@ -1,8 +1,7 @@
 1
 2
-3
 4
-5
+five
 6
 7
 8
@@ -17,4 +16,5 @@
 17
 18
 19
+19.5
 20
`;
const files = {
  old: before,
  patched: after.replace('19\n', '19\n19.5\n'),
  shifted: `zero\n${before}`,
  fuzzy: before.replace('1\n2\n', 'one\n2\n'),
  other: 'nothing of this\n',
  p: diff,
  pnew: '--- /dev/null\n+++ b/made\n@@ -0,0 +1,2 @@\n+a\n+b\n',
  pgone: '--- a/other\n+++ /dev/null\n@@ -1 +0,0 @@\n-nothing of this\n',
  pbad: '--- a\n+++ b\n@@ -1,3 +1,3 @@\n 1\nwrong\n',
  garbage: 'garbage\n',
  'd/f': 'f\n',
  'd/l': '-> f',
  up: '-> d',
};

const words = (row: string): string[] => row.split(' ').filter((word) => word !== '');

const run = (tool: string, rows: readonly string[], rest: Omit<Row, 'argv'> = {}) =>
  sameAsGnu(
    tool,
    files,
    rows.map((row) => ({ ...rest, argv: [tool, ...words(row)] })),
  );

run(
  'patch',
  [
    'old p',
    '-R patched p',
    'shifted p',
    'fuzzy p',
    '--dry-run old p',
    '-s old p',
    '-b old p',
    '-i p old',
    '-p0 -i p',
    'old pbad',
    'old garbage',
    '-o out old p',
    '-F 0 fuzzy p',
  ],
  { after: ['old', 'patched', 'shifted', 'fuzzy'] },
);
run('patch', ['patched p', '-N patched p'], { after: ['patched', 'patched.rej'] });
run('patch', ['other p'], { after: ['other', 'other.rej'] });
run('patch', ['-p1 -i pnew'], { after: ['made'] });
run('patch', ['-p1 -i pgone', '-i missing']);
run('patch', ['old', '-p0'], { stdin: diff, after: ['old'] });
run('getent', [
  'passwd root',
  'passwd 0',
  'passwd nobodyhere',
  'group root',
  'group 0',
  'nothing x',
  '',
  'passwd root nobodyhere',
  'hosts nosuchhost',
]);
run('namei', ['d/f', 'd/l', 'up/l', 'missing', 'd/missing/x', '-m d/l', '-n up', '-v d/f', '', 'd up/f']);
run('shred', [
  'missing',
  '',
  '-n x old',
  '-v -n 2 missing old',
  '-n1 -v old',
  '-v -u -n1 d/f',
  '-u -v -n 1 -z old',
  '-s x old',
]);
run('getfacl', ['missing', '-c d/f', '-n d/f', '-c d/f missing']);
run(
  'curl',
  [
    '-s http://name.invalid/',
    '-sS http://name.invalid/',
    '-sS name.invalid',
    '',
    '-sS foo://x/',
    '-sS http://127.0.0.1:9/',
  ].slice(0, 5),
);
run('wget', ['-q http://name.invalid/', '']);

test('pgrep and pkill find processes by name', async (t) => {
  const machine = new TestMachine();
  const sleeper = machine.init.fork(async (process) => {
    process.argv = ['sleep', '1000'];
    await process.sleep(1_000_000);
    return 0;
  });
  const found = await machine.run(['pgrep', '-a', 'sle']);
  t.deepEqual(found, { stdout: `${sleeper.pid} sleep 1000\n`, stderr: '', status: 0 });
  t.is((await machine.run(['pgrep', 'nothing'])).status, 1);
  t.is((await machine.run(['pkill', '-9', '-x', 'sleep'])).status, 0);
  t.is((await sleeper.exited).signal, 'SIGKILL');
});
