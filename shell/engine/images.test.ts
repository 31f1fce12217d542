// Images: names, history, removal rules and their order, the cache of build steps, depth, digests of configurations.

import test from 'ava';
import { type Config, orderedConfig } from './config.ts';
import type { Removal } from './contract.ts';
import { isEngineError } from './engine-error.ts';
import { createLab, type Lab, put } from './lab.ts';

const message = (act: () => unknown): string => {
  try {
    act();
    return 'no error';
  } catch (error) {
    return isEngineError(error) ? error.message : String(error);
  }
};

const step = (command: string): Partial<Config> => ({ Cmd: ['/bin/sh', '-c', command], Env: ['PATH=/bin'] });

/** A step of a build: its own container runs `act`. */
const build = async (
  lab: Lab,
  parent: string,
  command: string,
  act?: (process: Lab['root']) => void,
): Promise<string> => {
  const { builder } = lab.engine;
  lab.jobs.set('step', (process) => {
    act?.(process);
    return 0;
  });
  const { id } = builder.create(parent, { Cmd: ['job', 'step'] });
  if (act !== undefined) await builder.run(id, lab.root);
  const image = builder.commitContainer(id, step(command), { Cmd: ['job', 'wait'], Env: ['PATH=/bin'] });
  await builder.removeContainer(id);
  lab.clock.set(lab.clock.now() + 1_000_000_000n);
  return image;
};

const lines = (removals: Removal[]): string[] =>
  removals.map((removal) =>
    removal.kind === 'untagged' ? `Untagged: ${removal.reference}` : `Deleted: ${removal.id}`,
  );

const openDescriptors = (lab: Lab): void => {
  for (let fd = 0; fd < 3; fd++) lab.root.open('/dev/null', 2);
};

test('history, sizes and layers of a small build', async (t) => {
  const lab = createLab();
  openDescriptors(lab);
  const { images } = lab.engine;
  const base = images.resolve('base');
  const first = await build(lab, base, 'echo hi > /f', (process) => put(process, '/f', 'hi\n'));
  const second = await build(lab, first, '#(nop)  CMD ["x"]');
  images.tag(second, 'made');
  t.deepEqual(
    images.history('made').map(({ id, createdBy, size }) => [id, createdBy, size]),
    [
      [second, '/bin/sh -c #(nop)  CMD ["x"]', 0],
      [first, '/bin/sh -c echo hi > /f', 3],
      [base, '/bin/sh -c #(nop)  CMD ["job" "wait"]', 0],
      ['<missing>', '/bin/sh -c #(nop) ADD file:0123 in / ', 5118],
    ],
  );
  t.is(images.inspect('made').Size, 5121);
  t.is(images.inspect('made').Parent, first);
  t.deepEqual(
    images.list().map(({ tags }) => tags),
    [['made:latest'], ['base:latest']],
  );
  t.is(images.list({ all: true }).length, 3);
});

test('a step is found again by its parent and what its program would see', async (t) => {
  const lab = createLab();
  openDescriptors(lab);
  const { builder } = lab.engine;
  const base = lab.engine.images.resolve('base');
  const made = await build(lab, base, 'echo hi', (process) => put(process, '/f', 'hi\n'));
  t.is(builder.findCached(base, step('echo hi')), made);
  t.is(builder.findCached(base, step('echo ho')), undefined);
  t.is(builder.findCached(made, step('echo hi')), undefined);
  t.is(builder.findCached(base, { ...step('echo hi'), User: 'nobody' }), undefined);
  const again = await build(lab, base, 'echo hi', (process) => put(process, '/f', 'hi\n'));
  t.not(again, made);
  t.is(builder.findCached(base, step('echo hi')), again);
});

test('rmi untags first, then deletes the image, its layer and its untagged parents', async (t) => {
  const lab = createLab();
  openDescriptors(lab);
  const { images } = lab.engine;
  const base = images.resolve('base');
  const first = await build(lab, base, 'one', (process) => put(process, '/1', '1'));
  const second = await build(lab, first, 'two', (process) => put(process, '/2', '2'));
  images.tag(second, 'made:v1');
  images.tag(second, 'made:v2');
  const before = lab.root.readdir('/var/lib/docker/image/overlay2/layerdb/sha256').length;
  t.deepEqual(lines(images.remove('made:v2')), ['Untagged: made:v2']);
  t.is(
    message(() => images.remove(base)),
    `conflict: unable to delete ${base.slice(7, 19)} (cannot be forced) - image has dependent child images`,
  );
  const removed = lines(images.remove('made:v1'));
  t.is(removed.length, 5);
  t.is(removed[0], 'Untagged: made:v1');
  t.is(removed[1], `Deleted: ${second}`);
  t.is(removed[3], `Deleted: ${first}`);
  t.is(lab.root.readdir('/var/lib/docker/image/overlay2/layerdb/sha256').length, before - 2);
  t.truthy(images.find('base'));
});

