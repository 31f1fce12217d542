import test from 'ava';
import { O } from '../fs/open-flags.ts';
import { runAsBusybox } from './flavor.ts';
import { loadProgram } from './index.ts';
import { TestMachine } from './test-machine.ts';

/** What an applet says on standard error. */
const applet = async (machine: TestMachine, line: string): Promise<string> => {
  const argv = line.split(' ');
  const program = await loadProgram(argv[0] ?? '');
  const child = machine.init.fork((process) => {
    process.argv = argv;
    runAsBusybox(process);
    const fd = process.open('/tmp/err', O.WRONLY | O.CREAT | O.TRUNC);
    process.dup2(fd, 1);
    process.dup2(fd, 2);
    return program?.(process, argv) ?? 127;
  });
  await child.exited;
  return machine.get('/tmp/err');
};

/** As busybox 1.35 was seen to say it. */
const said: Readonly<Record<string, string>> = {
  'cat x': "cat: can't open 'x': No such file or directory\n",
  'rm x': "rm: can't remove 'x': No such file or directory\n",
  'rm d': "rm: 'd' is a directory\n",
  'ls x': 'ls: x: No such file or directory\n',
  'mkdir d': "mkdir: can't create directory 'd': File exists\n",
  'rmdir x': "rmdir: 'x': No such file or directory\n",
  'cp x y': "cp: can't stat 'x': No such file or directory\n",
  'cp d e': "cp: omitting directory 'd'\n",
  'cp a x/y': "cp: can't create 'x/y': No such file or directory\n",
  'mv x y': "mv: can't rename 'x': No such file or directory\n",
  'mv a x/y': "mv: can't rename 'a': No such file or directory\n",
  'touch x/y': 'touch: x/y: No such file or directory\n',
  'chmod 644 x': 'chmod: x: No such file or directory\n',
  'chown root x': 'chown: x: No such file or directory\n',
  'chown nouser a': 'chown: unknown user nouser\n',
  'chgrp nog a': 'chgrp: unknown group nog\n',
  'ln x y': 'ln: x: No such file or directory\n',
  'ln -s a a': 'ln: a: File exists\n',
  'stat x': "stat: can't stat 'x': No such file or directory\n",
  'du x': 'du: x: No such file or directory\n',
  'truncate -s 0 x/y': 'truncate: x/y: open: No such file or directory\n',
  'mknod a p': 'mknod: a: File exists\n',
  'id nosuch': 'id: unknown user nosuch\n',
  'dd if=x': "dd: can't open 'x': No such file or directory\n",
  'env x': "env: can't execute 'x': No such file or directory\n",
  'unlink x': "unlink: can't remove file 'x': No such file or directory\n",
  'sync x': "sync: can't open 'x': No such file or directory\n",
};

test('busybox applets complain in their own words', async (t) => {
  const machine = new TestMachine();
  machine.put('/work/a', '');
  machine.init.mkdir('/work/d');
  for (const [line, text] of Object.entries(said)) t.is(await applet(machine, line), text, line);
  t.regex(await applet(machine, 'cat -Q'), /^cat: invalid option -- 'Q'\nBusyBox v1/);
  t.regex(await applet(machine, 'touch'), /^BusyBox v1.*\n\nUsage: touch/);
  t.regex(await applet(machine, 'ps'), /^PID {3}USER {5}TIME {2}COMMAND\n {4}1 root {6}0:00 init\n/);
});
