// Trees that share blocks: what they take, what they tell, and that a restored machine has them again.

import test from 'ava';
import { bootKernel } from '../boot.ts';
import { virtualClock } from '../clock.ts';
import { Content } from '../content.ts';
import { isFsError } from '../errno.ts';
import { O } from '../open-flags.ts';
import type { Process } from '../process.ts';
import { createRandom } from '../random.ts';
import type { TraceStep } from '../trace.ts';
import { walk } from '../walk.ts';
import { btrfsOn, createPool, findPool, mountBtrfs, mountZfs } from './disks.ts';
import { createSubvolume, deleteSubvolume, snapshotSubvolume } from './subvolume-calls.ts';

const MIB = 1 << 20;

const boot = () => {
  const kernel = bootKernel({
    clock: virtualClock(),
    random: createRandom(1),
    loader: () => undefined,
    filesystemTypes: { btrfs: mountBtrfs, zfs: mountZfs },
  });
  const process = kernel.createInit();
  process.mkdir('/b');
  return { kernel, process };
};

const write = (process: Process, path: string, position: number, bytes: Uint8Array): void => {
  const fd = process.open(path, O.WRONLY | O.CREAT);
  process.pwrite(fd, bytes, position);
  process.close(fd);
};

const ONE = Uint8Array.of(88);

const text = (process: Process, path: string, length: number): string => {
  const fd = process.open(path, O.RDONLY);
  const bytes = process.pread(fd, length, 0);
  process.close(fd);
  return Buffer.from(bytes).toString();
};

const errno = (call: () => void): string => {
  try {
    call();
    return 'ok';
  } catch (error) {
    return isFsError(error) ? error.code : String(error);
  }
};

const withBtrfs = () => {
  const machine = boot();
  const fs = btrfsOn(machine.kernel, '/dev/vdb');
  machine.process.mount({ source: '/dev/vdb', target: '/b', type: 'btrfs' });
  const used = (): number => {
    const { blocks, bfree, bsize } = machine.process.statfs('/b');
    return (blocks - bfree) * bsize;
  };
  return { ...machine, fs, used };
};

test('a device without a btrfs cannot be mounted as one', (t) => {
  const { process } = boot();
  t.is(
    errno(() => process.mount({ source: '/dev/vdb', target: '/b', type: 'btrfs' })),
    'EINVAL',
  );
});

test('a subvolume is a directory with a device and a number 256 of its own', (t) => {
  const { process } = withBtrfs();
  createSubvolume(process, '/b/one');
  process.mkdir('/b/plain');
  const [top, one, plain] = [process.stat('/b'), process.stat('/b/one'), process.stat('/b/plain')];
  t.deepEqual([top.ino, one.ino, one.nlink, plain.nlink], [256, 256, 1, 1]);
  t.false(one.dev === top.dev);
  t.is(plain.dev, top.dev);
  write(process, '/b/one/f', 0, ONE);
  t.is(process.stat('/b/one/f').dev, one.dev);
  process.chdir('/b/one');
  t.is(process.getcwd(), '/b/one');
  process.chdir('..');
  t.is(process.getcwd(), '/b');
  process.chdir('/');
  t.is(
    errno(() => process.rename('/b/one/f', '/b/f')),
    'EXDEV',
  );
  t.is(
    errno(() => process.link('/b/one/f', '/b/f')),
    'EXDEV',
  );
  process.rename('/b/one', '/b/two');
  t.is(process.stat('/b/two/f').size, 1);
  t.deepEqual(
    process.readdir('/b').map(({ name, ino }) => [name, ino === 256]),
    [
      ['plain', false],
      ['two', true],
    ],
  );
});