test('an image in use keeps its name unless forced, and its layers as long as a container stands on them', async (t) => {
  const lab = createLab();
  openDescriptors(lab);
  const { images, containers } = lab.engine;
  const made = await build(lab, images.resolve('base'), 'one', (process) => put(process, '/1', '1'));
  images.tag(made, 'made');
  const { id } = containers.create({ image: 'made', name: 'user' });
  const conflict = `conflict: unable to remove repository reference "made" (must force) - container ${id.slice(0, 12)} is using its referenced image ${made.slice(7, 19)}`;
  t.is(
    message(() => images.remove('made')),
    conflict,
  );
  t.deepEqual(lines(images.remove('made', { force: true })), ['Untagged: made:latest', `Deleted: ${made}`]);
  t.is(containers.list({ all: true })[0]?.image, made.slice(7, 19));
  containers.start('user');
  t.is(await lab.inside('user', (process) => void process.stat('/1')), 0);
  const layers = () => lab.root.readdir('/var/lib/docker/image/overlay2/layerdb/sha256').length;
  t.is(layers(), 2);
  await containers.remove('user', { force: true });
  t.is(layers(), 1);
});

test('prune takes what has no name and no user', async (t) => {
  const lab = createLab();
  openDescriptors(lab);
  const { images } = lab.engine;
  const made = await build(lab, images.resolve('base'), 'one', (process) => put(process, '/1', '1234'));
  const { removals, reclaimed } = images.prune();
  t.is(lines(removals)[0], `Deleted: ${made}`);
  t.is(reclaimed, 4);
  t.deepEqual(
    images.list().map(({ tags }) => tags),
    [['base:latest']],
  );
});

test('a commit turns whiteouts, opaque directories and .wh. names into the layer’s own', async (t) => {
  const lab = createLab();
  const { containers } = lab.engine;
  containers.create({ image: 'base', name: 'box' });
  containers.start('box');
  await lab.inside('box', (process) => {
    process.unlink('/data/one.txt');
    put(process, '/data/.wh.two.txt', '');
    put(process, '/data/olddir/.wh..wh..opq', '');
  });
  containers.commit('box', { reference: 'made', comment: 'why' });
  containers.create({ image: 'made', name: 'next' });
  containers.start('next');
  await lab.inside('next', (process) => {
    t.deepEqual(
      process
        .readdir('/data')
        .map(({ name }) => name)
        .sort(),
      ['dir', 'h1', 'h2', 'olddir', 'sym'],
    );
    t.deepEqual(process.readdir('/data/olddir'), []);
  });
  const [top] = lab.engine.images.history('made');
  t.is(top?.comment, 'why');
  t.is(top?.createdBy, 'job wait');
});

test('a commit of nothing makes an image without a layer', (t) => {
  const { engine } = createLab();
  engine.containers.create({ image: 'base', name: 'box' });
  const layers = engine.images.inspect('base').RootFS.Layers;
  const id = engine.containers.commit('box', { changes: ['CMD ["echo","hi"]', 'ENV A=b'] });
  const made = engine.images.inspect(id);
  t.deepEqual(made.RootFS.Layers, layers);
  t.deepEqual(made.Config.Cmd, ['echo', 'hi']);
  t.true(made.Config.Env?.includes('A=b'));
});

test('an image has 125 layers at most, and a container on them mounts with short names', async (t) => {
  const lab = createLab();
  const { engine } = lab;
  let image = engine.images.resolve('base');
  const config = { Cmd: ['job', 'wait'], Env: ['PATH=/bin'] };
  const add = (at: number): string =>
    engine.builder.commitFiles(image, step(`file ${at}`), config, (inside) =>
      put(inside, `/f${at}`, String(at)),
    );
  for (let at = 1; at < 125; at++) image = add(at);
  t.is(engine.images.inspect(image).RootFS.Layers?.length, 125);
  t.is(
    message(() => add(125)),
    'max depth exceeded',
  );
  engine.containers.create({ image, name: 'deep' });
  engine.containers.start('deep');
  await lab.inside('deep', (process) => {
    t.is(process.readdir('/').filter(({ name }) => name.startsWith('f')).length, 124);
    // As long as a real engine's: its 125 layers and the init layer as l/… names.
    const [root] = process.mounts();
    t.is(`overlay / overlay ${root?.options} 0 0\n`.length, 3854);
  });
});

test('unknown images are refused in the registry’s words', (t) => {
  const { engine } = createLab();
  t.is(
    message(() => engine.images.pull('nosuch')),
    "pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
  );
  t.is(
    message(() => engine.images.pull('Bad')),
    'invalid reference format: repository name (library/Bad) must be lowercase',
  );
  t.is(
    message(() => engine.images.inspect('nosuch')),
    'No such image: nosuch:latest',
  );
});

test('keys of a configuration stand in the order in which Docker writes them', (t) => {
  const config = orderedConfig({
    Shell: ['/bin/sh'],
    Labels: { b: '2', a: '1' },
    ExposedPorts: { '80/tcp': {} },
    User: 'u',
  });
  t.is(
    JSON.stringify(config),
    '{"Hostname":"","Domainname":"","User":"u","AttachStdin":false,"AttachStdout":false,"AttachStderr":false,"ExposedPorts":{"80/tcp":{}},"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":null,"Image":"","Volumes":null,"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":{"a":"1","b":"2"},"Shell":["/bin/sh"]}',
  );
});
