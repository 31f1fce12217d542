// What panes show: the stack of each container, what each row of a layer is to the others, bytes.

import test from 'ava';
import { append, createLab, type Lab, put } from './lab.ts';

const two = async (): Promise<Lab> => {
  const lab = createLab();
  for (const name of ['c1', 'c2']) {
    lab.engine.containers.create({ image: 'base', name });
    lab.engine.containers.start(name);
    lab.clock.set(lab.clock.now() + 1_000_000_000n);
  }
  await lab.inside('c1', (process) => {
    append(process, '/data/one.txt', 'more\n');
    process.unlink('/data/two.txt');
    put(process, '/data/new', 'n');
    for (const { name, type } of process.readdir('/data/olddir'))
      if (type === 'file') process.unlink(`/data/olddir/${name}`);
    process.rmdir('/data/olddir');
    process.mkdir('/data/olddir');
  });
  return lab;
};

const signs = (rows: { path: string; sign: string }[]): string[] =>
  rows.map(({ path, sign }) => `${sign} ${path}`);

test('a stack from the top, and who shares which layer', async (t) => {
  const { engine } = await two();
  const [c1, c2] = engine.views.containers();
  t.deepEqual(
    c1?.layers.map(({ kind, createdBy, sharedWith }) => [kind, createdBy, sharedWith]),
    [
      ['upper', '', []],
      ['init', '', []],
      ['image', 'ADD file:0123 in /', ['c2']],
    ],
  );
  t.is(c1?.layers[2]?.id, c2?.layers[2]?.id);
  t.is(c1?.layers[0]?.size, 10);
  t.regex(c1?.merged ?? '', /\/merged$/);
});

test('what the rows of the upper layer are', async (t) => {
  const { engine } = await two();
  t.deepEqual(signs(engine.views.layerTree('c1', 0)), [
    'plain /data',
    'added /data/new',
    'opaque /data/olddir',
    'copied-up /data/one.txt',
    'whiteout /data/two.txt',
  ]);
  t.deepEqual(engine.views.layerTree('c2', 0), []);
});

test('rows of the image layer are shadowed where the upper one hides them, for that container alone', async (t) => {
  const { engine } = await two();
  const rows = (container: string) => signs(engine.views.layerEntries(container, 2, '/data'));
  t.deepEqual(rows('c1'), [
    'plain /data/dir',
    'plain /data/h1',
    'plain /data/h2',
    'shadowed /data/olddir',
    'shadowed /data/one.txt',
    'plain /data/sym',
    'shadowed /data/two.txt',
  ]);
  t.false(rows('c2').some((row) => row.startsWith('shadowed')));
  t.deepEqual(signs(engine.views.layerEntries('c1', 2, '/data/olddir')), ['shadowed /data/olddir/o']);
});

test('the merged view says which layer answers', async (t) => {
  const { engine } = await two();
  const rows = engine.views
    .mergedEntries('c1', '/data')
    .map(({ name, layer, merges }) => [name, layer, merges]);
  t.deepEqual(rows, [
    ['dir', 2, [2]],
    ['h1', 2, [2]],
    ['h2', 2, [2]],
    ['new', 0, [0]],
    ['olddir', 0, [0]],
    ['one.txt', 0, [0]],
    ['sym', 2, [2]],
  ]);
  const data = engine.views.mergedEntries('c1', '/').find(({ name }) => name === 'data');
  t.deepEqual(data?.merges, [0, 2]);
});

test('bytes used, and saved against a full copy for each container', async (t) => {
  const { engine } = await two();
  t.deepEqual(engine.views.bytes(), { used: 5118 + 10, fullCopies: 5118 + 2 * 5118 + 10, saved: 2 * 5118 });
});

test('a view is computed once until a file changes, and leaves no trace', async (t) => {
  const { engine, kernel, root } = await two();
  const events: unknown[] = [];
  kernel.trace.subscribe((event) => events.push(event));
  const before = engine.views.containers();
  t.is(engine.views.containers(), before);
  engine.views.layerTree('c1', 0);
  t.deepEqual(events, []);
  put(root, '/other', 'x');
  t.not(engine.views.containers(), before);
});
