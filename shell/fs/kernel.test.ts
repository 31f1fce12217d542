import test from 'ava';
import { bootKernel } from './boot.ts';
import { virtualClock } from './clock.ts';
import { credentials } from './credentials.ts';
import { FsError } from './errno.ts';
import { O } from './open-flags.ts';
import type { Process } from './process.ts';
import { elfImage } from './program.ts';
import { createRandom } from './random.ts';
import { changedFiles } from './snapshot.ts';

const boot = (): Process => {
  const kernel = bootKernel({ clock: virtualClock(), random: createRandom(1), loader: () => undefined });
  return kernel.createInit();
};

const put = (process: Process, path: string, text: string): void => {
  const fd = process.open(path, O.WRONLY | O.CREAT | O.TRUNC);
  try {
    process.write(fd, Buffer.from(text));
  } finally {
    process.close(fd);
  }
};

const get = (process: Process, path: string): string => {
  const fd = process.open(path, O.RDONLY);
  const bytes = process.pread(fd, 1 << 20, 0);
  process.close(fd);
  return Buffer.from(bytes).toString();
};

const errno = (call: () => unknown): string => {
  try {
    call();
    return 'ok';
  } catch (error) {
    if (error instanceof FsError) return error.code;
    throw error;
  }
};

test('a file is written, read, linked, renamed and removed', (t) => {
  const init = boot();
  init.mkdir('/a');
  put(init, '/a/f', 'hello\n');
  t.is(get(init, '/a/f'), 'hello\n');
  init.link('/a/f', '/a/g');
  t.is(init.stat('/a/g').nlink, 2);
  init.rename('/a/f', '/h');
  t.is(get(init, '/h'), 'hello\n');
  t.is(
    errno(() => init.rmdir('/a')),
    'ENOTEMPTY',
  );
  init.unlink('/a/g');
  init.rmdir('/a');
  t.deepEqual(
    init.readdir('/').map((entry) => entry.name),
    ['h'],
  );
});

test('an error names its call and path', (t) => {
  const init = boot();
  const error = t.throws(() => init.mkdir('/none/x'), { instanceOf: FsError });
  t.is(error.code, 'ENOENT');
  t.is(error.call, 'mkdir');
  t.is(error.path, '/none/x');
  t.is(error.message, 'No such file or directory');
});

test('symbolic links are followed, loops end', (t) => {
  const init = boot();
  init.mkdir('/d');
  put(init, '/d/f', 'x');
  init.symlink('d', '/l');
  init.symlink('/l/f', '/m');
  t.is(get(init, '/m'), 'x');
  init.symlink('b', '/a');
  init.symlink('a', '/b');
  t.is(
    errno(() => init.stat('/a')),
    'ELOOP',
  );
  t.is(
    errno(() => init.stat('/d/f/')),
    'ENOTDIR',
  );
  t.is(
    errno(() => init.open('/m', O.RDONLY | O.NOFOLLOW)),
    'ELOOP',
  );
});

test('an unlinked file lives while it is open', (t) => {
  const init = boot();
  put(init, '/f', 'data');
  const fd = init.open('/f', O.RDONLY);
  init.unlink('/f');
  t.is(Buffer.from(init.pread(fd, 9, 0)).toString(), 'data');
  t.is(init.fstat(fd).nlink, 0);
  const before = init.kernel.disk.inodes;
  init.close(fd);
  t.is(init.kernel.disk.inodes, before - 1);
});

test('somebody without rights is refused', async (t) => {
  const init = boot();
  init.mkdir('/p', 0o700);
  put(init, '/f', 'x');
  await init.fork((child) => {
    child.cred = credentials({ uid: 1000, gid: 1000, groups: [] });
    t.is(
      errno(() => child.stat('/p/x')),
      'EACCES',
    );
    t.is(
      errno(() => child.open('/f', O.WRONLY)),
      'EACCES',
    );
    t.is(
      errno(() => child.chmod('/f', 0o777)),
      'EPERM',
    );
    t.is(
      errno(() => child.mkdir('/q')),
      'EACCES',
    );
    return 0;
  }).exited;
});

