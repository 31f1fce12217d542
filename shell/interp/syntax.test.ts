// What an interactive shell asks more lines for, and what fnmatch makes of patterns.
import { spawnSync } from 'node:child_process';
import test from 'ava';
import { runReal } from '../commands/real-program.ts';
import { matches } from './pattern.ts';
import { isIncomplete, parse } from './syntax.ts';

const unfinished = [
  'if true',
  'if true; then',
  'for x in a b; do',
  'for x in a b',
  'while :',
  'until x; do y',
  'case x in',
  'case x in a) echo',
  '{ echo',
  '(echo',
  'f() {',
  'f()',
  'echo "a',
  "echo 'a",
  'echo $(ls',
  'echo `ls',
  'echo ${x',
  'echo $((1 +',
  'a |',
  'a &&',
  'a ||',
  'cat <<E',
  'cat <<E\nbody',
  "cat <<'E' | sort\nb",
  'echo a \\',
  '[[ a == b &&',
  'x=(1 2',
];

const finished = [
  '',
  'echo hi',
  'if true; then echo; fi',
  'cat <<E\nbody\nE',
  'echo "a"',
  "echo 'a'",
  'f() { :; }',
  'a | b',
  'sleep 1 &',
  '# comment "',
  'echo \\\\',
  'x=(1 2)',
];

// More lines would not mend these: they are errors at once.
const wrong = ['fi', 'echo )', '; x', 'a | | b', 'if; then', '| a', 'echo >', 'for', 'done'];

test('unfinished commands ask for more', (t) => {
  for (const source of unfinished) t.true(isIncomplete(parse(`${source}\n`)), source);
});

test('finished and wrong commands do not', (t) => {
  for (const source of [...finished, ...wrong]) t.false(isIncomplete(parse(`${source}\n`)), source);
});

const PATTERNS = [
  '*',
  'a*',
  '*a',
  '?',
  '??',
  '[a-c]',
  '[!a]',
  '[^a]',
  '[]]',
  '[!]]',
  '[]-a]',
  '[a',
  'a]',
  '[a-]',
  '[-a]',
  '[[:alpha:]]',
  '[[:digit:]x]',
  '\\*',
  'a\\b',
  '[\\]]',
  '[a\\-z]',
  '**',
  '*.*',
  '[.]',
  '[[.a.]]',
  '[z-a]',
  '[!]a-]*',
  '[]',
  '[!]',
  'a[',
  '(',
  ')',
  '|',
  '{a}',
  'a.b',
  '.',
  '^',
  '$',
  '+',
  '[&&]',
  '[--]',
  '[!-]',
  '\u00e9',
  '[\u00e9]',
  '\\',
];
const TEXTS = [
  '',
  'a',
  'b',
  'c',
  'd',
  '-',
  'z',
  ']',
  '[',
  '[a',
  'a]',
  '\\',
  '*',
  'a*',
  'ab',
  'a.b',
  'axb',
  '.',
  '/',
  '(',
  ')',
  '|',
  '{a}',
  '^',
  '$',
  '+',
  '\u00e9',
  '&',
  '5',
  'x',
  '!',
  '\n',
  '[]',
  '[!]',
  'a[',
];

const hasBash = spawnSync('bash', ['-c', ':']).status === 0;
const oracle = hasBash || process.env.COWSH_ORACLES === '1' ? test : test.skip;

oracle(`${PATTERNS.length * TEXTS.length} pairs of pattern and text match as in bash`, (t) => {
  const script =
    'while IFS= read -r -d "" p && IFS= read -r -d "" s; do case $s in $p) printf 1;; *) printf 0;; esac; done';
  const pairs = PATTERNS.flatMap((pattern) => TEXTS.map((text) => [pattern, text] as const));
  const input = pairs.map(([pattern, text]) => `${pattern}\0${text}\0`).join('');
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' };
  const { stdout } = runReal(['bash', '-c', script], { input, encoding: 'utf8', env });
  t.is(stdout.length, pairs.length);
  for (const [i, [pattern, text]] of pairs.entries())
    t.is(matches(pattern, text) ? '1' : '0', stdout[i] ?? '', `${pattern} ~ ${JSON.stringify(text)}`);
});
