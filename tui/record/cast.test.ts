import test from 'ava';
import { Cast, changeOf } from './cast.ts';

test('a cast is a header and one array per event, times in seconds', (t) => {
  const cast = new Cast({ columns: 80, rows: 24 }, 'A title');
  cast.frame({ rows: ['a'], cursor: undefined });
  cast.advance(28);
  cast.marker('step 1');
  const [header = '', first = '', second = ''] = cast.text().split('\n');
  t.like(JSON.parse(header), { version: 2, width: 80, height: 24, title: 'A title' });
  t.is(JSON.parse(first)[1], 'o');
  t.deepEqual(JSON.parse(second), [0.028, 'm', 'step 1']);
});

test('only rows that changed are written, and nothing when none did', (t) => {
  const before = { rows: ['one', 'two'], cursor: { x: 0, y: 0 } };
  t.is(changeOf(before, before), '');
  t.is(changeOf(before, { ...before, rows: ['one', '2'] }), '\x1b[2;1H2\x1b[0m\x1b[K\x1b[1;1H');
  t.is(changeOf(before, { ...before, cursor: undefined }), '\x1b[?25l');
  t.is(
    changeOf({ ...before, cursor: undefined }, { ...before, cursor: { x: 4, y: 1 } }),
    '\x1b[2;5H\x1b[?25h',
  );
});
