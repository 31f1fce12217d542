// Volumes, bind mounts and tmpfs: what is in them never reaches the container's layer.

import test from 'ava';
import { isEngineError } from './engine-error.ts';
import { createLab, put, text } from './lab.ts';

const message = (act: () => unknown): string => {
  try {
    act();
    return 'no error';
  } catch (error) {
    return isEngineError(error) ? error.message : String(error);
  }
};

const paths = (changes: { path: string }[]): string[] => changes.map(({ path }) => path);

test('a new named volume takes what the image has there, and keeps its own afterwards', async (t) => {
  const { engine, inside, root } = createLab();
  const make = (name: string) => {
    engine.containers.create({ image: 'base', name, host: { Binds: ['vol1:/data/olddir'] } });
    engine.containers.start(name);
  };
  make('v1');
  await inside('v1', (process) => {
    t.is(text(process, '/data/olddir/o'), 'o\n');
    put(process, '/data/olddir/v', 'in volume');
    put(process, '/data/u', 'in upper');
    process.unlink('/data/olddir/o');
  });
  t.deepEqual(paths(engine.containers.changes('v1')), ['/data', '/data/u']);
  t.is(engine.containers.size('v1').rw, 8);
  const { Mountpoint, CreatedAt } = engine.volumes.inspect('vol1');
  t.is(Mountpoint, '/var/lib/docker/volumes/vol1/_data');
  t.regex(CreatedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  t.is(text(root, `${Mountpoint}/v`), 'in volume');
  await engine.containers.remove('v1', { force: true });
  make('v2');
  await inside('v2', (process) =>
    t.deepEqual(
      process.readdir('/data/olddir').map(({ name }) => name),
      ['v'],
    ),
  );
  t.deepEqual(
    engine.volumes.usage().map(({ Name, links, size }) => [Name, links, size]),
    [['vol1', 1, 9]],
  );
});

test('a volume in use stays; an anonymous one goes with rm -v', async (t) => {
  const { engine } = createLab();
  const { id } = engine.containers.create({
    image: 'base',
    name: 'user',
    config: { Volumes: { '/anon': {} } },
    host: { Binds: ['named:/x'] },
  });
  t.is(
    message(() => engine.volumes.remove('named')),
    `remove named: volume is in use - [${id}]`,
  );
  t.is(engine.volumes.list().length, 2);
  await engine.containers.remove('user', { volumes: true });
  t.deepEqual(
    engine.volumes.list().map(({ Name }) => Name),
    ['named'],
  );
  engine.volumes.remove('named');
  t.is(
    message(() => engine.volumes.remove('named')),
    'get named: no such volume',
  );
  t.regex(
    message(() => engine.volumes.create('bad name')),
    /^create bad name: "bad name" includes invalid characters/,
  );
});

test('a bind mount is the host’s directory, a missing one is made, a read-only one refuses', async (t) => {
  const { engine, inside, root } = createLab();
  root.mkdir('/hostdir');
  put(root, '/hostdir/hf', 'host');
  engine.containers.create({
    image: 'base',
    name: 'b1',
    host: { Binds: ['/hostdir:/data/dir', '/made/by/docker:/new', '/hostdir:/ro:ro'] },
  });
  engine.containers.start('b1');
  await inside('b1', (process) => {
    t.deepEqual(
      process.readdir('/data/dir').map(({ name }) => name),
      ['hf'],
    );
    put(process, '/data/dir/new', 'from inside');
    t.throws(() => put(process, '/ro/x', 'x'), { message: 'Read-only file system' });
  });
  t.is(text(root, '/hostdir/new'), 'from inside');
  t.is(root.stat('/made/by/docker').kind, 'directory');
  t.deepEqual(paths(engine.containers.changes('b1')), ['/new', '/ro']);
  t.deepEqual(engine.containers.inspect('b1').Mounts[0], {
    Type: 'bind',
    Source: '/hostdir',
    Destination: '/data/dir',
    Mode: '',
    RW: true,
    Propagation: 'rprivate',
  });
});

test('--mount wants its source, -v wants an absolute target', (t) => {
  const { engine } = createLab();
  const make = (host: object) => message(() => engine.containers.create({ image: 'base', host }));
  t.is(
    make({ Mounts: [{ Type: 'bind', Source: '/nonexist2', Target: '/x' }] }),
    'invalid mount config for type "bind": bind source path does not exist: /nonexist2',
  );
  t.is(
    make({ Binds: ['vol:relative'] }),
    `invalid volume specification: 'vol:relative': invalid mount config for type "volume": invalid mount path: 'relative' mount path must be absolute`,
  );
  t.is(make({ Binds: ['/a:/x', '/b:/x'] }), 'Duplicate mount point: /x');
  t.deepEqual(engine.containers.list({ all: true }), []);
});

test('a tmpfs is new at every start', async (t) => {
  const { engine, inside } = createLab();
  engine.containers.create({ image: 'base', name: 'tm', host: { Tmpfs: { '/scratch': '' } } });
  engine.containers.start('tm');
  await inside('tm', (process) => put(process, '/scratch/f', 'x'));
  t.deepEqual(paths(engine.containers.changes('tm')), ['/scratch']);
  await engine.containers.restart('tm', { seconds: 0 });
  await inside('tm', (process) => t.deepEqual(process.readdir('/scratch'), []));
});

test('--volumes-from gives the same mounts', async (t) => {
  const { engine, inside } = createLab();
  engine.containers.create({ image: 'base', name: 'data', host: { Binds: ['shared:/s'] } });
  engine.containers.create({ image: 'base', name: 'user', host: { VolumesFrom: ['data:ro'] } });
  engine.containers.start('user');
  await inside('user', (process) => {
    t.throws(() => put(process, '/s/x', 'x'), { message: 'Read-only file system' });
  });
  t.is(engine.volumes.usage()[0]?.links, 2);
});

test('a directory over a file is refused in runc’s words', (t) => {
  const { engine, root } = createLab();
  root.mkdir('/hostdir');
  const { id } = engine.containers.create({ image: 'base', host: { Binds: ['/hostdir:/etc/passwd'] } });
  t.regex(
    message(() => engine.containers.start(id)),
    /error mounting "\/hostdir" to rootfs at "\/etc\/passwd": .*: not a directory: unknown: Are you trying to mount/,
  );
  t.deepEqual(engine.containers.inspect(id).State.Status, 'created');
  t.is(
    message(() => engine.containers.create({ image: 'base', host: { Binds: ['/dev/null/x:/x'] } })),
    "error while creating mount source path '/dev/null/x': mkdir /dev/null/x: not a directory",
  );
});

test('a bind’s directory that has gone is made again by the next start', (t) => {
  const { engine, root } = createLab();
  const { id } = engine.containers.create({ image: 'base', host: { Binds: ['/made:/x'] } });
  root.rmdir('/made');
  engine.containers.start(id);
  t.is(root.stat('/made').kind, 'directory');
});

test('files of a stopped container include those of its volumes', (t) => {
  const { engine, root } = createLab();
  engine.containers.create({ image: 'base', name: 'box', host: { Binds: ['vol1:/data/olddir'] } });
  engine.containers.withFiles('box', (process) => put(process, '/data/olddir/new', 'n'), { write: true });
  t.is(text(root, '/var/lib/docker/volumes/vol1/_data/new'), 'n');
  t.deepEqual(engine.containers.changes('box'), []);
  t.deepEqual(
    root.mounts().filter(({ target }) => target.includes('overlay2')),
    [],
  );
});
