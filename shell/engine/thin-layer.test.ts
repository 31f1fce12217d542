// A container costs the same on a small image and on a big one: nothing of the image is copied.

import test from 'ava';
import { createLab, type Lab, put } from './lab.ts';

const config = { Cmd: ['job', 'wait'], Env: ['PATH=/bin'] };

/** Inodes and blocks that one more running container takes. */
const cost = ({ engine, kernel, root }: Lab, image: string): { inodes: number; blocks: number } => {
  const start = (): void => engine.containers.start(engine.containers.create({ image, config }).id);
  const used = () => ({ inodes: kernel.disk.inodes, blocks: -root.statfs('/').bfree });
  start();
  const before = used();
  start();
  const after = used();
  return { inodes: after.inodes - before.inodes, blocks: after.blocks - before.blocks };
};

const imageOf = ({ engine }: Lab, files: number): string =>
  engine.builder.commitFiles(engine.images.resolve('base'), { Cmd: [`${files} files`] }, config, (inside) => {
    for (let at = 0; at < files; at++) put(inside, `/f${at}`, 'some bytes');
  });

test('a second container takes as many inodes and blocks with 10 files as with 3,000', (t) => {
  const lab = createLab();
  const small = cost(lab, imageOf(lab, 10));
  const big = cost(lab, imageOf(lab, 3000));
  t.deepEqual(big, small);
  t.true(small.inodes < 60);
});

test('a commit of one small file adds one small layer, however big the image', async (t) => {
  const lab = createLab();
  const image = imageOf(lab, 3000);
  lab.engine.containers.create({ image, name: 'box', config });
  lab.engine.containers.start('box');
  await lab.inside('box', (process) => put(process, '/f7', 'changed'));
  const before = lab.kernel.disk.inodes;
  lab.engine.containers.commit('box');
  t.true(lab.kernel.disk.inodes - before < 30);
  t.is(lab.engine.containers.changes('box').length, 1);
});
