// Containers from create to rm: states, exit codes, logs, names, errors.

import test from 'ava';
import { isEngineError } from './engine-error.ts';
import { append, createLab, type Lab, put, text } from './lab.ts';

const message = (act: () => unknown): string => {
  try {
    act();
    return 'no error';
  } catch (error) {
    return isEngineError(error) ? error.message : String(error);
  }
};

const started = (lab: Lab, name: string, job = 'wait'): string => {
  const { id } = lab.engine.containers.create({ image: 'base', name, config: { Cmd: ['job', job] } });
  lab.engine.containers.start(id);
  return id;
};

const write = (fd: number, words: string) => async (process: Lab['root']) => {
  await process.write(fd, new TextEncoder().encode(words));
  return 0;
};

test('the states of a container, as docker ps words them', async (t) => {
  const lab = createLab();
  const { engine, clock } = lab;
  const { id } = engine.containers.create({ image: 'base', name: 'box' });
  const status = () => engine.containers.list({ all: true })[0]?.status;
  t.is(status(), 'Created');
  t.deepEqual(engine.containers.list(), []);
  engine.containers.start('box');
  t.is(status(), 'Up Less than a second');
  clock.set(clock.now() + 3_000_000_000n);
  t.is(status(), 'Up 3 seconds');
  engine.containers.pause('box');
  t.is(status(), 'Up 3 seconds (Paused)');
  engine.containers.unpause('box');
  t.is(engine.containers.inspect('box').State.Status, 'running');
  await engine.containers.stop('box');
  t.is(status(), 'Exited (137) Less than a second ago');
  t.is(engine.containers.inspect(id.slice(0, 4)).State.Running, false);
});

test('stop asks with SIGTERM, waits ten seconds of the clock and then kills', async (t) => {
  const lab = createLab();
  const { engine, clock } = lab;
  started(lab, 'deaf');
  lab.jobs.set('polite', async (process) => {
    process.onSignal('SIGTERM', () => {});
    await process.sleep(Number.POSITIVE_INFINITY).catch(() => {});
    return 5;
  });
  started(lab, 'polite', 'polite');
  const before = clock.now();
  await engine.containers.stop('polite');
  t.is(clock.now(), before);
  t.is(engine.containers.inspect('polite').State.ExitCode, 5);
  await engine.containers.stop('deaf');
  t.is(clock.now() - before, 10_000_000_000n);
  t.is(engine.containers.inspect('deaf').State.ExitCode, 137);
});

test('changes outlive stop, start and restart, and end with rm', async (t) => {
  const lab = createLab();
  const { engine } = lab;
  started(lab, 'box');
  await lab.inside('box', (process) => put(process, '/kept', 'yes'));
  await engine.containers.stop('box', { seconds: 0 });
  t.is(
    engine.containers.withFiles('box', (inside) => text(inside, '/kept')),
    'yes',
  );
  engine.containers.start('box');
  await engine.containers.restart('box', { seconds: 0 });
  let seen = '';
  await lab.inside('box', (process) => {
    seen = text(process, '/kept');
  });
  t.is(seen, 'yes');
  await engine.containers.remove('box', { force: true });
  started(lab, 'box');
  t.deepEqual(engine.containers.changes('box'), []);
});

test('rm leaves nothing behind', async (t) => {
  const lab = createLab();
  const paths = ['overlay2', 'overlay2/l', 'containers', 'image/overlay2/layerdb/mounts', 'volumes'];
  const count = () => paths.map((path) => lab.root.readdir(`/var/lib/docker/${path}`).length);
  const before = count();
  const id = lab.engine.containers.create({ image: 'base', config: { Volumes: { '/v': {} } } }).id;
  lab.engine.containers.start(id);
  t.notDeepEqual(count(), before);
  await lab.engine.containers.remove(id, { force: true, volumes: true });
  // The first volume makes the volumes' database.
  t.deepEqual(count(), [...before.slice(0, 4), 1]);
});

