// memfs alone, and unionfs over two volumes of it.

import type * as NodeFs from 'node:fs';
import { createRequire } from 'node:module';
import { peersHome } from '../peers.ts';
import type { Operations } from '../side.ts';
import { nodeLike } from './node-like.ts';

const require = createRequire(`${peersHome}index.js`);

type Volume = typeof NodeFs & { fromJSON(files: Record<string, string>): void };

const volume = (): Volume => {
  const { createFsFromVolume, Volume } = require('memfs') as {
    createFsFromVolume(volume: object): Volume;
    Volume: new () => object;
  };
  return createFsFromVolume(new Volume());
};

export const openMemfs = (): Operations => {
  const fs = volume();
  fs.mkdirSync('/home');
  return nodeLike(fs, '/home');
};

export const openUnionfs = (): Operations => {
  const { Union } = require('unionfs') as { Union: new () => { use(fs: object): unknown } & typeof NodeFs };
  const [upper, lower] = [volume(), volume()];
  upper.mkdirSync('/home');
  const union = new Union();
  union.use(lower);
  union.use(upper);
  // It has no whiteouts: removing a lower file is not something it does.
  return nodeLike(union, '/home');
};
