// The laws that every storage driver keeps. A driver's own test calls this with a way to make it.

import test, { type ExecutionContext } from 'ava';
import type { Process } from '../../fs/process.ts';
import { insideRoot } from '../chroot.ts';
import { createKernel, put, text } from '../lab.ts';
import { DATA_ROOT } from '../paths.ts';
import { OPAQUE_MARKER } from '../tar/tree-entries.ts';
import { type StorageDriver, whileMounted } from './storage-driver.ts';

interface Bench {
  root: Process;
  driver: StorageDriver;
  /** Runs `act` on the snapshot's tree, seen as a root directory. */
  inside<Result>(key: string, act: (process: Process) => Result): Result;
}

type MakeDriver = (process: Process) => StorageDriver;

/** A committed snapshot `base` with /d/a, /d/b, /f and a link to it. */
const withBase = (make: MakeDriver): Bench => {
  const { root } = createKernel();
  root.mkdir(DATA_ROOT);
  const driver = make(root);
  driver.layOut();
  const inside: Bench['inside'] = (key, act) =>
    whileMounted(driver, key, (path) => insideRoot(root, path, act));
  driver.prepare('base', undefined);
  inside('base', (process) => {
    process.mkdir('/d');
    put(process, '/d/a', 'a');
    put(process, '/d/b', 'b');
    put(process, '/f', 'four');
    process.symlink('f', '/link');
  });
  driver.commit('base');
  return { root, driver, inside };
};

/** What the laws do to a child of it. */
const change = (process: Process): void => {
  put(process, '/f', 'changed');
  process.unlink('/d/a');
  put(process, '/d/c', 'c');
  process.mkdir('/e');
};

const names = (process: Process, path: string): string[] =>
  process
    .readdir(path)
    .map((entry) => entry.name)
    .sort();

const count = (process: Process, path: string): number =>
  process
    .readdir(path)
    .reduce(
      (sum, { name, type }) => sum + 1 + (type === 'directory' ? count(process, `${path}/${name}`) : 0),
      0,
    );