test('exit codes, and --rm', async (t) => {
  const lab = createLab();
  lab.jobs.set('seven', () => 7);
  const id = started(lab, 'seven', 'seven');
  t.is(await lab.engine.containers.wait(id), 7);
  t.is(lab.engine.containers.inspect(id).State.ExitCode, 7);
  const gone = lab.engine.containers.create({
    image: 'base',
    config: { Cmd: ['job', 'seven'] },
    host: { AutoRemove: true },
  });
  lab.engine.containers.start(gone.id);
  t.is(await lab.engine.containers.wait(gone.id), 7);
  t.is(lab.engine.containers.find(gone.id), undefined);
});

test('output goes to the log line by line, and to whoever is attached', async (t) => {
  const lab = createLab();
  lab.jobs.set('talk', async (process) => {
    await write(1, 'out\n')(process);
    await write(2, 'err\n')(process);
    return write(1, 'no end')(process);
  });
  const [read, sink] = lab.root.pipe();
  const { id } = lab.engine.containers.create({ image: 'base', config: { Cmd: ['job', 'talk'] } });
  lab.engine.containers.start(id, { client: lab.root, stdout: sink });
  await lab.engine.containers.wait(id);
  t.deepEqual(
    lab.engine.containers.logs(id).map(({ stream, text: line }) => [stream, line]),
    [
      ['stdout', 'out\n'],
      ['stderr', 'err\n'],
      ['stdout', 'no end'],
    ],
  );
  t.is(new TextDecoder().decode(await lab.root.read(read, 100)), 'out\nno end');
  const path = lab.engine.containers.inspect(id).LogPath;
  t.is(
    text(lab.root, path).split('\n')[0],
    '{"log":"out\\n","stream":"stdout","time":"2026-11-21T16:31:29Z"}',
  );
  t.deepEqual(
    lab.engine.containers.logs(id, { tail: 1 }).map((entry) => entry.text),
    ['no end'],
  );
});

test('a container has its own hosts, devices and processes', async (t) => {
  const lab = createLab();
  const id = started(lab, 'box');
  await lab.inside('box', (process) => {
    t.is(text(process, '/etc/hostname'), `${id.slice(0, 12)}\n`);
    t.true(text(process, '/etc/hosts').endsWith(`172.17.0.2\t${id.slice(0, 12)}\n`));
    t.is(process.stat('/dev/null').kind, 'char');
    t.throws(() => process.unlink('/etc/hosts'), { message: 'Device or resource busy' });
    t.is(process.env.get('HOSTNAME'), id.slice(0, 12));
    t.is(process.env.get('HOME'), '/root');
  });
  t.deepEqual(
    lab.engine.containers.top('box').map(({ command }) => command),
    ['job wait'],
  );
});

test('--read-only makes the root refuse every change', async (t) => {
  const lab = createLab();
  const { id } = lab.engine.containers.create({ image: 'base', host: { ReadonlyRootfs: true } });
  lab.engine.containers.start(id);
  await lab.inside(id, (process) => {
    t.throws(() => append(process, '/data/one.txt', 'x'), { message: 'Read-only file system' });
    t.throws(() => process.mkdir('/x'), { message: 'Read-only file system' });
    put(process, '/dev/shm/ok', 'x');
  });
  t.is(
    message(() => lab.engine.containers.withFiles(id, () => 0, { write: true })),
    'container rootfs is marked read-only',
  );
});

