// vi on a terminal: what is on the screen, what is on the disk, and by which calls it came there.

import test from 'ava';
import { ScreenLab } from '../screen-lab.ts';

const changing = /^(open|rename|unlink|chmod|fchmod|fchown|write|ftruncate|fsync|utimens) /;

/** The calls that concern files, as `call path`; writes to the terminal apart. */
const watchCalls = (lab: ScreenLab): (() => string[]) => {
  const seen: string[] = [];
  lab.kernel.trace.subscribe((event) => {
    if (event.kind !== 'call') return;
    const { call, args, errno } = event;
    const line = `${call} ${args[0]}${call === 'open' ? ` ${args[1]}` : ''}${call === 'rename' ? ` ${args[1]}` : ''}${errno ? ` ${errno}` : ''}`;
    if (changing.test(line) && !line.includes('/dev/pts')) seen.push(line);
  });
  return () => seen.splice(0);
};

test('text, tildes, the file on the last line; what is typed; back to the screen before', async (t) => {
  const lab = new ScreenLab();
  lab.put('/work/f', 'one\ntwo\n');
  await lab.start(['vi', 'f']);
  t.true(lab.isAlternate());
  t.deepEqual(lab.screen(), [
    'one',
    'two',
    '~',
    '~',
    '~',
    '~',
    '~',
    '~',
    '~',
    `${'"f" 2L, 8B'.padEnd(42)}1,1           All`,
  ]);
  t.deepEqual(lab.cursor(), [0, 0]);
  await lab.keys('A!');
  t.is(lab.screen()[0], 'one!');
  t.true(lab.screen()[9]?.startsWith('-- INSERT --'));
  await lab.keys('\x1b', '2d');
  t.is(lab.screen()[9], `${''.padEnd(32)}2d        1,4           All`);
  await lab.keys('\x1b', ':w\r');
  t.true(lab.screen()[9]?.startsWith('"f" 2L, 9B written'));
  t.is(lab.get('/work/f'), 'one!\ntwo\n');
  await lab.keys(':q\r');
  t.is(lab.status, 0);
  t.false(lab.isAlternate());
});

test('arrow keys, a search, a colon line are seen as they are typed', async (t) => {
  const lab = new ScreenLab();
  lab.put('/work/f', 'one\ntwo\nthree\n');
  await lab.start(['vi', 'f']);
  await lab.keys('\x1b[B\x1b[C');
  t.deepEqual(lab.cursor(), [1, 1]);
  await lab.keys('/thr');
  t.is(lab.screen()[9], '/thr');
  await lab.keys('\r');
  t.deepEqual(lab.cursor(), [2, 0]);
  await lab.keys(':nosuch\r');
  t.true(lab.screen()[9]?.startsWith('E492: Not an editor command: nosuch'));
  await lab.keys('x', ':q\r');
  t.true(lab.screen()[9]?.startsWith('E37: No write since last change'));
  await lab.keys(':q!\r');
  t.is(lab.status, 0);
  t.is(lab.get('/work/f'), 'one\ntwo\nthree\n');
});

test('long lines fold, the window follows the cursor, a new size is filled', async (t) => {
  const lab = new ScreenLab();
  lab.put('/work/f', `${'x'.repeat(70)}\n${Array.from({ length: 30 }, (_, at) => `line ${at}\n`).join('')}`);
  await lab.start(['vi', 'f']);
  t.is(lab.screen()[1], 'x'.repeat(10));
  await lab.keys('G');
  t.is(lab.screen()[8], 'line 29');
  t.true(lab.screen()[9]?.endsWith('Bot'));
  await lab.keys('1G');
  lab.terminal.resize(40, 6);
  lab.tty.resize(40, 6);
  await lab.quiet();
  t.deepEqual(lab.screen().slice(0, 3), ['x'.repeat(40), 'x'.repeat(30), 'line 0']);
  await lab.keys(':set nu\r');
  t.is(lab.screen()[2], '  2 line 0');
  await lab.keys(':q\r');
});

