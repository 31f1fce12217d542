// docker diff and SizeRw, case by case as a real engine (20.10.24) gave them.

import test from 'ava';
import type { Process } from '../fs/process.ts';
import { append, createLab, type Lab, put } from './lab.ts';

const running = (): Lab & { id: string } => {
  const lab = createLab();
  const { id } = lab.engine.containers.create({ image: 'base', name: 'c1' });
  lab.engine.containers.start('c1');
  // Whatever happens, happens later than the image was made, and not on a whole second.
  lab.clock.set(lab.clock.now() + 5_000_000_123n);
  return { ...lab, id };
};

const signs = { changed: 'C', added: 'A', deleted: 'D' } as const;

interface Case {
  act: (process: Process) => void;
  diff: string[];
  size: number;
}

const removeTree = (process: Process, path: string): void => {
  for (const { name, type } of process.readdir(path)) {
    if (type === 'directory') removeTree(process, `${path}/${name}`);
    else process.unlink(`${path}/${name}`);
  }
  process.rmdir(path);
};

const cases: Record<string, Case> = {
  'nothing but reading': { act: (process) => void process.readdir('/data'), diff: [], size: 0 },
  'rm of a lower file': {
    act: (process) => process.unlink('/data/one.txt'),
    diff: ['C /data', 'D /data/one.txt'],
    size: 0,
  },
  'rm, then create again': {
    act: (process) => {
      process.unlink('/data/one.txt');
      put(process, '/data/one.txt', 'new\n');
    },
    diff: ['C /data', 'C /data/one.txt'],
    size: 4,
  },
  'create and rm of a new file': {
    act: (process) => {
      put(process, '/data/new', 'x');
      process.unlink('/data/new');
    },
    diff: [],
    size: 0,
  },
  'rm -rf of a lower directory': {
    act: (process) => removeTree(process, '/data/dir'),
    diff: ['C /data', 'D /data/dir'],
    size: 0,
  },
  'rm -rf and mkdir of the same name': {
    act: (process) => {
      removeTree(process, '/data/dir');
      process.mkdir('/data/dir');
      put(process, '/data/dir/z', 'fresh\n');
    },
    diff: [
      'C /data',
      'C /data/dir',
      'A /data/dir/z',
      ...['a', 'b', 'c', 'sub'].map((name) => `D /data/dir/${name}`),
    ],
    size: 6,
  },
  'an emptied directory': {
    act: (process) => {
      for (const name of ['a', 'b', 'c']) process.unlink(`/data/dir/${name}`);
      removeTree(process, '/data/dir/sub');
    },
    diff: ['C /data', 'C /data/dir', ...['a', 'b', 'c', 'sub'].map((name) => `D /data/dir/${name}`)],
    size: 0,
  },
  'mv of a lower file': {
    act: (process) => process.rename('/data/one.txt', '/data/uno.txt'),
    diff: ['C /data', 'A /data/uno.txt', 'D /data/one.txt'],
    size: 4,
  },
  'mv over a lower file of the same size and second: the target is not listed': {
    act: (process) => process.rename('/data/one.txt', '/data/two.txt'),
    diff: ['C /data', 'D /data/one.txt'],
    size: 4,
  },
  'chmod copies the whole file': {
    act: (process) => process.chmod('/data/one.txt', 0o600),
    diff: ['C /data', 'C /data/one.txt'],
    size: 4,
  },
  'chmod to the same mode copies the file and changes nothing': {
    act: (process) => process.chmod('/data/one.txt', 0o644),
    diff: [],
    size: 4,
  },
  'chmod of a lower directory': {
    act: (process) => process.chmod('/data/dir', 0o700),
    diff: ['C /data', 'C /data/dir'],
    size: 0,
  },
  append: {
    act: (process) => append(process, '/data/one.txt', 'more\n'),
    diff: ['C /data', 'C /data/one.txt'],
    size: 9,
  },
  truncate: {
    act: (process) => process.truncate('/data/one.txt', 0),
    diff: ['C /data', 'C /data/one.txt'],
    size: 0,
  },
  'one of two lower hard links is written': {
    act: (process) => append(process, '/data/h1', 'changed\n'),
    diff: ['C /data', 'C /data/h1'],
    size: 15,
  },
  'ln of a lower file counts once': {
    act: (process) => process.link('/data/one.txt', '/data/one-link'),
    diff: ['C /data', 'A /data/one-link'],
    size: 4,
  },
  'a replaced symlink counts its target': {
    act: (process) => {
      process.unlink('/data/sym');
      process.symlink('two.txt', '/data/sym');
    },
    diff: ['C /data', 'C /data/sym'],
    size: 7,
  },
  'file to directory, directory to file': {
    act: (process) => {
      process.unlink('/data/one.txt');
      process.mkdir('/data/one.txt');
      removeTree(process, '/data/dir');
      put(process, '/data/dir', 'f\n');
    },
    diff: ['C /data', 'C /data/dir', 'C /data/one.txt'],
    size: 2,
  },
  'a deep create copies up the parents it needs': {
    act: (process) => put(process, '/data/dir/sub/new', 'x\n'),
    diff: ['C /data', 'C /data/dir', 'C /data/dir/sub', 'A /data/dir/sub/new'],
    size: 2,
  },
  'a directory below an opaque one hides its old children too': {
    act: (process) => {
      removeTree(process, '/data/dir');
      process.mkdir('/data/dir');
      process.mkdir('/data/dir/sub');
    },
    diff: [
      'C /data',
      'C /data/dir',
      'C /data/dir/sub',
      'D /data/dir/sub/s',
      ...['a', 'b', 'c'].map((name) => `D /data/dir/${name}`),
    ],
    size: 0,
  },
};

for (const [title, { act, diff, size }] of Object.entries(cases)) {
  test(title, async (t) => {
    const { engine, inside } = running();
    t.is(await inside('c1', act), 0);
    t.deepEqual(
      engine.containers.changes('c1').map(({ kind, path }) => `${signs[kind]} ${path}`),
      diff,
    );
    t.is(engine.containers.size('c1').rw, size);
  });
}

test('what dockerd mounts into a container is no change of it', async (t) => {
  const { engine, inside } = running();
  t.is(await inside('c1', (process) => append(process, '/etc/hosts', '1.2.3.4 foo\n')), 0);
  t.deepEqual(engine.containers.changes('c1'), []);
  t.is(engine.containers.size('c1').rootFs, 5118);
});