test('a snapshot of 100 MiB takes a root node, a changed byte 4 KiB, a removal no data', (t) => {
  const { process, used } = withBtrfs();
  createSubvolume(process, '/b/image');
  write(process, '/b/image/small', 0, ONE);
  write(process, '/b/image/big', 0, new Uint8Array(100 * MIB).fill(1));
  const image = used();
  t.true(image > 100 * MIB && image < 101 * MIB);
  const cost = (act: () => void): number => {
    const before = used();
    act();
    return used() - before;
  };
  t.is(
    cost(() => snapshotSubvolume(process, '/b/image', '/b/copy')),
    2 * 16_384,
  );
  // The node of metadata that the file's inode lies in is written anew as well, and kept twice.
  t.is(
    cost(() => write(process, '/b/copy/big', 50_000_000, ONE)),
    4096 + 2 * 16_384,
  );
  t.is(
    cost(() => write(process, '/b/copy/big', 60_000_000, ONE)),
    4096,
  );
  t.is(
    cost(() => write(process, '/b/copy/big', 60_000_000, ONE)),
    0,
  );
  t.is(
    cost(() => process.unlink('/b/copy/big')),
    -2 * 4096,
  );
  t.is(
    cost(() => deleteSubvolume(process, '/b/copy')),
    -2 * 2 * 16_384,
  );
  t.is(used(), image);
});

test('a snapshot keeps what its source had, whichever of them changes', (t) => {
  const { process } = withBtrfs();
  createSubvolume(process, '/b/one');
  process.mkdir('/b/one/d');
  write(process, '/b/one/d/f', 0, Buffer.from('old'));
  snapshotSubvolume(process, '/b/one', '/b/two');
  snapshotSubvolume(process, '/b/two', '/b/three');
  write(process, '/b/one/d/f', 0, Buffer.from('ONE'));
  write(process, '/b/two/d/g', 0, Buffer.from('new'));
  process.unlink('/b/three/d/f');
  t.is(text(process, '/b/one/d/f', 9), 'ONE');
  t.is(text(process, '/b/two/d/f', 9), 'old');
  t.deepEqual(
    process.readdir('/b/two/d').map(({ name }) => name),
    ['f', 'g'],
  );
  t.deepEqual(process.readdir('/b/three/d'), []);
});

test('an unlinked subvolume is refused while another stands in it; a snapshot of it has an empty place there', (t) => {
  const { process } = withBtrfs();
  createSubvolume(process, '/b/one');
  createSubvolume(process, '/b/one/inner');
  write(process, '/b/one/inner/f', 0, ONE);
  t.is(
    errno(() => deleteSubvolume(process, '/b/one')),
    'ENOTEMPTY',
  );
  snapshotSubvolume(process, '/b/one', '/b/two');
  t.deepEqual(process.readdir('/b/two/inner'), []);
  t.is(
    errno(() => process.rmdir('/b/one/inner')),
    'ENOTEMPTY',
  );
  deleteSubvolume(process, '/b/one/inner');
  deleteSubvolume(process, '/b/one');
  t.deepEqual(
    process.readdir('/b').map(({ name }) => name),
    ['two'],
  );
  process.mkdir('/b/plain');
  t.is(
    errno(() => deleteSubvolume(process, '/b/plain')),
    'EINVAL',
  );
  t.is(
    errno(() => snapshotSubvolume(process, '/b/plain', '/b/x')),
    'EINVAL',
  );
  t.is(
    errno(() => createSubvolume(process, '/x')),
    'ENOTTY',
  );
});

test('a restored machine has the subvolumes it had, with what was in them', (t) => {
  const { kernel, process } = withBtrfs();
  createSubvolume(process, '/b/one');
  write(process, '/b/one/f', 0, Buffer.from('old'));
  const before = kernel.snapshot();
  snapshotSubvolume(process, '/b/one', '/b/two');
  write(process, '/b/one/f', 0, Buffer.from('new'));
  process.umount('/b');
  const after = kernel.snapshot();
  kernel.restore(before);
  t.is(text(process, '/b/one/f', 9), 'old');
  deleteSubvolume(process, '/b/one');
  kernel.restore(after);
  process.mount({ source: '/dev/vdb', target: '/b', type: 'btrfs' });
  t.is(text(process, '/b/one/f', 9), 'new');
  t.is(text(process, '/b/two/f', 9), 'old');
});

