import test from 'ava';
import { createLab, put } from '../lab.ts';
import { contentHash } from './content-hash.ts';
import { ignoreRules } from './dockerignore.ts';
import { resolveInTree, type SourceTree, sourceEntries } from './source-tree.ts';

const context = (rules?: string): SourceTree => {
  const { root } = createLab();
  root.mkdir('/ctx');
  root.mkdir('/ctx/d');
  root.mkdir('/ctx/d/e');
  put(root, '/ctx/a', 'hello\n');
  put(root, '/ctx/d/f', 'f\n');
  put(root, '/ctx/d/e/g', 'g\n', 0o600);
  root.symlink('a', '/ctx/l');
  root.symlink('../a', '/ctx/d/l2');
  return { process: root, root: '/ctx', ...(rules === undefined ? {} : { rules: ignoreRules(rules) }) };
};

// The sums that a real daemon (20.10) put into its history for this very context.
const sums: readonly (readonly [string[], string])[] = [
  [['a'], 'file:d874ee53746802fc1dcb2de75da199ed2e5ae193ff139b7b4f38f65b191931df'],
  [['l'], 'file:d874ee53746802fc1dcb2de75da199ed2e5ae193ff139b7b4f38f65b191931df'],
  [['d'], 'dir:c7b2b93e5331b05799e9a4421c4cba54ee25d598bdcae29a5417382c1ae082fb'],
  [['d/e/g'], 'file:d5d06b7113d9f40fc039fdf9a29fdd7f6f9ef9f3648d79b02836c03a346ab93d'],
  [['a', 'd/f'], 'multi:0c00af5109f573795472f8e8d115c68ecbd2a79c9b946750214cb7d23b6439d9'],
  [['d', 'l'], 'multi:047c1a14bca91343e5a91e2e351b504418edf53faa26f72f4de09677110c9e71'],
];
for (const [paths, sum] of sums) {
  test(`the sum of ${paths.join(' and ')} is Docker's`, (t) => {
    const tree = context();
    t.is(contentHash(paths.map((path) => ({ tree, path: resolveInTree(tree, path) ?? '' }))), sum);
  });
}

test('times do not count, bytes and modes do', (t) => {
  const tree = context();
  const sum = (): string => contentHash([{ tree, path: 'd' }]);
  const before = sum();
  tree.process.utimens('/ctx/d/f', { mtime: 5n });
  t.is(sum(), before);
  tree.process.chmod('/ctx/d/f', 0o755);
  t.not(sum(), before);
});

test('ignored files are not there, whichever way one goes', (t) => {
  const tree = context('*\n!d/f\n');
  t.deepEqual(
    [...sourceEntries(tree)].map(({ path }) => path),
    ['d/f'],
  );
  t.is(resolveInTree(tree, 'a'), undefined);
  t.is(resolveInTree(tree, 'd/f'), 'd/f');
});

test('links never lead out of the tree', (t) => {
  const tree = context();
  tree.process.symlink('/../../a', '/ctx/out');
  tree.process.symlink('loop', '/ctx/loop');
  t.is(resolveInTree(tree, 'out'), 'a');
  t.is(resolveInTree(tree, 'loop'), undefined);
});
