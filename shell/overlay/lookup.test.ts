import test from 'ava';
import { makedev, S_IFCHR } from '../fs/mode.ts';
import type { LookupStep } from '../fs/trace.ts';
import { TestMachine } from './test-machine.ts';

const lookups = (machine: TestMachine, action: () => void): LookupStep[] =>
  machine.told(action, ['lookup']).map((event) => {
    const { path, layers, answer, cached } = event as LookupStep;
    return {
      kind: 'lookup',
      path,
      layers,
      ...(answer === undefined ? {} : { answer }),
      ...(cached === undefined ? {} : { cached }),
    };
  });

test('the trace tells which layers were looked in, and which one answered', (t) => {
  const machine = new TestMachine();
  machine.overlay([{}, { f: 'middle' }, { f: 'lowest' }]);
  t.deepEqual(
    lookups(machine, () => machine.process.stat('/m/f')),
    [
      {
        kind: 'lookup',
        path: '/f',
        layers: [
          { layer: '/u', found: 'absent' },
          { layer: '/l0', found: 'absent' },
          { layer: '/l1', found: 'file' },
        ],
        answer: 2,
      },
    ],
  );
  t.is(machine.text('/m/f'), 'middle');
});

test('asked again, the dentry cache answers and no layer is read', (t) => {
  const machine = new TestMachine();
  machine.overlay([{ f: '' }]);
  machine.process.stat('/m/f');
  machine.process.tryStat('/m/none');
  t.deepEqual(
    lookups(machine, () => machine.process.stat('/m/f')),
    [{ kind: 'lookup', path: '/f', layers: [{ layer: '/l0', found: 'file' }], answer: 0, cached: true }],
  );
  t.deepEqual(
    lookups(machine, () => machine.process.tryStat('/m/none')),
    [{ kind: 'lookup', path: '/none', layers: [], cached: true }],
  );
});

test('a whiteout ends the search, an opaque directory the merge', (t) => {
  const machine = new TestMachine();
  machine.tree('/l0', { 'd/': '', 'd/new': '' });
  machine.process.setxattr('/l0/d', 'trusted.overlay.opaque', Buffer.from('y'));
  machine.process.mknod('/l0/gone', S_IFCHR, makedev(0, 0));
  machine.tree('/l1', { gone: '', 'd/': '', 'd/old': '' });
  for (const path of ['/u', '/w', '/m']) machine.process.mkdir(path);
  machine.mount('lowerdir=/l0:/l1,upperdir=/u,workdir=/w');
  const [gone] = lookups(machine, () => machine.process.tryStat('/m/gone'));
  t.deepEqual(gone?.layers.at(-1), { layer: '/l0', found: 'whiteout' });
  t.is(gone?.answer, undefined);
  const [directory] = lookups(machine, () => machine.process.stat('/m/d'));
  t.deepEqual(directory?.layers.at(-1), { layer: '/l0', found: 'opaque directory' });
  t.is(directory?.answer, 1);
  t.deepEqual(machine.names('/m/d'), ['new']);
});

test('a merged directory is looked for in every layer', (t) => {
  const machine = new TestMachine();
  machine.overlay([{ 'd/': '' }, { d: 'a file ends the merge' }, { 'd/': '', 'd/deep': '' }]);
  const [step] = lookups(machine, () => machine.process.stat('/m/d'));
  t.deepEqual(
    step?.layers.map(({ found }) => found),
    ['absent', 'directory'],
  );
  t.deepEqual(machine.names('/m/d'), []);
});

test('a lower symbolic link is followed within the union', (t) => {
  const machine = new TestMachine();
  machine.overlay([{ target: 'top' }, { target: 'below' }]);
  machine.process.symlink('target', '/l1/link');
  t.is(machine.text('/m/link'), 'top');
});
