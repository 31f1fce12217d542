import test from 'ava';
import { cleanPath } from '../go-path.ts';
import { globPattern, ignoreRules, PatternError } from './dockerignore.ts';

const left = (rules: string, ...paths: string[]): string[] =>
  paths.filter((path) => !ignoreRules(rules).ignores(path));

test('patterns name paths from the root of the context, and take directories whole', (t) => {
  const files = [
    'Dockerfile',
    'Dockerfile.all',
    'app.txt',
    'node_modules',
    'node_modules/j',
    'secret.env',
    'src/sub/s2',
  ];
  t.deepEqual(left('node_modules\n*.env\nDockerfile*\n', ...files), ['app.txt', 'src/sub/s2']);
  t.deepEqual(left('/app.txt\n./secret.env\n', ...files).length, files.length - 2);
  t.deepEqual(left('s2', ...files).length, files.length);
});

test('the last rule that matches wins', (t) => {
  const files = ['app.txt', 'src', 'src/s1', 'src/sub', 'src/sub/s2', 'other'];
  t.deepEqual(left('*\n!src\n!app.txt\nsrc/sub\n', ...files), ['app.txt', 'src', 'src/s1']);
});

test('two stars cross directories, one does not', (t) => {
  t.deepEqual(left('**/*.o', 'a.o', 'd/a.o', 'd/e/a.o', 'a.c'), ['a.c']);
  t.deepEqual(left('*/a.o', 'a.o', 'd/a.o', 'd/e/a.o'), ['a.o', 'd/e/a.o']);
  t.deepEqual(left('d/**', 'd/e/f', 'x'), ['x']);
});

test('comments, blank lines, classes and escapes', (t) => {
  t.deepEqual(left('# x\n\n[ab].txt\n\\*\n', 'a.txt', 'c.txt', '*', 'x'), ['c.txt', 'x']);
  t.throws(() => ignoreRules('[a'), { instanceOf: PatternError });
  t.true(globPattern('a.b').test('a.b'));
  t.false(globPattern('a.b').test('axb'));
});

test('paths are cleaned as Go cleans them', (t) => {
  t.deepEqual(['a//b/../c/.', '../x', '/..', './', 'd/../../a'].map(cleanPath), [
    'a/c',
    '../x',
    '/',
    '.',
    '../a',
  ]);
});
