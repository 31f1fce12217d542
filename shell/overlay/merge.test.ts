import test from 'ava';
import type { MergeStep } from '../fs/trace.ts';
import { TestMachine } from './test-machine.ts';

test("names come in the kernel's order: the lowest layer's, the upper's, then from top to bottom", (t) => {
  const machine = new TestMachine();
  machine.overlay([
    { m: '0', k: '0', a: '0' },
    { b: '1', c: '1', z: '1', a: '1' },
  ]);
  machine.put('/m/new1', '');
  machine.process.unlink('/m/z');
  machine.put('/m/new2', '');
  t.deepEqual(machine.names('/m'), ['b', 'c', 'a', 'new1', 'new2', 'm', 'k']);
  t.is(machine.text('/m/a'), '0');
});

test('the entry says the type and inode number that stat says', (t) => {
  const machine = new TestMachine();
  machine.overlay([
    { f: '', 'd/': '', 'd/x': '' },
    { g: '', f: '', 'd/': '' },
  ]);
  machine.process.chmod('/m/f', 0o600);
  machine.put('/m/n', '');
  machine.process.rename('/m/f', '/m/d/f');
  for (const directory of ['/m', '/m/d']) {
    for (const { name, ino, type } of machine.process.readdir(directory)) {
      const stat = machine.process.lstat(`${directory}/${name}`);
      t.deepEqual([ino, type], [stat.ino, stat.kind], name);
    }
  }
});

test('a merge is told with its layers', (t) => {
  const machine = new TestMachine();
  machine.overlay([{ a: '' }, { b: '' }]);
  const [step] = machine.told(() => machine.names('/m'), ['merge']) as (MergeStep | undefined)[];
  t.deepEqual(step?.layers, ['/u', '/l0', '/l1']);
  t.is(step?.entries, 2);
});
