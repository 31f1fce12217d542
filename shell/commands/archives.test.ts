// tar, gzip, gunzip, zcat: the same messages as GNU's, and each reads what the other wrote.

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { type Row, sameAsGnu } from './gnu-oracle.ts';
import { runReal } from './real-program.ts';
import { TestMachine } from './test-machine.ts';
import { toBytes, toText } from './text.ts';

const withDirectory = <T>(use: (directory: string) => T): T => {
  const directory = mkdtempSync(join(tmpdir(), 'archives-'));
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const machineHas = (tool: string): boolean => spawnSync(tool, ['--version']).status === 0;

/** An archive that the machine's tar made; all its bytes are ASCII. */
const archive = withDirectory((directory) => {
  mkdirSync(join(directory, 'd/e'), { recursive: true });
  writeFileSync(join(directory, 'd/f'), 'file f\n', { mode: 0o640 });
  writeFileSync(join(directory, 'd/e/g'), 'file g\n', { mode: 0o755 });
  symlinkSync('f', join(directory, 'd/l'));
  const words = 'cf - --sort=name --mtime=@1700000000 --owner=root:0 --group=daemon:1 d';
  return machineHas('tar')
    ? runReal(['tar', ...words.split(' ')], { cwd: directory, encoding: 'latin1' }).stdout
    : '';
});

const files = {
  'a.tar': archive,
  'one/f': 'contents\n',
  'one/g': 'more\n',
  'two/x': 'x\n',
  'two/link': '-> x',
  junk: 'not an archive\n',
  empty: '',
  'cut.tar': archive.slice(0, 1200),
  'named.gz': 'not zipped\n',
};

const words = (row: string): string[] => row.split(' ').filter((word) => word !== '');

const run = (tool: string, rows: readonly string[], rest: Omit<Row, 'argv'> = {}) =>
  sameAsGnu(
    tool,
    files,
    rows.map((row) => ({ ...rest, argv: [tool, ...words(row)] })),
  );

run('tar', [
  'tf a.tar',
  '-tf a.tar',
  'tvf a.tar',
  '-tvf a.tar --numeric-owner',
  'tf a.tar d/e',
  'tf a.tar d/f d/l',
  'tf a.tar nothere',
  'tf missing.tar',
  'tf junk',
  'tf empty',
  'tzf junk',
  'tf cut.tar',
  '',
  'cf',
  'cf x.tar',
  'q',
  '--bogus',
  'tf a.tar --exclude=e',
  'tf a.tar --exclude=d/*',
  'xf a.tar -C missing',
  'xf missing.tar',
  'xOf a.tar d/f',
  'xvOf a.tar d/f',
  'ctf a.tar',
  '-f a.tar',
  'cf missing/x.tar one',
  'tf',
  'tvf a.tar d',
  'cf - missing',
  '-t --file=a.tar d/f',
]);
run('tar', ['xf a.tar', 'xvf a.tar', '-xvf a.tar d/f d/e', 'xf a.tar --exclude=l', '-x -f a.tar'], {
  after: ['d/f', 'd/e/g'],
});
run('tar', ['xvf a.tar --strip-components=1', '-xvf a.tar --strip-components 1 d/f d/e'], {
  after: ['f', 'e/g'],
});
run('tar', ['xvf a.tar -C one', 'xvf a.tar -C one d', '-C one -xvf ../a.tar'], { after: ['one/f'] });
run('tar', [
  'cvf x.tar one/f',
  'cvf x.tar one/f missing one/g',
  'cvf x.tar -C one f -C ../two x',
  'cvzf x.tgz one/f',
  'cvf x.tar two/link',
  'cvf x.tar x.tar',
  'cf x.tar --exclude=f one',
]);
run(
  'tar',
  [
    'cvf x.tar one',
    'cvf x.tar one two',
    'cvf x.tar --exclude=f one',
    'cvf x.tar ./one',
    'cvf x.tar one/ two/',
  ],
  { anyOrder: true },
);
run('tar', ['xkf a.tar d/f'], { after: ['d/f'] });
run('tar', ['tf -', 'tvf -', 't', '-xvf -'], { stdin: archive });
run('tar', ['tf -', 'xf -'], { stdin: '' });

run('gzip', [
  'missing',
  'one',
  'junk',
  '-k junk',
  '-v junk',
  '-kv junk',
  'named.gz',
  '-d junk',
  '-d named.gz',
  '-t named.gz',
  '-dc junk',
  '-l junk',
  '-d missing',
  '--bogus',
  '-q one',
  '-f two/link',
  'two/link',
  '-r one',
  '-dr one',
  '-S .z -v junk',
  '-dv missing.gz',
  '-t junk',
  '-c missing',
  'junk missing',
]);
run('gunzip', ['junk', 'missing', 'named.gz', 'one'], {
  otherMessage: 'on the machine gunzip is a script that calls gzip',
});
run('zcat', ['junk', 'missing', 'named.gz'], {
  otherMessage: 'on the machine zcat is a script that calls gzip',
});
run('gzip', ['-d', '-t', '-dc -'], { stdin: 'not zipped' });
run('gzip', ['-d'], { stdin: '' });

const both = (title: string, body: (t: import('ava').ExecutionContext) => Promise<void>): void => {
  if (machineHas('tar') && machineHas('gzip')) test(title, body);
  else if (process.env.COWSH_ORACLES === '1') test(title, (t) => t.fail('GNU tar is not here'));
  else test.skip(`${title} (no GNU tar here)`, () => {});
};

const ok = async (t: import('ava').ExecutionContext, machine: TestMachine, line: string): Promise<string> => {
  const { stdout, stderr, status } = await machine.run(line.split(' '));
  t.deepEqual({ stderr, status }, { stderr: '', status: 0 }, line);
  return stdout;
};

const sandbox = (): TestMachine => {
  const machine = new TestMachine();
  machine.init.mkdir('/work/s');
  machine.put('/work/s/plain', 'plain text\n', 0o640);
  machine.put('/work/s/réel', 'é'.repeat(3000));
  machine.put(`/work/s/${'n'.repeat(120)}`, 'long name\n');
  machine.init.symlink('plain', '/work/s/link');
  machine.init.link('/work/s/plain', '/work/s/same');
  machine.init.setxattr('/work/s/plain', 'user.note', toBytes('kept'));
  machine.init.chown('/work/s/plain', 1000, 1000);
  machine.init.utimens('/work/s/plain', { mtime: 1_600_000_000_000_000_000n });
  return machine;
};

for (const [flags, name] of [
  ['cf', 's.tar'],
  ['czf', 's.tgz'],
] as const) {
  both(`GNU tar unpacks what tar ${flags} wrote`, async (t) => {
    const machine = sandbox();
    await ok(t, machine, `tar ${flags} ${name} s`);
    withDirectory((directory) => {
      writeFileSync(join(directory, name), toBytes(machine.get(`/work/${name}`)));
      const made = runReal(['tar', 'xf', name], { cwd: directory, encoding: 'utf8' });
      t.deepEqual([made.status, made.stderr], [0, '']);
      for (const file of ['plain', 'réel', 'n'.repeat(120), 'same', 'link'])
        t.is(readFileSync(join(directory, 's', file), 'utf8'), machine.get(`/work/s/${file}`), file);
    });
  });

  both(`tar unpacks what its own ${flags} wrote: modes, owners, times, links`, async (t) => {
    const machine = sandbox();
    await ok(t, machine, `tar ${flags} ${name} s`);
    machine.init.mkdir('/work/copy');
    await ok(t, machine, `tar xf ${name} -C copy`);
    const { init } = machine;
    for (const file of ['plain', 'réel', 'n'.repeat(120), 'link']) {
      const [was, is] = [init.lstat(`/work/s/${file}`), init.lstat(`/work/copy/s/${file}`)];
      t.deepEqual(
        [is.mode, is.uid, is.gid, is.size, is.mtime / 1_000_000_000n],
        [was.mode, was.uid, was.gid, was.size, was.mtime / 1_000_000_000n],
        file,
      );
    }
    t.is(init.stat('/work/copy/s/plain').ino, init.stat('/work/copy/s/same').ino);
    t.deepEqual(init.listxattr('/work/copy/s/plain'), []);
  });
}

test('tar --xattrs keeps user attributes', async (t) => {
  const machine = sandbox();
  await ok(t, machine, 'tar --xattrs -cf s.tar s/plain');
  machine.init.mkdir('/work/copy');
  await ok(t, machine, 'tar --xattrs -C copy -xf s.tar');
  t.is(toText(machine.init.getxattr('/work/copy/s/plain', 'user.note')), 'kept');
});

both('tar unpacks what GNU tar wrote, zipped or not, in each format', async (t) => {
  for (const format of ['gnu', 'posix', 'ustar', 'oldgnu', 'v7']) {
    const bytes = withDirectory((directory) => {
      mkdirSync(join(directory, 's'));
      writeFileSync(join(directory, 's/é'), 'ü\n');
      if (format === 'gnu' || format === 'posix')
        writeFileSync(join(directory, `s/${'l'.repeat(200)}`), 'long\n');
      return runReal(['tar', 'czf', '-', `--format=${format}`, 's'], { cwd: directory }).stdout;
    });
    const machine = new TestMachine();
    machine.put('/work/s.tgz', toText(bytes));
    await ok(t, machine, 'tar xf s.tgz');
    t.is(machine.get('/work/s/é'), 'ü\n', format);
    if (format === 'gnu' || format === 'posix')
      t.is(machine.get(`/work/s/${'l'.repeat(200)}`), 'long\n', format);
  }
});

both('gzip and GNU gzip read each other', async (t) => {
  const machine = sandbox();
  await ok(t, machine, 'gzip -k s/réel');
  const zipped = toBytes(machine.get('/work/s/réel.gz'));
  t.is(runReal(['gzip', '-dc'], { input: zipped }).stdout.toString(), machine.get('/work/s/réel'));
  const theirs = runReal(['gzip', '-9c'], { input: 'two\n' }).stdout;
  machine.put('/work/t.gz', toText(Buffer.concat([theirs, theirs])));
  t.is(await ok(t, machine, 'zcat t.gz'), 'two\ntwo\n');
  t.is(await ok(t, machine, 'gzip -l t.gz'), await ok(t, machine, 'gzip -l t.gz'));
  await ok(t, machine, 'gunzip t.gz');
  t.is(machine.get('/work/t'), 'two\ntwo\n');
  t.is(machine.init.tryStat('/work/t.gz'), undefined);
});

test('a damaged gzip file is refused', async (t) => {
  const machine = sandbox();
  await ok(t, machine, 'gzip -k s/plain -c');
  await ok(t, machine, 'gzip -fk s/plain');
  const zipped = machine.get('/work/s/plain.gz');
  machine.put('/work/cut.gz', zipped.slice(0, -10));
  const { stderr, status } = await machine.run(['gzip', '-d', 'cut.gz']);
  t.is(status, 1);
  t.is(stderr, '\ngzip: cut.gz: unexpected end of file\n');
  t.false(existsSync('/work/cut'));
});
