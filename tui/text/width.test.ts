import test from 'ava';
import fc from 'fast-check';
import { visible } from './escape.ts';
import { cut, cutStart, fill, width, wrap } from './width.ts';

test('wide characters count two columns and are never halved', (t) => {
  t.is(width('日本'), 4);
  t.is(cut('日本語', 4), '日…');
  t.is(fill('日本語', 4), '日… ');
});

test('a path is cut at its start', (t) => {
  t.is(cutStart('/etc/nginx/nginx.conf', 12), '…/nginx.conf');
});

test('words wrap at spaces and long words inside', (t) => {
  t.deepEqual(wrap('one two three', 7), ['one two', 'three']);
  t.deepEqual(wrap('abcdefghij', 4), ['abcd', 'efgh', 'ij']);
});

test('fit is always exactly as wide as asked', (t) => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.integer({ min: 1, max: 40 }),
      (text, columns) => width(fill(visible(text), columns)) === columns,
    ),
  );
  t.pass();
});