test('control characters, tabs, bytes that are no text, wide letters', async (t) => {
  const lab = new ScreenLab();
  const fd = lab.init.open('/work/f', 0o101);
  lab.init.write(
    fd,
    Buffer.concat([Buffer.from('a\tb\x01'), Uint8Array.of(0xff), Buffer.from('\n\u4e2dx\n')]),
  );
  lab.init.close(fd);
  await lab.start(['vi', 'f']);
  t.deepEqual(lab.screen().slice(0, 2), ['a       b^A<ff>', '\u4e2dx']);
  await lab.keys('l');
  t.deepEqual(lab.cursor(), [0, 7]);
  await lab.keys(':q\r');
});

test('what a selection holds is seen; other programs run on the terminal and in pipes', async (t) => {
  const lab = new ScreenLab();
  lab.install('sort', 'echo');
  lab.put('/work/f', 'b\na\nc\n');
  lab.put('/bin/sh', '#!/bin/echo ran\n', 0o755);
  await lab.start(['vi', 'f']);
  await lab.keys('V', 'j');
  t.true(lab.screen()[9]?.startsWith('-- VISUAL LINE --'));
  await lab.keys('\x1b', ':!ls\r');
  t.false(lab.isAlternate());
  t.deepEqual(lab.screen().slice(0, 2), ['', 'ran /bin/sh -c ls']);
  t.true(
    lab.screen().some((row) => row === 'ran /bin/sh -c ls'),
    lab.screen().join('\n'),
  );
  await lab.keys('\r');
  t.true(lab.isAlternate());
  await lab.keys('gg:r !x\r');
  t.deepEqual(lab.screen().slice(0, 3), ['b', 'ran /bin/sh -c x', 'a']);
  await lab.keys('u');
  t.deepEqual(lab.screen().slice(0, 3), ['b', 'a', 'c']);
  await lab.keys('x', ':!ls\r');
  t.true(lab.screen().includes('[No write since last change]'));
  await lab.keys('\r', ':q!\r');
  t.is(lab.screen().at(lab.cursor()[0] - 1), 'Press ENTER or type command to continue');
  t.is(lab.cursor()[1], 0);
});

test('u and Ctrl-R tell what has changed, which change it was and how long ago', async (t) => {
  const lab = new ScreenLab({ columns: 80 });
  lab.put('/work/f', 'one\ntwo\nthree\n');
  await lab.start(['vi', 'f']);
  const told = async (...keys: string[]): Promise<string> => {
    await lab.keys(...keys);
    return lab.screen().at(-1)?.slice(0, 60).trimEnd() ?? '';
  };
  t.is(await told('yyp', 'u'), '1 line less; before #1  0 seconds ago');
  t.is(await told('\x12'), '1 more line; after #1  0 seconds ago');
  t.is(await told(':%s/[ot]/x/\r', 'u'), '4 changes; before #2  0 seconds ago');
  lab.kernel.clock.after(1000, () => {}, true);
  await lab.quiet();
  t.is(await told('\x12'), '4 changes; after #2  1 second ago');
  t.is(await told('x', '2u'), '4 changes; before #2  1 second ago');
  await lab.keys(':q!\r');
});