const laws: Record<string, (t: ExecutionContext, bench: Bench) => void> = {
  'a fresh snapshot is empty, one on a parent looks like it': (t, { driver, inside }) => {
    driver.prepare('empty', undefined);
    driver.prepare('child', 'base');
    t.deepEqual(
      inside('empty', (process) => names(process, '/')),
      [],
    );
    t.deepEqual(
      inside('child', (process) => [...names(process, '/'), text(process, '/d/a')]),
      ['d', 'f', 'link', 'a'],
    );
    t.true(driver.has('child'));
    t.false(driver.has('nosuch'));
  },

  'what a child changes its parent and siblings do not see': (t, { driver, inside }) => {
    driver.prepare('one', 'base');
    driver.prepare('two', 'base');
    inside('one', change);
    const look = (key: string) => inside(key, (process) => [text(process, '/f'), ...names(process, '/d')]);
    t.deepEqual(look('one'), ['changed', 'b', 'c']);
    t.deepEqual(look('two'), ['four', 'a', 'b']);
    t.deepEqual(look('base'), ['four', 'a', 'b']);
  },

  'changes outlive an unmount; a mounted tree stays mounted': (t, { root, driver, inside }) => {
    driver.prepare('one', 'base');
    const path = driver.mount('one');
    const mounted = () => root.mounts().some(({ target }) => target === path);
    const was = mounted();
    inside('one', change);
    t.is(driver.isMounted('one'), was);
    t.is(mounted(), was);
    driver.unmount('one');
    t.false(driver.isMounted('one'));
    t.false(mounted());
    t.is(
      inside('one', (process) => text(process, '/f')),
      'changed',
    );
  },

  'changes are told in Docker’s kinds, and usage counts what is new': (t, { driver, inside }) => {
    driver.prepare('one', 'base');
    t.deepEqual(driver.changes('one', 'base'), []);
    inside('one', change);
    t.deepEqual(
      driver.changes('one', 'base').map(({ kind, path }) => `${kind} ${path}`),
      ['changed /d', 'added /d/c', 'deleted /d/a', 'added /e', 'changed /f'],
    );
    // Blocks count directories, and a short link lies in its inode.
    const blocks = driver.imageStore === 'containerd';
    t.is(driver.usage('one', 'base'), blocks ? 5 * 4096 : 'c'.length + 'changed'.length);
    t.is(
      driver.usage('base', undefined),
      blocks ? 5 * 4096 : 'a'.length + 'b'.length + 'four'.length + 'f'.length,
    );
  },

  'entries applied to another snapshot of the same parent make the same tree': (t, { driver, inside }) => {
    driver.prepare('one', 'base');
    inside('one', change);
    t.deepEqual(
      [...driver.entries('one', 'base')].map(({ header }) => header.name),
      ['d/', 'd/.wh.a', 'd/c', 'e/', 'f'],
    );
    driver.prepare('copy', 'base');
    driver.apply('copy', driver.entries('one', 'base'), undefined);
    driver.commit('copy');
    driver.prepare('child', 'copy');
    t.deepEqual(
      inside('child', (process) => [...names(process, '/'), ...names(process, '/d'), text(process, '/f')]),
      ['d', 'e', 'f', 'link', 'b', 'c', 'changed'],
    );
    t.deepEqual(driver.changes('child', 'copy'), []);
  },

  'a directory made anew, kinds that change and hard links survive as a layer': (t, { driver, inside }) => {
    const look = (key: string) =>
      inside(key, (process) => [
        names(process, '/d'),
        process.lstat('/f').kind,
        process.lstat('/link').kind,
        text(process, '/x'),
        process.lstat('/x').ino === process.lstat('/y').ino,
        process.lstat('/x').nlink,
      ]);
    driver.prepare('one', 'base');
    inside('one', (process) => {
      for (const name of names(process, '/d')) process.unlink(`/d/${name}`);
      process.rmdir('/d');
      process.mkdir('/d');
      put(process, '/d/new', 'new');
      for (const path of ['/f', '/link']) process.unlink(path);
      process.mkdir('/f');
      put(process, '/link', 'no link any more');
      put(process, '/x', 'twice');
      process.link('/x', '/y');
    });
    const wanted = [['new'], 'directory', 'file', 'twice', true, 2];
    t.deepEqual(look('one'), wanted);
    driver.prepare('copy', 'base');
    driver.apply('copy', driver.entries('one', 'base'), undefined);
    driver.commit('copy');
    driver.prepare('child', 'copy');
    t.deepEqual(look('child'), wanted);
    t.deepEqual(driver.changes('child', 'copy'), []);
  },

  'an opaque mark in a layer hides what the parent has in the directory': (t, { driver, inside }) => {
    driver.prepare('one', undefined);
    inside('one', (process) => {
      process.mkdir('/d');
      put(process, '/d/new', 'new');
    });
    const [directory, file] = [...driver.entries('one', undefined)];
    if (directory === undefined || file === undefined) return t.fail('two entries');
    const mark = { header: { ...file.header, name: `d/${OPAQUE_MARKER}`, size: 0 } };
    driver.prepare('two', 'base');
    whileMounted(driver, 'one', () => driver.apply('two', [directory, mark, file], undefined));
    t.deepEqual(
      inside('two', (process) => names(process, '/d')),
      ['new'],
    );
  },

  'remove leaves nothing, and the parent as it was': (t, { root, driver, inside }) => {
    const before = count(root, DATA_ROOT);
    driver.prepare('one', 'base');
    inside('one', change);
    driver.remove('one');
    t.false(driver.has('one'));
    // A mark that something once stood on the base may stay.
    t.true(count(root, DATA_ROOT) - before <= 1);
    t.deepEqual(
      inside('base', (process) => names(process, '/')),
      ['d', 'f', 'link'],
    );
  },
};

export const storageDriverLaws = (name: string, make: MakeDriver): void => {
  for (const [law, holds] of Object.entries(laws)) {
    test(`${name}: ${law}`, (t) => holds(t, withBase(make)));
  }
};
