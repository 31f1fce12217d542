// Ways into an overlay that were walked before: removing and moving directories that lie in a lower layer is noticed.

import test from 'ava';
import { TestMachine } from './test-machine.ts';

const lowerDirectory = (options = ''): TestMachine => {
  const machine = new TestMachine();
  for (const path of ['/l', '/l/d', '/u', '/w', '/m']) machine.process.mkdir(path);
  machine.put('/l/d/file', 'lower');
  machine.process.mount({
    source: 'overlay',
    target: '/m',
    type: 'overlay',
    options: `lowerdir=/l,upperdir=/u,workdir=/w${options}`,
  });
  return machine;
};

test('a lower directory that is emptied and removed', (t) => {
  const machine = lowerDirectory();
  t.is(machine.text('/m/d/file'), 'lower');
  machine.process.unlink('/m/d/file');
  t.is(machine.process.tryStat('/m/d/file'), undefined);
  machine.process.rmdir('/m/d');
  t.throws(() => machine.process.mkdir('/m/d/new'), { message: 'No such file or directory' });
  machine.process.mkdir('/m/d');
  machine.put('/m/d/file', 'upper');
  t.is(machine.text('/m/d/file'), 'upper');
});

test('a lower directory that is renamed', (t) => {
  const machine = lowerDirectory(',redirect_dir=on');
  t.is(machine.text('/m/d/file'), 'lower');
  machine.process.rename('/m/d', '/m/e');
  t.is(machine.process.tryStat('/m/d/file'), undefined);
  t.is(machine.text('/m/e/file'), 'lower');
});

test('who listens from now on hears every lookup', (t) => {
  const machine = lowerDirectory();
  t.is(machine.text('/m/d/file'), 'lower');
  const paths: string[] = [];
  machine.kernel.trace.subscribe((event) => {
    if (event.kind === 'lookup') paths.push(event.path);
  });
  machine.process.stat('/m/d/file');
  machine.process.stat('/m/d/file');
  t.deepEqual(paths, ['/d', '/d/file', '/d', '/d/file']);
});
