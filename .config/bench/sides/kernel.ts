// The real kernel's overlay on tmpfs, through node:fs. Needs root on Linux; its mounts go with the process.

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kind, lowerNames, names, type Operations } from '../side.ts';
import { nodeLike } from './node-like.ts';

export const openKernel = (kind: Kind): Operations => {
  const base = fs.mkdtempSync(join(tmpdir(), 'cowsh-bench-'));
  execFileSync('mount', ['-t', 'tmpfs', 'cowsh-bench', base]);
  process.on('exit', () => {
    execFileSync('umount', ['-l', join(base, 'm')]);
    execFileSync('umount', ['-l', base]);
    fs.rmdirSync(base);
  });
  for (const name of ['l', 'u', 'w', 'm']) fs.mkdirSync(join(base, name));
  for (const name of lowerNames(kind)) {
    fs.mkdirSync(join(base, 'l', name));
    for (const path of names(join(base, 'l', name), 'lower')) fs.writeFileSync(path, Buffer.alloc(100, 1));
  }
  const options = `lowerdir=${base}/l,upperdir=${base}/u,workdir=${base}/w`;
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', options, join(base, 'm')]);
  fs.mkdirSync(join(base, 'm/home'));
  return nodeLike(
    fs,
    join(base, 'm/home'),
    lowerNames(kind).map((name) => join(base, 'm', name)),
  );
};
