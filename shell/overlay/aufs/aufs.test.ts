// aufs: names in place of devices and attributes, and otherwise the union that it is.

import test from 'ava';
import fc from 'fast-check';
import { RENAME } from '../../fs/filesystem.ts';
import { makedev, S_IFCHR } from '../../fs/mode.ts';
import { O } from '../../fs/open-flags.ts';
import { CowshSide } from '../differential/cowsh-side.ts';
import { below, COMMIT, call } from '../differential/random-calls.ts';
import { TestMachine } from '../test-machine.ts';

const machine = (): TestMachine => {
  const made = new TestMachine();
  made.tree('/base', { 'd/': '', 'd/a': 'a', 'd/b': 'b', f: 'four' });
  for (const path of ['/rw', '/m']) made.process.mkdir(path);
  made.process.mount({
    source: 'none',
    target: '/m',
    type: 'aufs',
    options: 'br:/rw=rw:/base=ro+wh,dio,xino=/dev/shm/aufs.xino,dirperm1',
  });
  return made;
};

test('a writable branch has its own names in its root, which nobody sees', (t) => {
  const { process, names, errno } = bound(machine());
  t.deepEqual(names('/rw').sort(), ['.wh..wh.aufs', '.wh..wh.orph', '.wh..wh.plnk']);
  t.deepEqual(names('/m').sort(), ['d', 'f']);
  t.is(
    errno(() => process.stat('/m/.wh..wh.aufs')),
    'ENOENT',
  );
  t.is(
    errno(() => process.mkdir('/m/.wh.x')),
    'EPERM',
  );
  t.is(
    errno(() => process.rename('/m/f', '/m/.wh..wh.aufs')),
    'EPERM',
  );
  t.is(
    errno(() => process.mkdir(`/m/${'n'.repeat(243)}`)),
    'ENAMETOOLONG',
  );
});

test('a removed file is an empty file of another name, a link of one that all whiteouts are', (t) => {
  const { process, names } = bound(machine());
  process.unlink('/m/d/a');
  process.unlink('/m/f');
  t.deepEqual(names('/rw/d'), ['.wh.a']);
  const [first, second, base] = ['/rw/d/.wh.a', '/rw/.wh.f', '/rw/.wh..wh.aufs'].map((path) =>
    process.stat(path),
  );
  t.deepEqual([first?.kind, first?.size, first?.nlink], ['file', 0, 3]);
  t.is(first?.ino, base?.ino);
  t.is(second?.ino, base?.ino);
  t.deepEqual(names('/m'), ['d']);
  t.deepEqual(names('/rw/.wh..wh.orph'), []);
});

test('a file made again lifts its whiteout, a directory made again is marked opaque by a name', (t) => {
  const made = machine();
  const { process, names } = bound(made);
  process.unlink('/m/f');
  made.put('/m/f', 'again');
  t.false(names('/rw').some((name) => name === '.wh.f'));
  for (const name of ['a', 'b']) process.unlink(`/m/d/${name}`);
  process.rmdir('/m/d');
  t.true(names('/rw').includes('.wh.d'));
  process.mkdir('/m/d');
  t.deepEqual(names('/rw/d'), ['.wh..wh..opq']);
  t.deepEqual(names('/m/d'), []);
  process.rmdir('/m/d');
  t.deepEqual(names('/m'), ['f']);
});

test('the first write copies the whole file, and the mount table names the union by its number', (t) => {
  const made = machine();
  const { process } = bound(made);
  const copies = made.told(() => made.put('/m/d/b', 'B'), ['copy-up']);
  t.deepEqual(
    copies.map((event) => event.kind === 'copy-up' && [event.path, event.to]),
    [
      ['/d', '/rw'],
      ['/d/b', '/rw'],
    ],
  );
  t.is(made.text('/base/d/b'), 'b');
  const line = process.mounts().at(-1);
  t.is(line?.type, 'aufs');
  t.regex(line?.options ?? '', /^rw,relatime,si=[0-9a-f]{16},dio,dirperm1$/);
});

test('a branch without rw is read only, and one that hides by names does so wherever it lies', (t) => {
  const made = machine();
  const { process, names, errno } = bound(made);
  made.tree('/top', { '.wh.f': '', 'd/': '', 'd/.wh..wh..opq': '', 'd/c': 'c' });
  process.mkdir('/n');
  process.mount({ source: 'none', target: '/n', type: 'aufs', options: 'br=/top=ro+wh:/base=ro+wh' });
  t.deepEqual(names('/n'), ['d']);
  t.deepEqual(names('/n/d'), ['c']);
  t.is(
    errno(() => process.mkdir('/n/e')),
    'EROFS',
  );
});

