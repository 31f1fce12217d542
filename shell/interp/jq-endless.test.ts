// Filters that would never end: a signal ends them, and calls nest as deep as anybody likes.

import test from 'ava';
import { ShellMachine } from './test-machine.ts';

const ENDLESS = [
  'last(range(1e9))',
  'until(false; .)',
  'repeat(1) | empty',
  '[recurse(.) | empty]',
  'reduce repeat(1) as $x (0; 1)',
  'foreach repeat([1]) as [$x] (0; 1; empty)',
  '.a |= last(repeat(1))',
  '.[last(repeat("a"))] = 1',
  '{a: last(repeat(1))}',
  '"\\(last(repeat(1)))"',
  '[1] | sort_by(last(repeat(1)))',
  'all(repeat(true); .)',
  'try last(repeat(1)) catch 1',
  'last(repeat(false)) // 1',
  'nth(1e9; repeat(1))',
  'path(last(repeat(.a)))',
  'label $out | last(repeat(1)) | break $out',
  'def f: 1, f; f | empty',
];

test('a signal ends a filter that gives nothing', async (t) => {
  const machine = new ShellMachine();
  for (const filter of ENDLESS) {
    const { stdout, stderr } = await machine.run('bash', `timeout -s INT 1 jq -n '${filter}'; echo $?`);
    t.deepEqual([stdout, stderr], ['124\n', ''], filter);
  }
});

test('calls and loops nest as deep as anybody likes', async (t) => {
  const machine = new ShellMachine();
  const filters: readonly (readonly [filter: string, output: string])[] = [
    ['def f: if . > 1 then 1 + (. - 1 | f) else 1 end; 5000 | f', '5000'],
    ['def f: if . > 5000 then . else . + 1 | f end; 0 | f', '5001'],
    ['def f(g): if g > 300 then g else f(g + 1) end; f(0)', '301'],
    ['last(limit(20000; repeat(1))), (0 | until(. > 20000; . + 1))', '1\n20001'],
    ['[limit(3; def f: (., f); f)] | length', '3'],
    ['def f: if . > 500 then error("at the end") else . + 1 | f end; try (0 | f) catch .', '"at the end"'],
    ['def f: if . > 200 then . else (., (. + 1 | f)) end; [0 | f] | length', '202'],
  ];
  for (const [filter, output] of filters) {
    const { stdout, stderr } = await machine.run('bash', `jq -n '${filter}'`);
    t.deepEqual([stdout, stderr], [`${output}\n`, ''], filter);
  }
});

test('what grows without end ends as where memory is full', async (t) => {
  const { stdout, stderr } = await new ShellMachine().run(
    'bash',
    `jq -n '"aaaaaaaa" | until(false; . + .)'; echo $?`,
  );
  t.is(stdout, '134\n');
  t.regex(stderr, /^jq: error: cannot allocate memory\n/);
});