test('names: given, made up, refused', (t) => {
  const { engine } = createLab();
  const first = engine.containers.create({ image: 'base', name: 'container1' }).id;
  const made = engine.containers.inspect(engine.containers.create({ image: 'base' }).id).Name;
  t.regex(made, /^\/[a-z]+_[a-z]+$/);
  const make = (name: string) => message(() => engine.containers.create({ image: 'base', name }));
  t.is(
    make('container1'),
    `Conflict. The container name "/container1" is already in use by container "${first}". You have to remove (or rename) that container to be able to reuse that name.`,
  );
  for (const bad of ['a', 'bad name', 'ab/cd']) {
    t.is(make(bad), `Invalid container name (${bad}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  }
  engine.containers.rename('container1', 'other');
  t.is(engine.containers.resolve('other'), first);
});

test('what cannot be done is refused in the words of the daemon', async (t) => {
  const lab = createLab();
  const { engine } = lab;
  const id = started(lab, 'box');
  t.is(
    message(() => engine.containers.changes('nosuch')),
    'No such container: nosuch',
  );
  t.is(
    message(() => engine.containers.create({ image: 'nosuch' })),
    'No such image: nosuch:latest',
  );
  t.is(
    message(() => engine.containers.kill('nosuch')),
    'Cannot kill container: nosuch: No such container: nosuch',
  );
  const removal = await engine.containers.remove('box').catch((error: Error) => error.message);
  t.is(
    removal,
    `You cannot remove a running container ${id}. Stop the container before attempting removal or force remove`,
  );
  t.is(
    message(() => engine.containers.unpause('box')),
    `Container ${id} is not paused`,
  );
  const exec = (argv: string[]) =>
    message(() => engine.containers.exec('box', { argv, detach: true }, lab.root));
  const face = 'OCI runtime exec failed: exec failed: unable to start container process';
  t.is(exec(['nosuchcmd']), `${face}: exec: "nosuchcmd": executable file not found in $PATH: unknown`);
  t.is(exec(['/etc/passwd']), `${face}: exec: "/etc/passwd": permission denied: unknown`);
  t.is(exec(['/nosuch']), `${face}: exec: "/nosuch": stat /nosuch: no such file or directory: unknown`);
  engine.containers.pause('box');
  t.is(exec(['job']), 'Container box is paused, unpause the container before exec');
  await engine.containers.stop('box', { seconds: 0 });
  t.is(exec(['job']), `Container ${id} is not running`);
  t.is(
    message(() => engine.containers.pause('box')),
    `Container ${id} is not running`,
  );
  t.is(
    message(() => engine.containers.kill('box')),
    `Cannot kill container: box: Container ${id} is not running`,
  );
});

test('a program that cannot be started leaves a created container with its exit code', (t) => {
  const { engine } = createLab();
  const { id } = engine.containers.create({ image: 'base', config: { Cmd: ['nosuchcmd'] } });
  t.is(
    message(() => engine.containers.start(id)),
    'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "nosuchcmd": executable file not found in $PATH: unknown',
  );
  const { State } = engine.containers.inspect(id);
  t.deepEqual([State.Status, State.ExitCode], ['created', 127]);
});

test('a snapshot brings back a container that was stopped and removed since', async (t) => {
  const lab = createLab();
  const { engine, kernel } = lab;
  const id = started(lab, 'box');
  await lab.inside('box', (process) => put(process, '/kept', 'yes'));
  const saved = { kernel: kernel.snapshot(), engine: engine.save() };
  await engine.containers.remove('box', { force: true });
  t.is(engine.containers.find('box'), undefined);
  kernel.restore(saved.kernel);
  engine.restore(saved.engine);
  t.is(engine.containers.list()[0]?.id, id);
  let seen = '';
  await lab.inside('box', (process) => {
    seen = text(process, '/kept');
  });
  t.is(seen, 'yes');
  await engine.containers.stop('box', { seconds: 0 });
  t.is(engine.containers.inspect('box').State.Status, 'exited');
});

test('back to before a container was made, and forward again', async (t) => {
  const lab = createLab();
  const { engine, kernel } = lab;
  const save = () => ({ kernel: kernel.snapshot(), engine: engine.save() });
  const restore = (saved: ReturnType<typeof save>) => {
    kernel.restore(saved.kernel);
    engine.restore(saved.engine);
  };
  const before = save();
  started(lab, 'box');
  await lab.inside('box', (process) => put(process, '/kept', 'yes'));
  const after = save();
  restore(before);
  t.deepEqual(engine.containers.list({ all: true }), []);
  await new Promise((resolve) => setImmediate(resolve));
  restore(after);
  t.is(engine.containers.list()[0]?.name, 'box');
  let seen = '';
  await lab.inside('box', (process) => {
    seen = text(process, '/kept');
  });
  t.is(seen, 'yes');
  await engine.containers.stop('box', { seconds: 0 });
  t.is(engine.containers.inspect('box').State.ExitCode, 137);
  restore(after);
  t.true(engine.containers.inspect('box').State.Running);
});
