import { gzipSync } from 'node:zlib';
import test from 'ava';
import { createLab, put, text } from '../lab.ts';
import { ArchiveWriter } from './archive.ts';
import { inMemory } from './archive-source.ts';
import { extractArchive } from './extract-archive.ts';
import { type TarHeader, TYPE } from './header.ts';
import { ArchiveError, looksLikeArchive, readArchive } from './read-archive.ts';
import { archiveEntry, entriesBelow } from './tree-entries.ts';

const header = (changes: Partial<TarHeader>): TarHeader => ({
  ...{ name: 'f', type: TYPE.file, mode: 0o644, uid: 0, gid: 0, size: 0, mtime: 5, uname: '', gname: '' },
  ...changes,
});

const archiveOf = (write: (archive: ArchiveWriter) => void): Uint8Array => {
  const pieces: Uint8Array[] = [];
  const hear = (bytes: Uint8Array): void => {
    pieces.push(bytes);
  };
  const archive = new ArchiveWriter([{ raw: hear, data: hear, entry: () => {} }]);
  write(archive);
  archive.end();
  return Buffer.concat(pieces);
};

const oneFile = (name: string): Uint8Array =>
  archiveOf((archive) => archive.add(header({ name, size: 2 }), [new TextEncoder().encode('hi')]));

test('a tree goes into an archive and comes out the same, gzipped or not', (t) => {
  const { root } = createLab();
  root.mkdir('/from');
  root.mkdir(`/from/${'d'.repeat(120)}`, 0o750);
  put(root, `/from/${'d'.repeat(120)}/file-ü`, 'text', 0o4755);
  root.link(`/from/${'d'.repeat(120)}/file-ü`, '/from/again');
  root.symlink('again', '/from/sym');
  const bytes = archiveOf((archive) => {
    for (const entry of entriesBelow(root, '/from')) archiveEntry(root, archive, entry);
  });
  for (const [place, source] of [
    ['/plain', bytes],
    ['/zipped', gzipSync(bytes)],
  ] as const) {
    extractArchive(root, inMemory(source), place);
    t.is(text(root, `${place}/${'d'.repeat(120)}/file-ü`), 'text');
    t.is(root.stat(`${place}/again`).nlink, 2);
    t.is(root.stat(`${place}/again`).mode & 0o7777, 0o4755);
    t.is(root.readlink(`${place}/sym`), 'again');
    t.is(
      root.stat(`${place}/${'d'.repeat(120)}`).mtime / 1_000_000_000n,
      root.stat(`/from/${'d'.repeat(120)}`).mtime / 1_000_000_000n,
    );
  }
});

test('names cannot lead out of the directory', (t) => {
  const { root } = createLab();
  root.mkdir('/in');
  extractArchive(root, inMemory(oneFile('/absolute')), '/in');
  t.is(text(root, '/in/absolute'), 'hi');
  for (const name of ['../out', 'a/../../out']) {
    t.throws(() => extractArchive(root, inMemory(oneFile(name)), '/in'), { instanceOf: ArchiveError });
  }
  t.is(root.tryStat('/out'), undefined);
});

test('what is no tar, or only the beginning of one, is refused', (t) => {
  t.throws(() => [...readArchive(inMemory(new Uint8Array(600).fill(65)))], { instanceOf: ArchiveError });
  t.throws(() => [...readArchive(inMemory(oneFile('f').subarray(0, 513)))], {
    instanceOf: ArchiveError,
    message: 'unexpected EOF',
  });
  t.throws(() => [...readArchive(inMemory(Uint8Array.of(0x1f, 0x8b, 1, 2, 3)))], {
    instanceOf: ArchiveError,
  });
  t.true(looksLikeArchive(oneFile('f')));
  t.false(looksLikeArchive(new Uint8Array(600).fill(65)));
  t.false(looksLikeArchive(new TextEncoder().encode('short')));
});
