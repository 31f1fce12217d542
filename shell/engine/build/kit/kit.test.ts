import test from 'ava';
import type { Stat } from '../../../fs/stat.ts';
import { BuildError } from '../build-error.ts';
import { nearWord } from './near-word.ts';
import { readMount } from './run-mount.ts';
import { sourceFrame } from './source-frame.ts';
import { transfer } from './transfer.ts';

const MTIME = 1_795_278_689_000_000_000n;
const entry = (path: string, kind: Stat['kind'], size: number) => ({
  path,
  stat: { kind, mode: kind === 'directory' ? 0o40755 : 0o100644, size, mtime: MTIME } as Stat,
});
const noLinks = (): string => '';
const bytesOf = (entries: Parameters<typeof transfer>[0], before?: Parameters<typeof transfer>[1]): number =>
  transfer(entries, before, noLinks).bytes;

// The numbers are what real engines printed: `transferring dockerfile: 128B done`.
test('what the client sends is counted as its protocol packs it', (t) => {
  t.is(bytesOf([]), 2, 'nothing but the end');
  t.is(bytesOf([entry('Dockerfile', 'file', 91)]), 128);
  t.is(bytesOf([entry('D1', 'file', 32)]), 61);
  t.is(bytesOf([entry('a', 'directory', 4096), entry('a/f', 'file', 3)]), 58);
});

test('a file that has not changed is not sent again', (t) => {
  const dockerfile = [entry('Dockerfile', 'file', 91)];
  const { sent } = transfer(dockerfile, undefined, noLinks);
  t.is(bytesOf(dockerfile, sent), 31);
  t.is(bytesOf([entry('Dockerfile', 'file', 92)], sent), 129);
  const context = [entry('a', 'directory', 4096), entry('a/f', 'file', 3)];
  t.is(bytesOf(context, transfer(context, undefined, noLinks).sent), 45);
});

test('mounts: a bind is read-only unless told, a secret is named after its source', (t) => {
  t.like(readMount('target=/x'), { type: 'bind', target: '/x', readOnly: true });
  t.like(readMount('type=bind,source=a,dst=/x,rw'), { source: 'a', target: '/x', readOnly: false });
  t.like(readMount('type=cache,target=/c,id=q,uid=3,mode=0700'), {
    id: 'q',
    uid: 3,
    mode: 0o700,
    readOnly: false,
  });
  t.like(readMount('type=secret,src=dir/key,required'), { id: 'key', required: true });
});

// Texts of docker/dockerfile 1.2 and 1.7.
const wrongMounts: readonly (readonly [string, string])[] = [
  ['type=foo', 'unsupported mount type "foo"'],
  ['type=cache,target=/x,foo=bar', "unexpected key 'foo' in 'foo=bar'"],
  ['type=cache,target', "invalid field 'target' must be a key=value pair"],
];
for (const [text, message] of wrongMounts)
  test(`mounts: ${text} is refused`, (t) => {
    t.throws(() => readMount(text), { instanceOf: BuildError, message });
  });

test('the frame shows lines around the one to blame, more behind where there are none before', (t) => {
  const text = 'FROM a\nRUN b\nRUN c\nRUN d\nRUN e\nRUN f\nRUN g\n';
  t.is(
    sourceFrame('Dockerfile', text, { first: 1, last: 1 }),
    'Dockerfile:1\n--------------------\n   1 | >>> FROM a\n   2 |     RUN b\n   3 |     RUN c\n--------------------\n',
  );
  t.is(
    sourceFrame('D', text, { first: 4, last: 5 }),
    'D:4\n--------------------\n   3 |     RUN c\n   4 | >>> RUN d\n   5 | >>> RUN e\n   6 |     RUN f\n--------------------\n',
  );
});

test('a word may have been meant when fewer than three letters are wrong', (t) => {
  const names = ['ADD', 'FROM', 'RUN', 'WORKDIR'];
  t.is(nearWord('FOO', names), 'FROM');
  t.is(nearWord('WORKDIT', names), 'WORKDIR');
  t.is(nearWord('NOTHING', names), undefined);
});
