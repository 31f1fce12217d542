// The calls that change files must be those of busybox's applets where its images are used: they decide what is copied up.

import { spawnSync } from 'node:child_process';
import test from 'ava';
import { hasStrace, sameCalls } from '../system-call-oracle.ts';

const BUSYBOX = '/usr/bin/busybox';
const ready = hasStrace && spawnSync(BUSYBOX, ['true']).status === 0;

if (!ready && process.env.COWSH_ORACLES === '1') {
  test('strace, busybox and root are here', (t) => t.fail('COWSH_ORACLES=1 asks for them'));
}

const cases: readonly (readonly string[])[] = [
  ['touch new'],
  ['touch old', 'touch old'],
  ['touch -c nosuch'],
  ['touch f', 'touch -t 202001011000 f'],
  ['touch f', 'rm f'],
  ['touch f', 'rm -f f nosuch'],
  ['mkdir -p d/e', 'rm -r d'],
  ['mkdir d', 'touch d/f', 'rm -rf d'],
  ['mkdir d'],
  ['mkdir -p a/b/c'],
  ['mkdir -m 700 d'],
  ['mkdir d', 'rmdir d'],
  ['touch a', 'mv a b'],
  ['touch a b', 'mv a b'],
  ['touch a', 'mkdir d', 'mv a d'],
  ['touch a b', 'mv -n a b'],
  ['truncate -s 10 a', 'cp a b'],
  ['truncate -s 10 a', 'touch b', 'cp a b'],
  ['truncate -s 10 a', 'cp -p a b'],
  ['truncate -s 10 a', 'cp -a a b'],
  ['truncate -s 10 a', 'touch b', 'cp -f a b'],
  ['truncate -s 10 a', 'cp -l a b'],
  ['truncate -s 10 a', 'cp -s a b'],
  ['mkdir d', 'cp -r d e'],
  ['mkdir d', 'touch d/f', 'cp -r d e'],
  ['touch f', 'ln -s f l', 'cp -d l m'],
  ['touch a', 'ln a b'],
  ['touch a', 'ln -s a b'],
  ['touch a b', 'ln -f a b'],
  ['touch a', 'ln -s x b', 'ln -sf a b'],
  ['touch a', 'ln -s x b', 'ln -sfn a b'],
  ['touch a', 'chmod 600 a'],
  ['touch a', 'chmod u+x a'],
  ['mkdir d', 'touch d/f', 'chmod -R 700 d'],
  ['touch a', 'chown 1:2 a'],
  ['ln -s a l', 'chown -h 1 l'],
  ['mkdir d', 'touch d/f', 'chown -R 1 d'],
  ['touch a', 'chgrp 3 a'],
  ['touch a', 'truncate -s 100 a'],
  ['truncate -s 0 new'],
  ['mkfifo p'],
  ['mknod p p'],
  ['touch a', 'unlink a'],
  ['touch a', 'link a b'],
  ['truncate -s 30 a', 'dd if=a of=b bs=10 count=2'],
  ['truncate -s 30 a', 'dd if=a of=b bs=10 conv=notrunc'],
  ['truncate -s 3 a', 'sed -i s/x/y/ a'],
  ['truncate -s 3 a', 'tee b'],
  ['touch b', 'tee -a b'],
  ['touch a', 'sort -o a a'],
  ['truncate -s 10 a', 'gzip a'],
  ['touch a', 'tar cf t.tar a'],
  ['touch a', 'tar cf t.tar a', 'rm a', 'tar xf t.tar'],
];

for (const lines of cases) {
  (ready ? test : test.skip)(`the calls of busybox for: ${lines.join('; ')}`, (t) =>
    sameCalls(t, lines, BUSYBOX),
  );
}
