// Layer tars against digests that a real engine (20.10.24) gave to the same trees.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import test from 'ava';
import { makedev, S_IFBLK, S_IFCHR, S_IFIFO } from '../../fs/mode.ts';
import type { Process } from '../../fs/process.ts';
import { DigestVisitor, EMPTY_DIFF_ID } from '../digest.ts';
import { createKernel, dateTree, put } from '../lab.ts';
import { type ArchiveVisitor, ArchiveWriter } from './archive.ts';
import { concat } from './header.ts';
import { splitNames, TarSplit } from './tar-split.ts';
import { archiveEntry, entriesBelow } from './tree-entries.ts';

class Bytes implements ArchiveVisitor {
  readonly parts: Uint8Array[] = [];
  raw = (bytes: Uint8Array): void => void this.parts.push(bytes.slice());
  data = (bytes: Uint8Array): void => void this.parts.push(bytes.slice());
  entry = (): void => {};
}

const archive = (process: Process, root: string): { bytes: Uint8Array; digest: string; split: string } => {
  const bytes = new Bytes();
  const digest = new DigestVisitor();
  const split = new TarSplit();
  const writer = new ArchiveWriter([bytes, digest, split]);
  for (const entry of entriesBelow(process, root)) archiveEntry(process, writer, entry);
  writer.end();
  return {
    bytes: concat(bytes.parts),
    digest: digest.finish(),
    split: gunzipSync(split.finish()).toString(),
  };
};

const SECOND = 1_700_000_000;

