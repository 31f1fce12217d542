// The calls that change files: as strace(1) tells of the machine's own tools, and as the trace tells of ours.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { runReal } from './real-program.ts';
import { type RunOptions, TestMachine } from './test-machine.ts';

const hasStrace =
  spawnSync('strace', ['-qq', '-e', 'trace=none', 'true']).status === 0 && process.getuid?.() === 0;

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
  fdatasync: 'fsync',
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
  'setxattr',
]);

const lastName = (text: string): string =>
  (text.replace(/\/+$/, '').split('/').at(-1) ?? '')
    .replace(/^(Cu|sed|a)\w{6}$/, '$1XXXXXX')
    .replace(/^tmp\..{6,10}$/, 'tmp.XXXXXXXXXX');

/** `open b O_WRONLY|O_TRUNC ok`: name, file and outcome of each call that changes files. */
const straced = (text: string): string[] =>
  text.split('\n').flatMap((line) => {
    const match = /^(\w+)\((.*)\)\s+= (-?\w+)(?: (E[A-Z]+))?/.exec(line);
    if (!match) return [];
    const [, call = '', args = '', , errno = ''] = match;
    const outcome = errno || 'ok';
    const names = [...args.matchAll(/"([^"]*)"/g)].map(([, name = '']) => lastName(name));
    if (call === 'openat' || call === 'creat') {
      const given = call === 'creat' ? 'O_WRONLY|O_CREAT|O_TRUNC' : /O_[A-Z|_]+/.exec(args)?.[0];
      const flags = (given ?? '').split('|').filter((flag) => WRITING.has(flag));
      return flags.length > 0 ? [`open ${names[0]} ${flags.join('|')} ${outcome}`] : [];
    }
    // With ACLs in the library the mode goes through an attribute: setxattr names no file by its second string.
    const asMode = /^l?f?setxattr$/.test(call) && args.includes('posix_acl_access');
    const own = asMode ? 'chmod' : call.endsWith('setxattr') ? 'setxattr' : (SAME[call] ?? call);
    if (!CHANGING.has(own) || call === 'write') return [];
    if (call === 'unlinkat' && args.includes('AT_REMOVEDIR')) return [`rmdir ${names[0]} ${outcome}`];
    return [oneCall(own, names, outcome)];
  });

const WRITING = new Set(['O_WRONLY', 'O_RDWR', 'O_CREAT', 'O_EXCL', 'O_TRUNC', 'O_APPEND']);
const BY_DESCRIPTOR = new Set([
  ...['utimens', 'chmod', 'chown', 'copyFileRange', 'truncate', 'fsync', 'setxattr'],
]);

/** Calls on descriptors name no file under strace: there the call alone is compared. */
const oneCall = (call: string, names: readonly string[], outcome: string): string =>
  BY_DESCRIPTOR.has(call) ? `${call} ${outcome}` : `${call} ${names.join(' ')} ${outcome}`;

const traced = async (
  machine: TestMachine,
  argv: readonly string[],
  options: RunOptions = {},
): Promise<string[]> => {
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
  await machine.run(argv, { env: { LC_ALL: 'C' }, ...options });
  stop();
  return calls;
};

/** Each line runs after the ones before it, in one directory; of the last one the calls must be the same on both sides. */
const sameCalls = async (t: ExecutionContext, lines: readonly string[], busybox?: string): Promise<void> => {
  const dir = mkdtempSync(join(tmpdir(), 'cowsh-strace-'));
  const machine = new TestMachine();
  const real = (line: string): string[] => [...(busybox === undefined ? [] : [busybox]), ...line.split(' ')];
  const options = { env: { LC_ALL: 'C' }, busybox: busybox !== undefined };
  const last = lines.at(-1) as string;
  try {
    for (const line of lines.slice(0, -1)) {
      const [tool = '', ...args] = real(line);
      runReal([tool, ...args], { cwd: dir });
      await machine.run(line.split(' '), options);
    }
    const log = `${dir}.log`;
    runReal(['strace', '-qq', '-f', '-o', log, ...real(last)], {
      cwd: dir,
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    });
    const expected = straced(readFileSync(log, 'utf8').replace(/^\d+ +/gm, ''));
    rmSync(log);
    t.deepEqual(await traced(machine, last.split(' '), options), expected);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

/** Each line runs after the ones before it, in one directory; the last one is compared. */
export type CallCases = readonly (readonly string[])[];

/** A test for each case; they are skipped, or fail where oracles are a must, when strace or `tool` is not here. */
export const testSystemCalls = (tool: string, present: boolean, cases: CallCases, busybox?: string): void => {
  const ready = hasStrace && present;
  if (!ready && process.env.COWSH_ORACLES === '1')
    test(`strace, ${tool} and root are here`, (t) => t.fail('COWSH_ORACLES=1 asks for them'));
  for (const lines of cases)
    (ready ? test : test.skip)(`the calls of ${tool} for: ${lines.join('; ')}`, (t) =>
      sameCalls(t, lines, busybox),
    );
};
