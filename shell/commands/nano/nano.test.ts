import test from 'ava';
import { ScreenLab } from '../screen-lab.ts';

test('type, write under the asked name, leave', async (t) => {
  const lab = new ScreenLab();
  lab.put('/work/f', 'one\ntwo\n');
  await lab.start(['nano', 'f']);
  t.regex(lab.screen()[0] ?? '', /^ {2}GNU nano 7\.2 .* f$/);
  t.is(lab.screen()[7]?.trim(), '[ Read 2 lines ]');
  await lab.keys('x');
  t.regex(lab.screen()[0] ?? '', /Modified$/);
  await lab.keys('\x0f');
  t.is(lab.screen()[7], 'File Name to Write: f');
  await lab.keys('\r');
  t.is(lab.screen()[7]?.trim(), '[ Wrote 2 lines ]');
  t.is(lab.get('/work/f'), 'xone\ntwo\n');
  await lab.keys('\x18');
  t.is(lab.status, 0);
});

test('cut and paste lines, search, undo; leaving asks', async (t) => {
  const lab = new ScreenLab();
  lab.put('/work/f', 'one\ntwo\nthree\n');
  await lab.start(['nano', 'f']);
  await lab.keys('\x0b', '\x0b', '\x1b[B', '\x15');
  t.deepEqual(lab.screen().slice(1, 4), ['three', 'one', 'two']);
  await lab.keys('\x17thr\r');
  t.deepEqual(lab.cursor(), [1, 0]);
  await lab.keys('abc', '\x1bu');
  t.is(lab.screen()[1], 'three');
  await lab.keys('\x18');
  t.is(lab.screen()[7], 'Save modified buffer?');
  await lab.keys('y', '\r');
  t.is(lab.status, 0);
  t.is(lab.get('/work/f'), 'three\none\ntwo\n');
});