test('what is no whiteout goes through to the branch: attributes, holes, room, and back to an earlier moment', (t) => {
  const made = machine();
  const { process, names, errno } = bound(made);
  process.setxattr('/m/f', 'user.k', Buffer.from('v'));
  t.deepEqual(process.listxattr('/rw/f'), ['user.k']);
  t.is(String(process.getxattr('/m/f', 'user.k')), 'v');
  const restore = process.kernel.snapshot();
  process.removexattr('/m/f', 'user.k');
  t.deepEqual(process.listxattr('/m/f'), []);
  const fd = process.open('/m/f', O.RDWR);
  process.fallocate(fd, 'allocate', 0, 8192);
  t.is(process.lseek(fd, 0, 'hole'), 8192);
  process.close(fd);
  t.is(process.statfs('/m').type, 'aufs');
  t.is(
    errno(() => process.open('/m/d', O.TMPFILE | O.RDWR)),
    'EOPNOTSUPP',
  );
  for (const name of ['a', 'b']) process.unlink(`/m/d/${name}`);
  process.rmdir('/m/d');
  process.mkdir('/m/d');
  t.deepEqual(process.listxattr('/m/d'), []);
  process.kernel.restore(restore);
  t.deepEqual(names('/m/d').sort(), ['a', 'b']);
  t.deepEqual(process.listxattr('/m/f'), ['user.k']);
});

test('files and whiteouts change places, and the top branch is writable where nothing is said', (t) => {
  const made = machine();
  const { process, names, errno } = bound(made);
  process.mkdir('/n');
  process.mount({ source: 'none', target: '/n', type: 'aufs', options: 'br:/rw:/base' });
  process.unlink('/n/f');
  made.put('/n/new', 'new');
  process.rename('/n/new', '/n/f');
  t.is(made.text('/n/f'), 'new');
  process.rename('/n/d/a', '/n/d/b', RENAME.EXCHANGE);
  t.is(made.text('/n/d/a'), 'b');
  process.mknod('/n/null', S_IFCHR | 0o666, makedev(1, 3));
  t.deepEqual(names('/n').sort(), ['d', 'f', 'null']);
  t.is(
    errno(() => process.mount({ source: 'none', target: '/n', type: 'aufs', options: 'dio' })),
    'EINVAL',
  );
});

/** An aufs whose writable branch becomes a lower one whenever it is told to. */
class Branched {
  readonly side = new CowshSide('ext4');
  #branches = ['/base/empty'];

  constructor() {
    for (const path of ['empty', 'm']) this.side.run(['mkdir', path, 0o755]);
    this.#mount();
  }

  commit(): void {
    this.side.process.umount('/base/m');
    this.#mount();
  }

  #mount(): void {
    const path = `/base/u${this.#branches.length}`;
    this.side.process.mkdir(path);
    const [rw, ...lowers] = [path, ...this.#branches];
    this.#branches = [path, ...this.#branches];
    const options = `br:${rw}=rw:${lowers.map((lower) => `${lower}=ro+wh`).join(':')}`;
    this.side.process.mount({ source: 'none', target: '/base/m', type: 'aufs', options });
  }
}

test('an aufs over any number of branches is a flat filesystem, but for directories that do not move', (t) => {
  fc.assert(
    fc.property(fc.array(call, { minLength: 5, maxLength: 60 }), (calls) => {
      const flat = new CowshSide('ext4');
      flat.run(['mkdir', 'p', 0o755]);
      const branched = new Branched();
      for (const made of calls) {
        if (made[0] === COMMIT) {
          branched.commit();
          continue;
        }
        const ours = branched.side.run(below('m', made));
        if (JSON.stringify(ours) === '{"errno":"EXDEV"}') continue;
        t.deepEqual(ours, flat.run(below('p', made)), JSON.stringify(made));
      }
      branched.commit();
      t.deepEqual(branched.side.run(['dump', 'm']), flat.run(['dump', 'p']));
    }),
    { seed: 2026, numRuns: 150 },
  );
});

const bound = (made: TestMachine) => ({
  process: made.process,
  names: (path: string) => made.names(path),
  errno: (call: () => unknown) => made.errno(call),
});
