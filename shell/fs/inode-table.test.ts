// Directories whose entries are made when somebody looks.

import test from 'ava';
import { bootKernel } from './boot.ts';
import { virtualClock } from './clock.ts';
import { createRandom } from './random.ts';

const lab = () => {
  const kernel = bootKernel({ clock: virtualClock(), random: createRandom(1), loader: () => undefined });
  const root = kernel.createInit();
  root.mkdir('/late');
  const late = root.stat('/late').ino;
  let fills = 0;
  kernel.disk.fillLater(late, {
    all: () => {
      fills++;
      kernel.disk.create(late, 'sub', { mode: 0o040755, uid: 0, gid: 0 });
    },
  });
  return { kernel, root, fills: () => fills };
};

type Lab = ReturnType<typeof lab>;

const looks: Record<string, (made: Lab) => void> = {
  'a path through it': ({ root }) => root.tryStat('/late/no'),
  'its own stat': ({ root }) => root.stat('/late'),
  'a listing': ({ root }) => root.readdir('/late'),
  'a new name in it': ({ root }) => root.mkdir(`/late/${root.kernel.clock.now()}`),
  'its removal': ({ root }) => mustFail(() => root.rmdir('/late')),
  'the sum of the disk': ({ root }) => root.statfs('/'),
};

const mustFail = (act: () => void): void => {
  try {
    act();
  } catch {
    return;
  }
  throw new Error('a directory with entries was removed');
};

for (const [name, look] of Object.entries(looks))
  test(`entries are made by ${name}, once`, (t) => {
    const made = lab();
    made.root.mkdir('/elsewhere');
    made.root.readdir('/');
    t.is(made.fills(), 0);
    look(made);
    look(made);
    t.is(made.fills(), 1);
    t.is(made.root.stat('/late/sub').kind, 'directory');
    t.true(made.root.stat('/late').nlink >= 3);
  });

test('times are as if the entries had been there', (t) => {
  const { root } = lab();
  root.mkdir('/mark');
  root.readdir('/late');
  t.true(root.stat('/late').mtime < root.stat('/mark').mtime);
  t.true(root.stat('/late/sub').ctime < root.stat('/mark').ctime);
});

test('a snapshot from before makes them again', (t) => {
  const { kernel, root, fills } = lab();
  const before = kernel.snapshot();
  root.rmdir('/late/sub');
  kernel.restore(before);
  t.is(root.stat('/late/sub').kind, 'directory');
  t.is(fills(), 2);
});

test('a name is made alone, and keeps its place and its inode when the others come', (t) => {
  const kernel = bootKernel({ clock: virtualClock(), random: createRandom(1), loader: () => undefined });
  const root = kernel.createInit();
  root.mkdir('/late');
  const late = root.stat('/late').ino;
  const made: string[] = [];
  const make = (name: string) => {
    made.push(name);
    kernel.disk.create(late, name, { mode: 0o100644, uid: 0, gid: 0 });
  };
  const names = ['c', 'a', 'b'];
  kernel.disk.fillLater(late, {
    all: () => {
      for (const name of names) if (!kernel.disk.keep(late, name)) make(name);
    },
    one: (name) => {
      if (names.includes(name)) make(name);
      return true;
    },
  });
  const { ino } = root.stat('/late/b');
  t.is(root.tryStat('/late/no'), undefined);
  root.stat('/late/b');
  t.deepEqual(made, ['b']);
  t.deepEqual(
    root.readdir('/late').map(({ name }) => name),
    names,
  );
  t.deepEqual(made, ['b', 'c', 'a']);
  t.is(root.stat('/late/b').ino, ino);
});
