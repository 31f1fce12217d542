// What panes show under vfs: one full copy for each container, and nothing saved.

import test from 'ava';
import { append, createLab, type Lab, put } from './lab.ts';
import { usageOf } from './storage/usage.ts';

/** Bytes of the lab's image, as it says itself. */
const IMAGE = 5118;

const one = async (): Promise<Lab> => {
  const lab = createLab('vfs');
  lab.engine.containers.create({ image: 'base', name: 'c1' });
  lab.engine.containers.start('c1');
  lab.clock.set(lab.clock.now() + 1_000_000_000n);
  await lab.inside('c1', (process) => {
    append(process, '/data/one.txt', 'more\n');
    process.unlink('/data/two.txt');
    put(process, '/data/new', 'n');
  });
  return lab;
};

test('a container is one full copy, shared with nobody, and what is different in it is told', async (t) => {
  const { engine, root } = await one();
  const [c1] = engine.views.containers();
  t.deepEqual(
    c1?.layers.map(({ kind, sharedWith }) => [kind, sharedWith]),
    [['copy', []]],
  );
  t.regex(c1?.layers[0]?.path ?? '', /^\/var\/lib\/docker\/vfs\/dir\/[0-9a-f]{64}$/);
  t.is(c1?.merged, c1?.layers[0]?.path);
  t.is(root.stat(`${c1?.merged}/data/one.txt`).size, 'one\nmore\n'.length);
  t.deepEqual(
    engine.views.layerTree('c1', 0).map(({ sign, path }) => `${sign} ${path}`),
    ['plain /data', 'added /data/new', 'changed /data/one.txt', 'deleted /data/two.txt'],
  );
  const names = engine.views.mergedEntries('c1', '/data').map(({ name, layer }) => `${layer} ${name}`);
  t.true(names.includes('0 new') && names.includes('0 h1') && !names.includes('0 two.txt'));
});

test('the bytes are those of full copies, two for a container, and none is saved', async (t) => {
  const { engine, root } = await one();
  const copy = engine.views.containers()[0]?.layers[0]?.path as string;
  const sizes = [usageOf(root, `${copy}-init`), usageOf(root, copy)] as const;
  t.is(sizes[1] - sizes[0], 'more\n'.length + 'n'.length - 'two\n'.length);
  const used = IMAGE + sizes[0] + sizes[1];
  t.true(used > 3 * 5000);
  t.deepEqual(engine.views.bytes(), { used, fullCopies: used, saved: 0 });
});

for (const driver of ['btrfs', 'zfs'] as const) {
  test(`${driver}: a container is one snapshot, and what it wrote is all that it has alone`, async (t) => {
    const lab = createLab(driver);
    const { engine } = lab;
    engine.containers.create({ image: 'base', name: 'c1' });
    engine.containers.start('c1');
    const [before] = engine.views.containers();
    t.deepEqual(
      [before?.layers.length, before?.layers[0]?.kind, before?.layers[0]?.size],
      [1, 'snapshot', 0],
    );
    const unshared = engine.views.bytes();
    lab.clock.set(lab.clock.now() + 1_000_000_000n);
    await lab.inside('c1', (process) => {
      put(process, '/data/big', 'x'.repeat(10_000));
      process.unlink('/data/two.txt');
    });
    const own = 3 * 4096;
    t.is(engine.views.containers()[0]?.layers[0]?.size, own);
    t.is(engine.views.bytes().used - unshared.used, own);
    t.true(engine.views.bytes().saved >= 0);
    const told = (): string[] => engine.views.layerTree('c1', 0).map(({ sign, path }) => `${sign} ${path}`);
    t.deepEqual(told(), ['plain /data', 'added /data/big', 'deleted /data/two.txt']);
    // A stopped one is looked at where it lies, and nothing is mounted for it.
    await engine.containers.stop('c1', { seconds: 0 });
    const mounts = lab.root.mounts().length;
    t.deepEqual(told(), ['plain /data', 'added /data/big', 'deleted /data/two.txt']);
    t.true(engine.views.mergedEntries('c1', '/data').some(({ name }) => name === 'one.txt'));
    t.is(lab.root.mounts().length, mounts);
    t.is(engine.views.containers()[0]?.merged, undefined);
  });
}

test('aufs: what lies in a branch under names is told as what it means', async (t) => {
  const lab = createLab('aufs');
  lab.engine.containers.create({ image: 'base', name: 'c1' });
  lab.engine.containers.start('c1');
  await lab.inside('c1', (process) => {
    process.unlink('/data/two.txt');
    append(process, '/data/one.txt', 'more');
  });
  t.deepEqual(
    lab.engine.views.layerTree('c1', 0).map(({ sign, path }) => `${sign} ${path}`),
    ['plain /data', 'copied-up /data/one.txt', 'whiteout /data/two.txt'],
  );
});
