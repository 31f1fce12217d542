import test from 'ava';
import fc from 'fast-check';
import { compare, linesOf, matches } from './output-pattern.ts';

const id64 = '0123456789abcdef'.repeat(4);

const rows: [string[], string[], boolean][] = [
  [['a', 'b'], ['a', 'b'], true],
  [['a'], ['a', 'b'], false],
  [['a', 'b'], ['a'], false],
  [['a  '], ['a'], true],
  [['a'], ['a   '], true],
  [['  a'], ['a'], false],
  [['up [..] ago'], ['up 2 seconds ago'], true],
  [['up [..] ago'], ['up 2 seconds'], false],
  [['[id]   web'], ['0123456789ab   web'], true],
  [['[id]'], [id64], true],
  [['[id]'], ['0123456789abc'], false],
  [['[id]'], ['0123456789xy'], false],
  [['a.c [x] (1+1)'], ['a.c [x] (1+1)'], true],
  [['a.c [..]'], ['abc d'], false],
  [['...'], [], true],
  [['...'], ['a', 'b'], true],
  [['a', '...', 'd'], ['a', 'b', 'c', 'd'], true],
  [['a', '...', 'd'], ['a', 'b', 'c'], false],
  [['...', 'b', '...'], ['b', 'b', 'c'], true],
  [[], [], true],
];

for (const [expected, actual, verdict] of rows)
  test(`${JSON.stringify(expected)} ${verdict ? 'matches' : 'does not match'} ${JSON.stringify(actual)}`, (t) => {
    t.is(matches(expected, actual), verdict);
  });

test('the difference tells both sides in order', (t) => {
  t.deepEqual(compare(['C /etc', 'A /etc/a', 'C /x'], ['C /etc', 'D /etc/b', 'C /x']), [
    { sign: '=', text: 'C /etc' },
    { sign: '-', text: 'A /etc/a' },
    { sign: '+', text: 'D /etc/b' },
    { sign: '=', text: 'C /x' },
  ]);
});

test('blank ends and carriage returns are no difference', (t) => {
  t.deepEqual(linesOf('a\r\n\r\nb\n\n'), ['a', '', 'b']);
  t.deepEqual(linesOf(''), []);
});

const line = fc.constantFrom('a', 'b', 'c [..]', '[id]', '...');
test('a difference holds every line that came, and nothing that did not', (t) => {
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.constantFrom('a', 'b', 'c d')), (expected, actual) => {
      const edits = compare(expected, actual);
      t.deepEqual(
        edits.filter(({ sign }) => sign !== '-').map(({ text }) => text),
        actual,
      );
    }),
  );
});