test('vim renames the file, writes a new one, and removes the old: 4913 is a test for that', async (t) => {
  const lab = new ScreenLab();
  lab.put('/work/g', 'one\ntwo\n');
  const calls = watchCalls(lab);
  await lab.start(['vim', 'g']);
  const swap = [
    'open .g.swp O_RDWR|O_CREAT|O_EXCL',
    'open .g.swpx O_RDWR|O_CREAT|O_EXCL',
    'unlink .g.swpx',
    'unlink .g.swp',
  ];
  t.deepEqual(
    calls().filter((line) => !/ENOENT/.test(line)),
    [
      'open g O_RDONLY',
      ...swap,
      'open .g.swp O_RDWR|O_CREAT|O_EXCL|O_NOFOLLOW',
      'write .g.swp',
      'chmod .g.swp',
    ],
  );
  await lab.keys('x:w\r');
  t.deepEqual(calls(), [
    'write .g.swp',
    'write .g.swp',
    'fsync .g.swp',
    'open 4913 O_WRONLY|O_CREAT|O_EXCL|O_NOFOLLOW',
    'fchown 4913',
    'unlink 4913',
    'unlink g~ ENOENT',
    'rename g g~',
    'open g O_WRONLY|O_CREAT',
    'ftruncate g',
    'write g',
    'fsync g',
    'fchmod g',
    'unlink g~',
  ]);
  await lab.keys(':q\r');
  t.deepEqual(calls(), ['unlink .g.swp']);
  t.deepEqual(
    lab.init.readdir('/work').map(({ name }) => name),
    ['g'],
  );
});

test('a file with two links is copied aside and written in place; so is one behind a symbolic link', async (t) => {
  const lab = new ScreenLab();
  lab.put('/work/g', 'one\n');
  lab.init.link('/work/g', '/work/h');
  const { ino } = lab.init.stat('/work/g');
  const calls = watchCalls(lab);
  await lab.start(['vim', 'h']);
  await lab.keys('x');
  calls();
  await lab.keys(':wq\r');
  t.deepEqual(calls().slice(3), [
    'unlink h~ ENOENT',
    'open h O_RDONLY',
    'open h~ O_WRONLY|O_CREAT|O_EXCL|O_NOFOLLOW',
    'write h~',
    'utimens h~',
    'open h O_WRONLY|O_CREAT',
    'ftruncate h',
    'write h',
    'fsync h',
    'fchmod h',
    'unlink h~',
    'unlink .h.swp',
  ]);
  t.is(lab.init.stat('/work/g').ino, ino);
  t.is(lab.get('/work/g'), 'ne\n');
});

test('busybox vi writes in place, makes no swap file, and tells of the file all the time', async (t) => {
  const lab = new ScreenLab();
  lab.put('/work/f', 'one\ntwo\n');
  const calls = watchCalls(lab);
  await lab.start(['vi', 'f'], { busybox: true });
  t.is(lab.screen()[9], '- f 1/2 50%');
  await lab.keys('x');
  t.is(lab.screen()[9], '- f [Modified] 1/2 50%');
  await lab.keys(':w\r');
  t.is(lab.screen()[9], "'f' 2L, 7C");
  await lab.keys(':q\r');
  t.deepEqual(calls(), ['open f O_RDONLY', 'open f O_WRONLY|O_CREAT', 'write f', 'ftruncate f']);
});

test('a new file; one that cannot be written; :e and :r; view', async (t) => {
  const lab = new ScreenLab();
  await lab.start(['vi', 'new']);
  t.true(lab.screen()[9]?.startsWith('"new" [New]'));
  t.true(lab.screen()[9]?.endsWith('0,0-1         All'));
  await lab.keys('ihello\x1b:w\r');
  t.true(lab.screen()[9]?.startsWith('"new" [New] 1L, 6B written'));
  await lab.keys(':w /nowhere/x\r');
  t.true(lab.screen()[9]?.startsWith(`"/nowhere/x" E212: Can't open file for writing`));
  await lab.keys(':r new\r');
  t.deepEqual(lab.screen().slice(0, 2), ['hello', 'hello']);
  await lab.keys(':e!\r');
  t.deepEqual(lab.screen().slice(0, 2), ['hello', '~']);
  await lab.keys(':q\r');
  await lab.start(['view', 'new']);
  await lab.keys('x:w\r');
  t.true(lab.screen()[9]?.startsWith("E45: 'readonly' option is set"));
  await lab.keys('ZQ');
  t.is(lab.status, 0);
});
