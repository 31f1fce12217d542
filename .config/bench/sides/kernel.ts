// The real kernel's overlay on tmpfs, through node:fs. Needs root on Linux.

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kind, LOWER, names, type Operations } from '../side.ts';
import { nodeLike } from './node-like.ts';

export const openKernel = (kind: Kind): Operations => {
  const base = fs.mkdtempSync(join(tmpdir(), 'cowsh-bench-'));
  execFileSync('mount', ['-t', 'tmpfs', 'cowsh-bench', base]);
  for (const name of ['l', 'u', 'w', 'm']) fs.mkdirSync(join(base, name));
  if (kind === 'layered') {
    fs.mkdirSync(join(base, 'l', LOWER));
    for (const path of names(join(base, 'l', LOWER), 'lower')) fs.writeFileSync(path, Buffer.alloc(100, 1));
  }
  const options = `lowerdir=${base}/l,upperdir=${base}/u,workdir=${base}/w`;
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', options, join(base, 'm')]);
  fs.mkdirSync(join(base, 'm/home'));
  return {
    ...nodeLike(fs, join(base, 'm/home')),
    lower: join(base, 'm', LOWER),
    close: () => {
      execFileSync('umount', ['-l', join(base, 'm')]);
      execFileSync('umount', ['-l', base]);
      fs.rmdirSync(base);
    },
  };
};
