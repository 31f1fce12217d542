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

test('calls that change who a process is are told by their numbers', async (t) => {
  const machine = new TestMachine();
  machine.install('setpriv', 'true');
  const words =
    '--reuid=1 --regid=5 --groups=5,6 --bounding-set=-chown,-kill --inh-caps=+mknod --ambient-caps=+mknod';
  const argv = [
    'strace',
    '-e',
    'trace=setuid,setgid,setgroups,prctl',
    'setpriv',
    ...words.split(' '),
    'true',
  ];
  const { stderr } = await machine.run(argv, { env });
  t.deepEqual(
    stderr.split('\n').map((line) => line.replace(/ += 0$/, '')),
    [
      'setuid(1)',
      'setgid(5)',
      'setgroups(2, [5, 6])',
      'prctl(PR_CAPBSET_DROP, CAP_CHOWN)',
      'prctl(PR_CAPBSET_DROP, CAP_KILL)',
      'prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)',
      'prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_MKNOD, 0, 0)',
      '+++ exited with 0 +++',
      '',
    ],
  );
});
