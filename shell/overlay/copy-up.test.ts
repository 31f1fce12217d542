import test from 'ava';
import { O } from '../fs/open-flags.ts';
import type { CopyUpStep } from '../fs/trace.ts';
import { TestMachine } from './test-machine.ts';

const copies = (machine: TestMachine, action: () => void): string[] =>
  machine
    .told(action, ['copy-up'])
    .map((event) => event as CopyUpStep)
    .map(({ path, from, to, file, bytes, cause }) => `${path} ${from} ${to} ${file} ${bytes} ${cause}`);

test('parents come first, and the trace says why and how much', (t) => {
  const machine = new TestMachine();
  machine.overlay([{ 'd/': '', 'd/s/': '', 'd/s/f': '0123456789' }]);
  t.deepEqual(
    copies(machine, () => machine.put('/m/d/s/f', 'x', O.WRONLY)),
    [
      '/d /l0 /u directory 0 parent of /d/s',
      '/d/s /l0 /u directory 0 parent of /d/s/f',
      '/d/s/f /l0 /u file 10 open O_WRONLY',
    ],
  );
  t.is(machine.text('/m/d/s/f'), 'x123456789');
  t.is(machine.text('/l0/d/s/f'), '0123456789');
  t.is(machine.text('/u/d/s/f'), 'x123456789');
});

test('every change has its cause', (t) => {
  const machine = new TestMachine();
  machine.overlay([{ a: '1', b: '1', c: '1', d: '1', e: '1', f: '1', g: '1' }]);
  const { process } = machine;
  const events = copies(machine, () => {
    process.chmod('/m/a', 0o600);
    process.chown('/m/b', -1, -1);
    process.utimens('/m/c', { mtime: 1n });
    process.setxattr('/m/d', 'user.k', Buffer.from('v'));
    process.link('/m/e', '/m/e2');
    process.rename('/m/f', '/m/f2');
    process.truncate('/m/g', 0);
  });
  t.deepEqual(
    events.map((event) => event.split(' ').slice(4).join(' ')),
    ['1 chmod', '1 chown', '1 utimens', '1 setxattr', '1 link', '1 rename', '1 truncate'],
  );
});

test('O_TRUNC copies no data, and a second open copies nothing', (t) => {
  const machine = new TestMachine();
  machine.overlay([{ f: 'x'.repeat(5000) }]);
  t.deepEqual(
    copies(machine, () => machine.put('/m/f', 'new')),
    ['/f /l0 /u file 0 open O_WRONLY|O_CREAT|O_TRUNC'],
  );
  t.deepEqual(
    copies(machine, () => machine.put('/m/f', 'newer')),
    [],
  );
});

test('a sparse file stays sparse: holes are not copied', (t) => {
  const machine = new TestMachine();
  machine.overlay([{ sparse: '' }]);
  machine.process.truncate('/l0/sparse', 50_000_000);
  machine.put('/l0/sparse', 'end', O.WRONLY | O.APPEND);
  const [event] = copies(machine, () => machine.process.chmod('/m/sparse', 0o600));
  t.is(event, '/sparse /l0 /u file 4096 chmod');
  t.is(machine.process.stat('/u/sparse').size, 50_000_003);
  t.is(machine.process.stat('/u/sparse').blocks, 8);
});

test('a big file is accounted in full and shares its blocks', (t) => {
  const machine = new TestMachine();
  machine.overlay([{ big: '' }]);
  const fd = machine.process.open('/l0/big', O.WRONLY);
  machine.process.fallocate(fd, 'allocate', 0, 100 * 2 ** 20);
  machine.process.close(fd);
  const before = machine.process.statfs('/m').bfree;
  const [event] = copies(machine, () => machine.put('/m/big', 'x', O.WRONLY));
  t.is(event, `/big /l0 /u file ${100 * 2 ** 20} open O_WRONLY`);
  t.is(machine.process.stat('/m/big').blocks, (100 * 2 ** 20) / 512);
  t.true(before - machine.process.statfs('/m').bfree >= (100 * 2 ** 20) / 4096);
});