test('a snapshot is exact and can be gone back to twice', (t) => {
  const init = boot();
  put(init, '/f', 'one');
  init.mkdir('/d');
  const ino = init.stat('/f').ino;
  const { kernel } = init;
  const first = kernel.snapshot();
  put(init, '/f', 'two');
  init.unlink('/f');
  put(init, '/d/new', 'new');
  const second = kernel.snapshot();
  kernel.restore(first);
  t.is(get(init, '/f'), 'one');
  t.is(init.stat('/f').ino, ino);
  t.deepEqual(init.readdir('/d'), []);
  kernel.restore(second);
  t.is(get(init, '/d/new'), 'new');
  t.is(
    errno(() => init.stat('/f')),
    'ENOENT',
  );
  kernel.restore(first);
  t.is(get(init, '/f'), 'one');
});

test('mounts made after a snapshot are gone when it is restored', (t) => {
  const init = boot();
  const { kernel } = init;
  init.mkdir('/over');
  const mounted = init.mounts().length;
  const before = kernel.snapshot();
  init.mount({ source: 'tmpfs', target: '/over', type: 'tmpfs' });
  init.mkdir('/over/inside');
  kernel.restore(before);
  t.is(init.mounts().length, mounted);
  init.rmdir('/over');
  t.is(init.tryStat('/over'), undefined);
});

test('two snapshots are compared by what differs', (t) => {
  const init = boot();
  const { kernel } = init;
  for (let at = 0; at < 3000; at++) put(init, `/f${at}`, 'x');
  const before = kernel.snapshot();
  const changed = init.stat('/f7').ino;
  const gone = init.stat('/f8').ino;
  init.chmod('/f7', 0o600);
  init.unlink('/f8');
  put(init, '/new', 'x');
  const made = init.stat('/new').ino;
  const after = kernel.snapshot();
  t.deepEqual(changedFiles(before, after).get(kernel.disk), [2, changed, gone, made]);
  t.is(changedFiles(after, kernel.snapshot()).size, 0);
});

test('a big synthetic program costs no memory, is copied by sharing, and is accounted in full', (t) => {
  const init = boot();
  init.kernel.disk.setContent(
    init.kernel.disk.create(init.kernel.disk.root, 'big', { mode: 0o100755, uid: 0, gid: 0 }),
    elfImage('big', 100 * 2 ** 20),
  );
  t.is(init.stat('/big').blocks, (100 * 2 ** 20) / 512);
  const from = init.open('/big', O.RDONLY);
  const to = init.open('/copy', O.WRONLY | O.CREAT);
  t.is(init.copyFileRange(from, to, 2 ** 40), 100 * 2 ** 20);
  init.pwrite(to, Buffer.from('!'), 50 * 2 ** 20);
  t.is(init.stat('/copy').blocks, (100 * 2 ** 20) / 512);
  const wrote = init.open('/copy', O.RDONLY);
  t.is(init.pread(wrote, 1, 50 * 2 ** 20)[0], 33);
  t.not(init.pread(from, 1, 50 * 2 ** 20)[0], 33);
});

test('a pipe carries bytes, blocks, and breaks', async (t) => {
  const init = boot();
  const [read, write] = init.pipe();
  const child = init.fork(async (process) => {
    process.close(read);
    await process.write(write, new Uint8Array(200_000));
    return 3;
  });
  init.close(write);
  let total = 0;
  for (;;) {
    const bytes = await init.read(read, 50_000);
    if (bytes.length === 0) break;
    total += bytes.length;
  }
  t.is(total, 200_000);
  t.deepEqual(await child.exited, { code: 3 });
  const [reader, writer] = init.pipe();
  init.close(reader);
  const writing = init.fork(async (process) => {
    await process.write(writer, new Uint8Array(1));
    return 0;
  });
  t.deepEqual(await writing.exited, { code: 0, signal: 'SIGPIPE' });
});