test('an empty layer has the digest that Docker knows as empty', (t) => {
  const { root } = createKernel();
  root.mkdir('/layer');
  t.is(archive(root, '/layer').digest, EMPTY_DIFF_ID);
  t.is(EMPTY_DIFF_ID, 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef');
});

test('a whiteout gives the digest of the real engine', (t) => {
  const { root } = createKernel();
  root.mkdir('/layer');
  root.mkdir('/layer/data');
  root.mknod('/layer/data/one.txt', S_IFCHR, makedev(0, 0));
  dateTree(root, '/layer', 1_795_278_689);
  t.is(
    archive(root, '/layer').digest,
    'sha256:16df80d471881f2f3373580c6dbda2244022e6ae1cbac55fa1e478abd8efd65b',
  );
});

test('files, links, a fifo and an owner give the digest of the real engine', (t) => {
  const { root } = createKernel();
  put(root, '/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\ncloudsdk:x:1000:1000::/home/c:/bin/sh\n');
  put(root, '/etc/group', 'root:x:0:\ncloudsdk:x:1000:\n');
  root.mkdir('/layer');
  root.mkdir('/layer/d');
  put(root, '/layer/d/a', '1\n');
  put(root, '/layer/d/b', '2\n');
  root.mkdir('/layer/d/s');
  root.mkdir('/layer/d/s/t');
  root.symlink('a', '/layer/d/l');
  root.link('/layer/d/a', '/layer/d/h');
  root.mknod('/layer/d/p', S_IFIFO | 0o644);
  root.chown('/layer/d/b', 1000, 1000);
  dateTree(root, '/layer', SECOND);
  const made = archive(root, '/layer');
  t.is(made.digest, 'sha256:07bb5c374641e4ee8a2488ff8c9b60b28b9410587f38b73a21de5649689d8e46');
  t.deepEqual(splitNames(made.split), ['d/', 'd/a', 'd/b', 'd/h', 'd/l', 'd/p', 'd/s/', 'd/s/t/']);
});

test('a whiteout that is a hard link keeps its link name, an opaque directory gets its marker', (t) => {
  const { root } = createKernel();
  root.mkdir('/layer');
  root.mkdir('/layer/d');
  root.mknod('/layer/d/a', S_IFCHR, makedev(0, 0));
  root.link('/layer/d/a', '/layer/d/b');
  root.link('/layer/d/a', '/layer/d/h');
  root.mkdir('/layer/d/s');
  root.setxattr('/layer/d/s', 'trusted.overlay.opaque', new TextEncoder().encode('y'));
  put(root, '/layer/d/s/z', 'z\n');
  dateTree(root, '/layer', SECOND + 1);
  for (const name of ['a', 'b', 'h'])
    root.utimens(`/layer/d/${name}`, { mtime: 1_795_289_049_000_000_000n }, { follow: false });
  const made = archive(root, '/layer');
  t.is(made.digest, 'sha256:ded96ded59dd9cf79085346cdf391598ad747d2efc6c30ea861f8745e5041b0e');
  const line = made.split.split('\n').find((each) => each.includes('"d/s/z"'));
  t.is(line, '{"type":1,"name":"d/s/z","size":2,"payload":"YVBwAAAAAAA=","position":13}');
  t.true(made.split.endsWith('{"type":2,"payload":"","position":15}\n'));
});

test('long and foreign names, devices, set-user-ID, great owners: PAX where a real engine writes it', (t) => {
  const { root } = createKernel();
  const deep = `/layer/d/${'d'.repeat(60)}/${'e'.repeat(60)}`;
  const directories = ['', '/d', '/d/é', '/d/é/x', '/d/a', '/d/sticky', deep.slice(6, -61), deep.slice(6)];
  for (const path of directories) root.mkdir(`/layer${path}`);
  const files: Record<string, string> = {
    ['n'.repeat(120)]: 'long\n',
    s: 'suid\n',
    owner: 'big\n',
    empty: '',
    zeros: '\0'.repeat(5000),
    'a.b': 'a\n',
    'a/x': 'x\n',
    'a c': 'ac\n',
  };
  for (const [name, content] of Object.entries(files)) put(root, `/layer/d/${name}`, content);
  put(root, `${deep}/f`, 'deep\n');
  root.symlink('t'.repeat(150), '/layer/d/long-link');
  root.chmod('/layer/d/s', 0o4755);
  root.chmod('/layer/d/sticky', 0o1777);
  root.mknod('/layer/d/nulldev', S_IFCHR | 0o644, makedev(1, 3));
  root.mknod('/layer/d/blk', S_IFBLK | 0o644, makedev(8, 1));
  root.chown('/layer/d/owner', 3_000_000, 3_000_001);
  root.chmod('/layer/d/owner', 0o600);
  dateTree(root, '/layer', SECOND);
  t.is(
    archive(root, '/layer').digest,
    'sha256:5f7c405c7420f2d9161a86fc7e3faee1b1f7c750a8b76503c26aa70bcbe35572',
  );
});

test('names beyond ustar, unusual bytes and sizes are read back by tar', (t) => {
  const { root } = createKernel();
  const long = 'n'.repeat(120);
  const deep = `${'d'.repeat(60)}/${'e'.repeat(60)}`;
  root.mkdir('/layer');
  put(root, `/layer/${long}`, 'long');
  root.mkdir(`/layer/${'d'.repeat(60)}`);
  root.mkdir(`/layer/${deep}`);
  put(root, `/layer/${deep}/f`, 'deep');
  put(root, '/layer/äö', 'umlaut');
  root.symlink('t'.repeat(150), '/layer/link');
  put(root, '/layer/block', 'x'.repeat(512));
  root.chown('/layer/block', 3_000_000, 3_000_000);
  dateTree(root, '/layer', SECOND);
  const folder = mkdtempSync(join(tmpdir(), 'cowsh-tar-'));
  const file = join(folder, 'layer.tar');
  writeFileSync(file, archive(root, '/layer').bytes);
  const listed = spawnSync('tar', ['--numeric-owner', '-tvf', file], {
    encoding: 'utf8',
    env: { LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  });
  rmSync(folder, { recursive: true });
  t.is(listed.status, 0, listed.stderr);
  const names = listed.stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ +/).slice(5).join(' '));
  const parent = 'd'.repeat(60);
  t.deepEqual(names, [
    'block',
    `${parent}/`,
    `${deep}/`,
    `${deep}/f`,
    `link -> ${'t'.repeat(150)}`,
    long,
    'äö',
  ]);
  t.regex(listed.stdout, /3000000\/3000000 +512 .* block/);
});
