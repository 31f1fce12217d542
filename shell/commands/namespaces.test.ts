// unshare, nsenter, flock, setsid, killall, lsattr: what they do to processes, mounts and files; their words as the real ones'.

import test from 'ava';
import { sameAsGnu } from './gnu-oracle.ts';
import { TestMachine } from './test-machine.ts';

const machine = (): TestMachine => {
  const made = new TestMachine();
  made.install(
    'cat',
    'ls',
    'mount',
    'true',
    'touch',
    'hostname',
    'sleep',
    'flock',
    'pwd',
    'unshare',
    'nsenter',
  );
  made.init.mkdir('/mnt');
  return made;
};

const env = { PATH: '/bin' };

test('what is mounted in a namespace of its own nobody else sees', async (t) => {
  const own = machine();
  own.put('/work/file', 'x');
  const before = own.init.mounts().length;
  const ran = await own.run(['unshare', '-m', 'mount', '-t', 'tmpfs', 'none', '/work'], { env });
  t.is(ran.status, 0);
  t.is(own.init.mounts().length, before);
  t.is(own.get('/work/file'), 'x');
  t.is(own.kernel.namespaces().length, 1, 'the namespace ends with its last process');
});

test('nsenter sees the mounts of the process, and stands at its root', async (t) => {
  const own = machine();
  own.put('/work/file', 'x');
  const inside = own.init.fork(async (process) => {
    process.unshare('mnt');
    process.mount({ source: 'none', target: '/work', type: 'tmpfs' });
    await process.sleep(1000);
    return 0;
  });
  const pid = String(inside.pid);
  t.is((await own.run(['nsenter', '-t', pid, '-m', 'ls', '/work'], { env })).stdout, '');
  t.is((await own.run(['ls', '/work'], { env })).stdout, 'file\n');
  t.is((await own.run(['nsenter', '-t', pid, '-m', 'pwd'], { env })).stdout, '/\n');
  t.is((await own.run(['nsenter', `--mount=/proc/${pid}/ns/mnt`, 'ls', '/work'], { env })).stdout, '');
});

test('an ordinary user may neither unshare nor enter', async (t) => {
  const own = machine();
  const cred = { uid: 1000, gid: 1000, groups: [1000] };
  const refused = await own.run(['unshare', '-m', 'true'], { env, cred });
  t.is(refused.stderr, 'unshare: unshare failed: Operation not permitted\n');
  t.is((await own.run(['unshare', '-r', 'true'], { env, cred })).status, 1);
  t.is((await own.run(['nsenter', '-t', '1', '-m', 'true'], { env, cred })).status, 1);
});

test('a lock keeps others out until its holder ends', async (t) => {
  const own = machine();
  const holder = own.init.fork(async (process) => {
    const fd = process.open('/work/lock', 0o102, 0o644);
    await process.flock(fd, 'exclusive');
    await process.sleep(1000);
    return 0;
  });
  t.is((await own.run(['flock', '-n', '/work/lock', 'true'], { env })).status, 1);
  t.is((await own.run(['flock', '-n', '-E', '7', '/work/lock', 'true'], { env })).status, 7);
  const waiting = own.run(['flock', '/work/lock', 'true'], { env });
  await holder.exited;
  t.is((await waiting).status, 0);
});

test('killall ends programs by their names', async (t) => {
  const own = machine();
  const sleeper = own.init.spawn('/bin/sleep', ['sleep', '1000']);
  t.is((await own.run(['pidof', 'sleep'])).stdout, `${sleeper.pid}\n`);
  t.is((await own.run(['killall', 'sleep'])).status, 0);
  t.is((await sleeper.exited).signal, 'SIGTERM');
  t.is((await own.run(['killall', 'sleep'])).stderr, 'sleep: no process found\n');
});

test('a link to pgrep that is called pkill kills', async (t) => {
  const own = machine();
  own.install('pgrep');
  own.init.symlink('pgrep', '/bin/pkill');
  const sleeper = own.init.spawn('/bin/sleep', ['sleep', '1000']);
  t.is((await own.init.spawn('/bin/pkill', ['pkill', 'sleep']).exited).code, 0);
  t.is((await sleeper.exited).signal, 'SIGTERM');
});

test('an immutable file stays, and lsattr shows why', async (t) => {
  const own = machine();
  own.put('/work/f', '');
  t.is((await own.run(['chattr', '+i', 'f'])).status, 0);
  t.is((await own.run(['lsattr', 'f'])).stdout, '----i---------e------- f\n');
  t.throws(() => own.init.unlink('/work/f'), { message: 'Operation not permitted' });
  t.is((await own.run(['chattr', '-i', 'f'])).status, 0);
  own.init.unlink('/work/f');
  t.pass();
});

test('lsof and fuser tell who has a deleted file open', async (t) => {
  const own = machine();
  const holder = own.init.fork(async (process) => {
    process.argv = ['holder'];
    process.open('/work/gone', 0o102, 0o644);
    process.unlink('/work/gone');
    process.open('/work/busy', 0o102, 0o644);
    await process.sleep(1000);
    return 0;
  });
  const listed = await own.run(['lsof', '+L1']);
  t.regex(
    listed.stdout,
    new RegExp(`^holder +${holder.pid} root +0u +REG +254,0 +0 +0 +\\d+ /work/gone \\(deleted\\)$`, 'm'),
  );
  t.is((await own.run(['lsof', '-t', '/work'])).stdout.includes(String(holder.pid)), true);
  const used = await own.run(['fuser', '/work']);
  t.true(used.stdout.includes(String(holder.pid)));
  t.regex(used.stderr, /^\/work: +.*c/);
  t.is((await own.run(['fuser', '-k', 'busy'])).status, 0);
  t.is((await holder.exited).signal, 'SIGKILL');
});

sameAsGnu('unshare', {}, [
  ['unshare', '-Q'],
  ['unshare', '--propagation', 'foo', 'true'],
  ['unshare', 'nosuchprogram'],
  ['unshare', '-m', 'true'],
]);
sameAsGnu('nsenter', {}, [
  ['nsenter', '-m', 'true'],
  ['nsenter', '-t', '99999', '-m', 'true'],
  ['nsenter', '-t', 'x', '-m', 'true'],
  ['nsenter', '-Q'],
]);
sameAsGnu('flock', { d: undefined }, [
  ['flock'],
  ['flock', 'lock', 'true'],
  ['flock', 'lock', 'false'],
  ['flock', 'd', 'echo', 'hi'],
  ['flock', 'lock'],
  ['flock', '-n', 'lock', 'nosuchprogram'],
  ['flock', 'nodir/x', 'true'],
  ['flock', '-Q'],
]);
sameAsGnu('setsid', {}, [
  ['setsid'],
  ['setsid', 'nosuchprogram'],
  ['setsid', '-w', 'echo', 'hi'],
  ['setsid', '-Q'],
]);
