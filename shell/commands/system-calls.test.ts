// The calls that change files must be those of the GNU tools, in their order: on an overlay they are what a student sees.
// strace(1) of the machine's own tools is the oracle.

import { spawnSync } from 'node:child_process';
import test from 'ava';
import { hasStrace, sameCalls } from './system-call-oracle.ts';

const hasGnu = /GNU coreutils\) 9\./.test(spawnSync('ls', ['--version'], { encoding: 'utf8' }).stdout ?? '');
const ready = hasStrace && hasGnu;

if (!ready && process.env.COWSH_ORACLES === '1') {
  test('strace, GNU coreutils 9 and root are here', (t) => t.fail('COWSH_ORACLES=1 asks for them'));
}

/** Each line runs after the ones before it, in one directory; the last one is compared. */
const cases: readonly (readonly string[])[] = [
  ['touch new'],
  ['touch old', 'touch old'],
  ['touch old', 'touch -c old'],
  ['touch -c nosuch'],
  ['touch f', 'ln -s f l', 'touch -h l'],
  ['touch f', 'touch -d 2020-01-01 f'],
  ['touch f', 'rm f'],
  ['touch f', 'rm -f f nosuch'],
  ['mkdir -p d/e', 'rm -r d'],
  ['mkdir d'],
  ['mkdir d', 'rmdir d'],
  ['mkdir -m 700 d'],
  ['mkdir -m 1777 d'],
  ['mkdir -m +t d'],
  ['mkdir -m 2775 d'],
  ['truncate -s 10 a', 'touch b', 'cp -b a b'],
  ['truncate -s 10 a', 'touch b', 'cp --backup=numbered a b'],
  ['touch a b', 'mv -b a b'],
  ['touch a b', 'mv --backup=t a b'],
  ['touch a b', 'ln -b a b'],
  ['touch a b', 'ln -sfb a b'],
  ['truncate -s 10 a', 'touch b', 'install -b a b'],
  ['truncate -s 10 a', 'install a b', 'install -C a b'],
  ['touch a', 'mv a b'],
  ['touch a b', 'mv a b'],
  ['touch a', 'mkdir d', 'mv a d'],
  ['touch a b', 'mv -n a b'],
  ['mkdir a', 'mv a b'],
  ['truncate -s 10 a', 'cp a b'],
  ['truncate -s 10 a', 'touch b', 'cp a b'],
  ['truncate -s 10 a', 'touch b', 'cp --remove-destination a b'],
  ['truncate -s 10 a', 'touch b', 'cp -n a b'],
  ['truncate -s 10 a', 'cp -p a b'],
  ['truncate -s 10 a', 'cp -l a b'],
  ['truncate -s 10 a', 'cp -s a b'],
  ['mkdir d', 'cp -r d e'],
  ['mkdir d', 'touch d/f', 'cp -r d e'],
  ['touch f', 'ln -s f l', 'cp -d l m'],
  ['mkfifo p', 'cp -r p q'],
  ['touch a', 'ln a b'],
  ['touch a', 'ln -s a b'],
  ['touch a b', 'ln -f a b'],
  ['touch a', 'ln -s x b', 'ln -sf a b'],
  ['touch a', 'chmod 600 a'],
  ['touch a', 'chmod u+x a'],
  ['mkdir d', 'touch d/f', 'chmod -R 700 d'],
  ['touch a', 'chown 1:2 a'],
  ['ln -s a l', 'chown -h 1 l'],
  ['mkdir d', 'touch d/f', 'chown -R 1 d'],
  ['touch a', 'chgrp 3 a'],
  ['touch a', 'truncate -s 100 a'],
  ['truncate -s 0 new'],
  ['mknod n c 1 3'],
  ['mkfifo p'],
  ['touch a', 'unlink a'],
  ['touch a', 'link a b'],
  ['truncate -s 10 a', 'install -m 600 a b'],
  ['truncate -s 10 a', 'touch b', 'install a b'],
  ['install -d x/y'],
  ['truncate -s 30 a', 'dd if=a of=b bs=10 count=2 status=none'],
  ['truncate -s 30 a', 'dd if=a of=b bs=10 conv=notrunc status=none'],
  ['touch a', 'sync a'],
];

for (const lines of cases) {
  (ready ? test : test.skip)(`the calls of: ${lines.join('; ')}`, (t) => sameCalls(t, lines));
}
