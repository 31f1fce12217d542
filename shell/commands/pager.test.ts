import test from 'ava';
import { PagerView, readKeys } from './pager.ts';

/** The rows of the screen, without control sequences. */
const rows = (screen: string): string[] => screen.replace(/\x1b\[[\d;]*[A-Za-z]/g, '').split('\r\n');

test('a pager goes through its lines and stops at both ends', (t) => {
  const view = new PagerView(Array.from({ length: 10 }, (_, at) => `line ${at}\n`).join(''), 'f');
  t.deepEqual(rows(view.draw(20, 4)), ['line 0', 'line 1', 'line 2', 'f']);
  view.press(' ');
  t.deepEqual(rows(view.draw(20, 4)), ['line 3', 'line 4', 'line 5', ':']);
  view.press('k');
  t.is(rows(view.draw(20, 4))[0], 'line 2');
  view.press('G');
  t.deepEqual(rows(view.draw(20, 4)), ['line 7', 'line 8', 'line 9', '(END)']);
  view.press('g');
  for (const key of '/line 5\r') view.press(key);
  t.is(rows(view.draw(20, 4))[0], 'line 5');
  t.is(view.press('q'), 'quit');
});

test('long lines fold, and nothing in a file steers the terminal', (t) => {
  const view = new PagerView('abcdefghij\n\x1b]0;title\x07\x1b[2Jx\n', '');
  t.deepEqual(
    rows(view.draw(5, 6)),
    ['abcde', 'fghij', '^[]0;', 'title', '^G^[[', '(END)'].slice(0, 5).concat(':'),
  );
});

test('arrow and page keys', (t) => {
  t.deepEqual(readKeys('\x1b[A\x1b[6~q'), ['k', ' ', 'q']);
});

test('regular expressions, backwards too; numbers and chopped lines', (t) => {
  const view = new PagerView(Array.from({ length: 10 }, (_, at) => `line ${at} is long\n`).join(''), '', {
    numbers: true,
    chop: true,
  });
  t.is(rows(view.draw(14, 4))[0], '      1 line 0');
  for (const key of '/[45] is\r') view.press(key);
  view.draw(14, 4);
  for (const key of '/line 5\r?ne (2|3)\r') view.press(key);
  t.is(rows(view.draw(14, 4))[0], '      4 line 3');
  t.true(view.fits(80, 24));
  t.false(view.fits(80, 10));
});
