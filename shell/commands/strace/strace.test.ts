import test from 'ava';
import { TestMachine } from '../test-machine.ts';

const env = { PATH: '/bin' };

test('calls of a command in the format of strace, on standard error', async (t) => {
  const machine = new TestMachine();
  machine.install('cat');
  machine.put('/work/f', 'hi\n');
  const { stdout, stderr, status } = await machine.run(['strace', 'cat', 'f'], { env });
  t.is(stdout, 'hi\n');
  t.is(status, 0);
  const lines = stderr.split('\n');
  t.regex(lines[0] ?? '', /^execve\("\/bin\/cat", \["cat", "f"\], 0x[0-9a-f]+ \/\* 1 vars \*\/\) = 0$/);
  t.true(lines.includes('openat(AT_FDCWD, "f", O_RDONLY)         = 3'), stderr);
  t.true(lines.includes('close(3)                                = 0'), stderr);
  t.is(lines.at(-2), '+++ exited with 0 +++');
});

test('-e chooses, -o writes into a file, errors have their names', async (t) => {
  const machine = new TestMachine();
  machine.install('cat');
  const { stderr, status } = await machine.run(
    ['strace', '-e', 'trace=openat', '-o', 'log', 'cat', 'nothing'],
    { env },
  );
  t.is(status, 1);
  t.is(stderr, 'cat: nothing: No such file or directory\n');
  t.deepEqual(machine.get('/work/log').split('\n').slice(-3), [
    'openat(AT_FDCWD, "nothing", O_RDONLY)   = -1 ENOENT (No such file or directory)',
    '+++ exited with 1 +++',
    '',
  ]);
  t.is(
    (await machine.run(['strace', 'nosuch'], { env })).stderr,
    "strace: Can't stat 'nosuch': No such file or directory\n",
  );
});
