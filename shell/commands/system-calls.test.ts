// The calls that change files must be those of the GNU tools, in their order: on an overlay they are what a student sees.
// strace(1) of the machine's own tools is the oracle.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { TestMachine } from './test-machine.ts';

const hasStrace = spawnSync('strace', ['-qq', '-e', 'trace=none', 'true']).status === 0;
const hasGnu = /GNU coreutils\) 9\./.test(spawnSync('ls', ['--version'], { encoding: 'utf8' }).stdout ?? '');
const ready = hasStrace && hasGnu && process.getuid?.() === 0;

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

/** The kernel's call → ours: the *at and fd forms are one call with us. */
const SAME: Readonly<Record<string, string>> = {
  mkdirat: 'mkdir',
  unlinkat: 'unlink',
  renameat: 'rename',
  renameat2: 'rename',
  linkat: 'link',
  symlinkat: 'symlink',
  mknodat: 'mknod',
  fchmodat: 'chmod',
  fchmod: 'chmod',
  fchownat: 'chown',
  lchown: 'chown',
  fchown: 'chown',
  utimensat: 'utimens',
  futimens: 'utimens',
  copy_file_range: 'copyFileRange',
  ftruncate: 'truncate',
  fsetxattr: 'chmod',
  setxattr: 'chmod',
};

const CHANGING = new Set([
  'mkdir',
  'rmdir',
  'unlink',
  'rename',
  'link',
  'symlink',
  'mknod',
  'chmod',
  'chown',
  'utimens',
  'copyFileRange',
  'truncate',
  'fsync',
  'write',
]);

const lastName = (text: string): string => (text.split('/').at(-1) ?? '').replace(/^Cu\w{6}$/, 'CuXXXXXX');

/** `open b O_WRONLY|O_TRUNC ok`: name, file and outcome of each call that changes files. */
const straced = (text: string): string[] =>
  text.split('\n').flatMap((line) => {
    const match = /^(\w+)\((.*)\)\s+= (-?\w+)(?: (E[A-Z]+))?/.exec(line);
    if (!match) return [];
    const [, call = '', args = '', , errno = ''] = match;
    const outcome = errno || 'ok';
    const names = [...args.matchAll(/"([^"]*)"/g)].map(([, name = '']) => lastName(name));
    if (call === 'openat') {
      const flags = (/O_[A-Z|_]+/.exec(args)?.[0] ?? '').split('|').filter((flag) => WRITING.has(flag));
      return flags.length > 0 ? [`open ${names[0]} ${flags.join('|')} ${outcome}`] : [];
    }
    // With ACLs in the library the mode goes through an attribute: setxattr names no file by its second string.
    const own = call.endsWith('setxattr') && !args.includes('posix_acl_access') ? '' : (SAME[call] ?? call);
    if (!CHANGING.has(own) || call === 'write') return [];
    if (call === 'unlinkat' && args.includes('AT_REMOVEDIR')) return [`rmdir ${names[0]} ${outcome}`];
    return [oneCall(own, names, outcome)];
  });

const WRITING = new Set(['O_WRONLY', 'O_RDWR', 'O_CREAT', 'O_EXCL', 'O_TRUNC', 'O_APPEND']);
const BY_DESCRIPTOR = new Set(['utimens', 'chmod', 'chown', 'copyFileRange', 'truncate', 'fsync']);

/** Calls on descriptors name no file under strace: there the call alone is compared. */
const oneCall = (call: string, names: readonly string[], outcome: string): string =>
  BY_DESCRIPTOR.has(call) ? `${call} ${outcome}` : `${call} ${names.join(' ')} ${outcome}`;

const traced = async (machine: TestMachine, argv: readonly string[]): Promise<string[]> => {
  const calls: string[] = [];
  const stop = machine.kernel.trace.subscribe((event) => {
    if (event.kind !== 'call' || !event.command.startsWith(argv[0] ?? '')) return;
    const outcome = event.errno ?? 'ok';
    const call = SAME[event.call] ?? event.call;
    const names = event.args.filter((arg) => typeof arg === 'string').map((arg) => lastName(String(arg)));
    if (call === 'open') {
      const flags = String(event.args[1])
        .split('|')
        .filter((flag) => WRITING.has(flag));
      if (flags.length > 0) calls.push(`open ${names[0]} ${flags.join('|')} ${outcome}`);
    } else if (CHANGING.has(call) && call !== 'write') {
      calls.push(
        oneCall(
          call,
          call === 'mkdir' || call === 'mknod' || call === 'unlink' || call === 'rmdir'
            ? names.slice(0, 1)
            : names,
          outcome,
        ),
      );
    }
  });
  await machine.run(argv, { env: { LC_ALL: 'C' } });
  stop();
  return calls;
};

for (const lines of cases) {
  const last = lines.at(-1) as string;
  (ready ? test : test.skip)(`the calls of: ${lines.join('; ')}`, async (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'cowsh-strace-'));
    const machine = new TestMachine();
    try {
      for (const line of lines.slice(0, -1)) {
        const [tool = '', ...args] = line.split(' ');
        spawnSync(tool, args, { cwd: dir });
        await machine.run(line.split(' '), { env: { LC_ALL: 'C' } });
      }
      const log = `${dir}.log`;
      spawnSync('strace', ['-qq', '-o', log, ...last.split(' ')], {
        cwd: dir,
        env: { PATH: process.env.PATH, LC_ALL: 'C' },
      });
      const expected = straced(readFileSync(log, 'utf8'));
      rmSync(log);
      t.deepEqual(await traced(machine, last.split(' ')), expected);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
}
