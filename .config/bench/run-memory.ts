// Measures memory in a process of its own: `inodes COUNT SIZE` or `copy-up`; prints JSON.

import { O } from '../../shell/fs/open-flags.ts';
import type { Process } from '../../shell/fs/process.ts';
import { bareMachine, mountUnion } from './bare-machine.ts';

const IN_A_DIRECTORY = 1000;
const BIG = 100 * 2 ** 20;

const boot = (): Process => bareMachine(['/l', '/u', '/w', '/m', '/disk']);

const used = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** Bytes for each of `count` files of `size` bytes below `top`, without those of its name and data. */
const perFile = (init: Process, top: string, count: number, size: number): number => {
  const before = used();
  const data = new Uint8Array(size).fill(1);
  let names = 0;
  for (let at = 0; at < count; at++) {
    const directory = `${top}/d${Math.floor(at / IN_A_DIRECTORY)}`;
    if (at % IN_A_DIRECTORY === 0) init.mkdir(directory);
    const name = `f${at}`;
    names += name.length;
    const fd = init.open(`${directory}/${name}`, O.WRONLY | O.CREAT);
    if (size > 0) init.pwrite(fd, data, 0);
    init.close(fd);
  }
  return (used() - before - names) / count - size;
};

const inodes = (count: number, size: number): Record<string, number> => {
  const onDisk = boot();
  perFile(onDisk, '/disk', 1, size);
  onDisk.rename('/disk/d0', '/first');
  const disk = perFile(onDisk, '/disk', count, size);
  const init = boot();
  mountUnion(init);
  const before = used();
  const union = perFile(init, '/m', count, size);
  return { disk, union, all: used() - before };
};

const free = (init: Process): number => {
  const { bfree, bsize } = init.statfs('/');
  return bfree * bsize;
};

const copyUp = (): Record<string, number> => {
  const init = boot();
  const file = (path: string, size: number): void => {
    const fd = init.open(path, O.WRONLY | O.CREAT);
    const piece = new Uint8Array(2 ** 20).fill(7);
    for (let at = 0; at < size; at += piece.length) init.pwrite(fd, piece, at);
    init.close(fd);
  };
  file('/l/big', BIG);
  // Another one first: what is measured is the copy, not the compiling of the code.
  for (let at = 0; at < 20; at++) file(`/l/small${at}`, 1);
  mountUnion(init);
  const write = (path: string): void => {
    const fd = init.open(path, O.WRONLY);
    init.pwrite(fd, Uint8Array.of(1), 0);
    init.close(fd);
  };
  for (let at = 0; at < 20; at++) write(`/m/small${at}`);
  const [before, space] = [used(), free(init)];
  const start = performance.now();
  write('/m/big');
  const milliseconds = performance.now() - start;
  return { milliseconds, bytes: used() - before, counted: space - free(init) };
};

const [what = '', count = '0', size = '0'] = process.argv.slice(2);
console.log(JSON.stringify(what === 'copy-up' ? copyUp() : inodes(Number(count), Number(size))));
