import test from 'ava';
import fc from 'fast-check';
import { diffLines } from './diff-lines.ts';
import { sameAsGnu } from './gnu-oracle.ts';

const files = {
  a: 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n',
  b: 'one\nTWO\nthree\nfour\nfive\nsix\nseven\neight\nnine and a half\nten\neleven\n',
  same: 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n',
  del: 'one\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n',
  add: 'zero\none\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n',
  noeol: 'one\ntwo',
  eol: 'one\ntwo\n',
  empty: '',
  sp: 'one\n  two  x\n\nthree \n',
  sp2: 'one\n two x\nthree\n',
  bin: 'a\0b\n',
  bin2: 'a\0c\n',
  'd1/x': 'same\n',
  'd1/y': 'old\n',
  'd1/only1': '1\n',
  'd1/sub/z': 'deep\n',
  'd2/x': 'same\n',
  'd2/y': 'new\n',
  'd2/only2': '2\n',
  'd2/sub/z': 'DEEP\n',
  rep: 'a\nb\na\nb\n',
  rep2: 'a\nb\na\nb\na\nb\n',
};
const rows = [
  'a b',
  'a same',
  'a del',
  'a add',
  'del a',
  'noeol eol',
  'eol noeol',
  'empty a',
  'a empty',
  '-u a b',
  '-u a same',
  '-u a del',
  '-u a add',
  '-u noeol eol',
  '-u empty eol',
  '-u eol empty',
  '-U1 a b',
  '-U0 a b',
  '--unified=2 a b',
  '-c a b',
  '-c a del',
  '-c a add',
  '-c noeol eol',
  '-q a b',
  '-q a same',
  '-s a same',
  '-s a b',
  '-qs a same',
  'sp sp2',
  '-b sp sp2',
  '-w sp sp2',
  '-B sp sp2',
  '-wB sp sp2',
  '-Z sp sp2',
  '-i a b',
  'bin bin2',
  '-a bin bin2',
  '-q bin bin2',
  'a missing',
  'missing a',
  'missing missing2',
  'd1 d2',
  '-r d1 d2',
  '-ru d1 d2',
  '-rq d1 d2',
  '-rN d1 d2',
  '-ruN d1 d2',
  '-rs d1 d2',
  'd1 x',
  'd1/x d2',
  'd1 d2/y',
  '-N a missing',
  'a',
  '',
  'a b c',
  '--bogus a b',
  '-u --label x --label y a b',
  'rep rep2',
  'rep2 rep',
  '-u rep rep2',
  '--normal a b',
  '-rq d1 d1',
];
sameAsGnu(
  'diff',
  files,
  rows.map((row) => ({ argv: ['diff', ...row.split(' ').filter((word) => word !== '')] })),
);
sameAsGnu('diff', files, [
  { argv: ['diff', '-', 'a'], stdin: 'one\n' },
  { argv: ['diff', 'a', '-'], stdin: 'one\ntwo\n' },
]);

test('hunks turn the first list into the second', (t) => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
  fc.assert(
    fc.property(list, list, (a, b) => {
      const made: string[] = [];
      let at = 0;
      for (const { from1, to1, from2, to2 } of diffLines(a, b)) {
        made.push(...a.slice(at, from1), ...b.slice(from2, to2));
        at = to1;
      }
      t.deepEqual([...made, ...a.slice(at)], b);
    }),
  );
});