test('virtual time passes at once for a foreground sleeper, and a background one waits', async (t) => {
  const init = boot();
  const before = init.kernel.clock.now();
  await init.sleep(3_600_000);
  t.true(init.kernel.clock.now() - before >= 3_600_000_000_000n);
  let woke = false;
  const child = init.fork(async (process) => {
    process.foreground = false;
    await process.sleep(1000);
    woke = true;
    return 0;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  t.false(woke);
  init.kill(child.pid, 'SIGTERM');
  t.deepEqual(await child.exited, { code: 0, signal: 'SIGTERM' });
});

test('tmpfs is mounted, is full, and goes', (t) => {
  const init = boot();
  init.mkdir('/m');
  init.mount({ source: 'tmpfs', target: '/m', type: 'tmpfs', options: 'size=8k' });
  put(init, '/m/a', 'x'.repeat(4096));
  t.is(
    errno(() => put(init, '/m/b', 'x'.repeat(8192))),
    'ENOSPC',
  );
  t.is(init.statfs('/m').type, 'tmpfs');
  t.is(
    errno(() => init.rename('/m/a', '/a')),
    'EXDEV',
  );
  init.chdir('/m');
  t.is(init.getcwd(), '/m');
  t.is(
    errno(() => init.umount('/m')),
    'EBUSY',
  );
  init.chdir('/');
  init.umount('/m');
  t.deepEqual(init.readdir('/m'), []);
});

test('a full disk takes what it has room for, and what it has already can be written again', (t) => {
  const init = boot();
  init.mkdir('/m');
  init.mount({ source: 'tmpfs', target: '/m', type: 'tmpfs', options: 'size=64k' });
  put(init, '/m/old', 'x'.repeat(40_000));
  const fd = init.open('/m/new', O.WRONLY | O.CREAT);
  t.is(
    errno(() => init.write(fd, new Uint8Array(40_000).fill(1))),
    'ENOSPC',
  );
  t.is(init.stat('/m/new').size, 65_536 - 40_960);
  t.is(init.statfs('/m').bfree, 0);
  t.is(
    errno(() => init.write(fd, Uint8Array.of(1))),
    'ENOSPC',
  );
  const old = init.open('/m/old', O.RDWR | O.APPEND);
  t.is(
    errno(() => init.write(old, new Uint8Array(960))),
    'ok',
  );
  t.is(
    errno(() => init.write(old, Uint8Array.of(1))),
    'ENOSPC',
  );
  t.is(
    errno(() => init.pwrite(old, new Uint8Array(30_000).fill(2), 100)),
    'ok',
  );
  t.is(
    errno(() => init.fallocate(old, 'allocate', 0, 50_000)),
    'ENOSPC',
  );
  init.unlink('/m/new');
  init.close(fd);
  t.is(init.statfs('/m').bfree, 6);
  put(init, '/m/again', 'y'.repeat(20_000));
});

test('holes cost nothing and are found', (t) => {
  const init = boot();
  const fd = init.open('/s', O.RDWR | O.CREAT);
  init.pwrite(fd, Buffer.from('end'), 1 << 20);
  t.is(init.fstat(fd).blocks, 8);
  t.is(init.lseek(fd, 0, 'data'), 1 << 20);
  t.is(init.lseek(fd, 0, 'hole'), 0);
  init.ftruncate(fd, 10);
  t.is(init.fstat(fd).blocks, 0);
});

test('a program that runs cannot be written to, and one that is being written cannot run', async (t) => {
  const kernel = bootKernel({
    clock: virtualClock(),
    random: createRandom(1),
    loader: () => async (process) => {
      await process.sleep(1000);
      return 0;
    },
  });
  const init = kernel.createInit();
  kernel.disk.create(kernel.disk.root, 'program', {
    mode: 0o100755,
    uid: 0,
    gid: 0,
    content: elfImage('p', 9000),
  });
  const child = init.spawn('/program', ['program']);
  t.is(
    errno(() => init.open('/program', O.WRONLY)),
    'ETXTBSY',
  );
  t.is(
    errno(() => init.open('/program', O.RDONLY | O.TRUNC)),
    'ETXTBSY',
  );
  t.is(
    errno(() => init.truncate('/program', 0)),
    'ETXTBSY',
  );
  t.is(
    errno(() => init.close(init.open('/program', O.RDONLY))),
    'ok',
  );
  await child.exited;
  const fd = init.open('/program', O.WRONLY);
  t.is(
    errno(() => init.spawn('/program', ['program'])),
    'ETXTBSY',
  );
  init.close(fd);
  t.deepEqual(await init.spawn('/program', ['program']).exited, { code: 0 });
});
