// Walks that begin as an earlier one did: whatever has happened in between, they lead where a first walk would.

import test from 'ava';
import { bootKernel } from './boot.ts';
import { virtualClock } from './clock.ts';
import { credentials } from './credentials.ts';
import { isFsError } from './errno.ts';
import { O } from './open-flags.ts';
import type { Process } from './process.ts';
import { createRandom } from './random.ts';

const boot = (): Process => {
  const kernel = bootKernel({ clock: virtualClock(), random: createRandom(1), loader: () => undefined });
  const init = kernel.createInit();
  for (const path of ['/a', '/a/b', '/other']) init.mkdir(path);
  write(init, '/a/b/file', 'first');
  write(init, '/other/file', 'other');
  return init;
};

const write = (process: Process, path: string, text: string): void => {
  const fd = process.open(path, O.WRONLY | O.CREAT | O.TRUNC);
  process.pwrite(fd, Buffer.from(text), 0);
  process.close(fd);
};

const read = (process: Process, path: string): string => {
  try {
    const fd = process.open(path, O.RDONLY);
    const text = Buffer.from(process.pread(fd, 100, 0)).toString();
    process.close(fd);
    return text;
  } catch (error) {
    if (isFsError(error)) return error.code;
    throw error;
  }
};

const changes: Record<string, { change: (init: Process) => void; then: string }> = {
  'the directory is renamed': { change: (init) => init.rename('/a/b', '/a/c'), then: 'ENOENT' },
  'the one above is renamed': { change: (init) => init.rename('/a', '/c'), then: 'ENOENT' },
  'another takes its place': {
    change: (init) => {
      init.rename('/a/b', '/a/c');
      init.rename('/other', '/a/b');
    },
    then: 'other',
  },
  'the two change places': { change: (init) => init.rename('/a/b', '/other', 2), then: 'other' },
  'a link takes its place': {
    change: (init) => {
      init.rename('/a/b', '/a/c');
      init.symlink('/other', '/a/b');
    },
    then: 'other',
  },
  'it is removed': {
    change: (init) => {
      init.unlink('/a/b/file');
      init.rmdir('/a/b');
    },
    then: 'ENOENT',
  },
  'something is mounted on it': {
    change: (init) => {
      init.mount({ source: 'tmpfs', target: '/a/b', type: 'tmpfs', options: '' });
    },
    then: 'ENOENT',
  },
  'something is mounted above it': {
    change: (init) => {
      init.mount({ source: 'tmpfs', target: '/a', type: 'tmpfs', options: '' });
    },
    then: 'ENOENT',
  },
  'the root is another': {
    change: (init) => {
      init.mkdir('/other/a');
      init.mkdir('/other/a/b');
      write(init, '/other/a/b/file', 'within');
      read(init, '/a/b/file');
      init.chroot('/other');
    },
    then: 'within',
  },
  'nothing happens': { change: () => {}, then: 'first' },
};

for (const [title, { change, then }] of Object.entries(changes)) {
  test(title, (t) => {
    const init = boot();
    t.is(read(init, '/a/b/file'), 'first');
    change(init);
    t.is(read(init, '/a/b/file'), then);
  });
}

test('a mount is taken away', (t) => {
  const init = boot();
  init.mount({ source: 'tmpfs', target: '/a/b', type: 'tmpfs', options: '' });
  t.is(read(init, '/a/b/file'), 'ENOENT');
  init.umount('/a/b');
  t.is(read(init, '/a/b/file'), 'first');
});

test('a snapshot is restored', (t) => {
  const init = boot();
  const snapshot = init.kernel.snapshot();
  init.rename('/a/b', '/a/c');
  init.rename('/other', '/a/b');
  t.is(read(init, '/a/b/file'), 'other');
  init.kernel.restore(snapshot);
  t.is(read(init, '/a/b/file'), 'first');
});

test('what root has walked, others walk with their own rights', (t) => {
  const init = boot();
  t.is(read(init, '/a/b/file'), 'first');
  init.chmod('/a', 0o700);
  t.is(read(init, '/a/b/file'), 'first');
  init.cred = credentials({ uid: 1000, gid: 1000, groups: [] });
  t.is(read(init, '/a/b/file'), 'EACCES');
});

test('a directory above is closed', (t) => {
  const init = boot();
  const root = init.cred;
  init.cred = credentials({ uid: 1000, gid: 1000, groups: [] });
  const user = init.cred;
  t.is(read(init, '/a/b/file'), 'first');
  init.cred = root;
  init.chmod('/a', 0o700);
  init.cred = user;
  t.is(read(init, '/a/b/file'), 'EACCES');
});

test('a path that ends in the directory, or goes on from it upwards', (t) => {
  const init = boot();
  t.is(read(init, '/a/b/file'), 'first');
  t.is(init.stat('/a/b/').kind, 'directory');
  t.is(init.stat('/a/b//').ino, init.stat('/a/b').ino);
  t.is(read(init, '/a/b/../b/file'), 'first');
  t.is(read(init, '/a/b/../../other/file'), 'other');
  t.is(read(init, '/a/b//file'), 'first');
  init.mkdir('/a/b/d/');
  t.throws(() => init.rmdir('/a/b/.'), { message: 'Invalid argument' });
});