test('the trace tells of a snapshot, and of blocks that are no longer shared', (t) => {
  const { kernel, process } = withBtrfs();
  createSubvolume(process, '/b/one');
  write(process, '/b/one/f', 0, new Uint8Array(MIB).fill(1));
  const steps: TraceStep[] = [];
  const end = kernel.trace.subscribe((event) => {
    if (event.kind === 'snapshot' || event.kind === 'unshare') steps.push(event);
  });
  snapshotSubvolume(process, '/b/one', '/b/two');
  write(process, '/b/two/f', 5000, ONE);
  write(process, '/b/two/f', 5001, ONE);
  write(process, '/b/one/f', 5001, ONE);
  end();
  t.deepEqual(
    steps.map((step) =>
      step.kind === 'snapshot'
        ? [step.from, step.to]
        : step.kind === 'unshare'
          ? [step.path, step.bytes]
          : [],
    ),
    [
      ['/one', '/two'],
      ['/f', 4096],
    ],
  );
});

/** As the experiment of a real pool: a file of 100 MiB and a small one, a snapshot, clones. */
const withPool = () => {
  const machine = boot();
  const pool = createPool(machine.kernel, 'tank', 2 ** 31);
  pool.create('tank/base', '/b');
  machine.process.mount({ source: 'tank/base', target: '/b', type: 'zfs' });
  write(
    machine.process,
    '/b/base_file.txt',
    0,
    Buffer.from('This is the original file in the base image.\n'),
  );
  const { mount, node } = walk(machine.process, '/b');
  mount.fs.create(node, 'big.bin', { mode: 0o100644, uid: 0, gid: 0, content: Content.noise(100 * MIB, 1) });
  pool.snapshot('tank/base@img');
  for (const name of ['c3', 'c4']) {
    pool.clone('tank/base@img', `tank/${name}`, 'legacy');
    machine.process.mkdir(`/${name}`);
    machine.process.mount({ source: `tank/${name}`, target: `/${name}`, type: 'zfs' });
  }
  return { ...machine, pool };
};

test('clones take nothing, a changed byte a record and what points to it, as measured on a real pool', (t) => {
  const { process, pool } = withPool();
  const within = (act: () => void, measured: number): void => {
    const before = pool.used();
    act();
    const cost = pool.used() - before;
    t.true(Math.abs(cost - measured) <= measured / 10, `${cost}, really ${measured}`);
  };
  const c3 = pool.get('tank/c3');
  const c4 = pool.get('tank/c4');
  if (c3 === undefined || c4 === undefined) return t.fail('two clones');
  t.is(pool.usedBy(c3), 0);
  within(() => write(process, '/c3/big.bin', 50_000_000, ONE), 237_568);
  within(() => write(process, '/c3/big.bin', 60_000_000, ONE), 147_456);
  within(() => process.unlink('/c4/big.bin'), 88 * 1024);
  t.is(pool.usedBy(c3), 385_024);
  t.is(pool.usedBy(c4), 88 * 1024);
  t.is(text(process, '/b/base_file.txt', 4), 'This');
  t.is(
    errno(() => pool.destroy('tank/base@img')),
    'EBUSY',
  );
});

test('a snapshot that waits for its clones goes with the last of them', (t) => {
  const { process, pool } = withPool();
  pool.destroyLater('tank/base@img');
  t.not(pool.get('tank/base@img'), undefined);
  for (const name of ['c3', 'c4']) {
    process.umount(`/${name}`);
    pool.destroy(`tank/${name}`);
  }
  t.is(pool.get('tank/base@img'), undefined);
});

test('a restored machine has the datasets it had', (t) => {
  const { kernel, process, pool } = withPool();
  const before = kernel.snapshot();
  write(process, '/c3/base_file.txt', 0, Buffer.from('Changed'));
  process.umount('/c4');
  pool.destroy('tank/c4');
  kernel.restore(before);
  t.is(text(process, '/c3/base_file.txt', 4), 'This');
  t.not(findPool(kernel, 'tank')?.get('tank/c4'), undefined);
  t.is(process.stat('/c4/big.bin').size, 100 * MIB);
});
