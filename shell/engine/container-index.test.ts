// The index of containers against the disk: after whatever has happened there, it says what one reading anew says.

import test, { type ExecutionContext } from 'ava';
import { RENAME } from '../fs/filesystem.ts';
import { createRandom } from '../fs/random.ts';
import { documentOf, homeOf } from './container-record.ts';
import { ContainerStore } from './container-store.ts';
import { isEngineError } from './engine-error.ts';
import { writeAtomically, writeFile } from './files.ts';
import { createLab, type Lab, put, text } from './lab.ts';
import { CONTAINERS_HOME } from './paths.ts';

const DRIVER = 'overlay2';

const shown = (store: ContainerStore) => ({
  names: [...store.names()].sort(),
  records: store.ids().map((id) => store.peek(id)),
});

/** Looks with the store that was there all the time and with a new one. */
const watching = (lab: Lab) => {
  const store = new ContainerStore(lab.root, DRIVER);
  return (t: ExecutionContext, when: string): void => {
    const fresh = new ContainerStore(lab.root, DRIVER);
    t.deepEqual(shown(store), shown(fresh), when);
    fresh.close();
  };
};

const create = (lab: Lab, name: string): string =>
  lab.engine.containers.create({ image: 'base', name, config: {} }).id;

const renamedByHand = (lab: Lab, id: string, name: string): string =>
  text(lab.root, documentOf(id)).replace(/"Name":"\/[^"]*"/, `"Name":"/${name}"`);

test('what a hand does to the documents is seen at the next look', (t) => {
  const lab = createLab();
  const { root } = lab;
  const same = watching(lab);
  const names = () => lab.engine.containers.list({ all: true }).map(({ name }) => name);
  const one = create(lab, 'one');
  const two = create(lab, 'two');
  same(t, 'two containers');
  put(root, documentOf(one), renamedByHand(lab, one, 'uno'));
  same(t, 'written in place');
  t.deepEqual(names().sort(), ['two', 'uno']);
  writeAtomically(root, documentOf(two), renamedByHand(lab, two, 'uno'));
  same(t, 'replaced, and two have one name');
  put(root, documentOf(two), renamedByHand(lab, two, 'dos'));
  same(t, 'and each its own again');
  root.rename(homeOf(one), '/away');
  same(t, 'a directory has gone');
  t.deepEqual(names(), ['dos']);
  put(root, '/away/config.v2.json', text(root, '/away/config.v2.json').replace('/uno', '/away'));
  root.symlink('/away', homeOf(one));
  same(t, 'a link stands for it');
  put(root, '/away/config.v2.json', text(root, '/away/config.v2.json').replace('/away', '/back'));
  same(t, 'and what it leads to is written');
  t.deepEqual(names().sort(), ['back', 'dos']);
  root.unlink(homeOf(one));
  root.rename('/away', homeOf(one));
  root.rename(homeOf(one), homeOf(two), RENAME.EXCHANGE);
  same(t, 'two directories have changed places');
  root.rename(homeOf(one), homeOf(two), RENAME.EXCHANGE);
  root.unlink(documentOf(one));
  writeFile(root, `${CONTAINERS_HOME}/stray`, 'no container\n');
  same(t, 'a document is missing, and a file is no container');
  root.rename(CONTAINERS_HOME, '/all');
  same(t, 'no containers at all');
  root.mkdir(CONTAINERS_HOME);
  root.rename(`/all/${two}`, homeOf(two));
  same(t, 'another directory of containers');
  t.deepEqual(names(), ['dos']);
});

test('going back and forth in time brings the names of that time, though inodes and times repeat', (t) => {
  const lab = createLab();
  const same = watching(lab);
  const id = create(lab, 'first');
  same(t, 'at first');
  const snapshot = lab.kernel.snapshot();
  for (const name of ['left', 'rite']) {
    lab.engine.containers.rename(id, name);
    create(lab, `${name}-too`);
    same(t, name);
    t.is(lab.engine.containers.find(name), id);
    lab.kernel.restore(snapshot);
    same(t, `before ${name}`);
    t.is(lab.engine.containers.find(name), undefined);
    t.is(lab.engine.containers.find('first'), id);
  }
});

test('a long life of containers: the index and the disk agree after every step', async (t) => {
  const lab = createLab();
  const same = watching(lab);
  const random = createRandom(7);
  const below = (end: number): number => random.next() % end;
  const { containers } = lab.engine;
  let snapshot = lab.kernel.snapshot();
  const pick = () => containers.list({ all: true })[below(5)]?.name ?? 'nobody';
  const steps: readonly (() => void | Promise<void>)[] = [
    () => void create(lab, `c${below(12)}`),
    () => void create(lab, `c${below(12)}`),
    () => containers.rename(pick(), `c${below(12)}`),
    () => containers.start(pick()),
    () => containers.remove(pick(), { force: true }),
    () => {
      snapshot = lab.kernel.snapshot();
    },
    () => lab.kernel.restore(snapshot),
  ];
  for (let step = 0; step < 150; step++) {
    try {
      await steps[below(steps.length)]?.();
    } catch (error) {
      if (!isEngineError(error)) throw error;
    }
    same(t, `step ${step}`);
  }
  t.true(containers.list({ all: true }).length > 1);
});