test('data crosses filesystems', (t) => {
  const machine = new TestMachine();
  const { process } = machine;
  process.mkdir('/t');
  process.mount({ source: 'tmpfs', target: '/t', type: 'tmpfs' });
  machine.tree('/t/l', { f: 'from tmpfs' });
  for (const path of ['/u', '/w', '/m']) process.mkdir(path);
  machine.mount('lowerdir=/t/l,upperdir=/u,workdir=/w');
  const before = process.stat('/m/f');
  machine.put('/m/f', 'FROM', O.WRONLY);
  t.is(machine.text('/m/f'), 'FROM tmpfs');
  t.is(machine.text('/t/l/f'), 'from tmpfs');
  t.is(process.stat('/m/f').ino, before.ino);
  t.is(process.stat('/m/f').dev, before.dev);
  t.not(process.stat('/m/f').dev, process.stat('/m').dev);
});

test('a full upper layer: ENOSPC, and nothing is left behind', (t) => {
  const machine = new TestMachine();
  const { process } = machine;
  machine.tree('/l', { big: 'x'.repeat(300_000) });
  process.mkdir('/t');
  process.mkdir('/m');
  process.mount({ source: 'tmpfs', target: '/t', type: 'tmpfs', options: 'size=128k' });
  for (const path of ['/t/u', '/t/w']) process.mkdir(path);
  machine.mount('lowerdir=/l,upperdir=/t/u,workdir=/t/w');
  t.is(
    machine.errno(() => process.open('/m/big', O.WRONLY)),
    'ENOSPC',
  );
  t.deepEqual(machine.names('/t/u'), []);
  t.deepEqual(machine.names('/t/w/work'), []);
  t.is(machine.text('/m/big').length, 300_000);
  t.is(
    machine.errno(() => machine.put('/m/big', 'small')),
    'ok',
  );
});

test('a full upper layer and an index: the lower hard link stays as it is', (t) => {
  const machine = new TestMachine();
  const { process } = machine;
  machine.tree('/l', { big: 'x'.repeat(300_000) });
  process.link('/l/big', '/l/also');
  for (const path of ['/t', '/m']) process.mkdir(path);
  process.mount({ source: 'tmpfs', target: '/t', type: 'tmpfs', options: 'size=128k' });
  for (const path of ['/t/u', '/t/w']) process.mkdir(path);
  machine.mount('lowerdir=/l,upperdir=/t/u,workdir=/t/w,index=on');
  for (const change of [() => process.open('/m/big', O.WRONLY), () => process.unlink('/m/also')])
    t.is(machine.errno(change), 'ENOSPC');
  t.deepEqual([...machine.names('/t/u'), ...machine.names('/t/w/index')], []);
  t.is(process.statfs('/t').bfree, process.statfs('/t').blocks);
  t.is(process.stat('/m/also').nlink, 2);
});

test('whiteouts and opaque marks are told, made and lifted', (t) => {
  const machine = new TestMachine();
  machine.overlay([{ f: '', 'd/': '' }]);
  const { process } = machine;
  const steps = machine.told(() => {
    process.unlink('/m/f');
    machine.put('/m/f', 'again');
    process.rmdir('/m/d');
    process.mkdir('/m/d');
  }, ['whiteout', 'opaque']);
  t.deepEqual(
    steps.map((step) => [step.kind, 'path' in step && step.path, 'action' in step && step.action]),
    [
      ['whiteout', '/f', 'made'],
      ['whiteout', '/f', 'lifted'],
      ['whiteout', '/d', 'made'],
      ['whiteout', '/d', 'lifted'],
      ['opaque', '/d', false],
    ],
  );
});

// Linux 6.18 on ext4: 65,000 whiteouts are one inode, and the next one, with one that waits in the work directory, another.
test('whiteouts share an inode until it has as many links as a file can have', (t) => {
  const machine = new TestMachine();
  const names = Array.from({ length: 65_003 }, (_, at) => `f${at}`);
  machine.overlay([Object.fromEntries(names.map((name) => [name, '']))]);
  for (const name of names) machine.process.unlink(`/m/${name}`);
  const [first, second] = ['f0', 'f65002'].map((name) => machine.process.stat(`/u/${name}`));
  t.is(first?.nlink, 65_000);
  t.is(second?.nlink, 4);
  t.not(first?.ino, second?.ino);
});
