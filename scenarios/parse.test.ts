import test from 'ava';
import { parseScenario } from './parse.ts';
import type { Action, Scenario } from './scenario.ts';

const lines = (...rows: string[]) => `${rows.join('\n')}\n`;

function parsed(source: string): Scenario {
  const result = parseScenario(source, 'untitled');
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.scenario;
}

function actions(source: string): Action[] {
  return parsed(source).steps.flatMap(({ action }) => (action === undefined ? [] : [action]));
}

function problems(source: string) {
  const result = parseScenario(source, 'untitled');
  return result.ok ? [] : result.problems.map(({ line, text }) => `${line}: ${text}`);
}

const words = (scenario: Scenario, step: number) =>
  scenario.steps[step]?.narration.map((block) => block.spans.map(({ text }) => text).join('')) ?? [];

test('prose leads to what is done after it', (t) => {
  const scenario = parsed(lines('# Title', '', 'Look *here*:', '', '```', 'ls', 'pwd', '```', '', 'Done.'));
  t.is(scenario.title, 'Title');
  t.deepEqual(
    scenario.steps.map(({ action }) => action?.kind === 'command' && action.command),
    ['ls', 'pwd', false],
  );
  t.deepEqual(words(scenario, 0), ['Title', 'Look here:']);
  t.deepEqual(words(scenario, 1), []);
  t.deepEqual(words(scenario, 2), ['Done.']);
});

test('a FROM block is the Dockerfile, with or without a language', (t) => {
  const expected = { kind: 'file', line: 2, name: 'Dockerfile', text: 'FROM ubuntu:20.04\n\nRUN true\n' };
  t.deepEqual(actions(lines('```', 'FROM ubuntu:20.04', '', 'RUN true', '', '```')), [expected] as Action[]);
  t.deepEqual(actions(lines('```dockerfile', 'FROM ubuntu:20.04', '', 'RUN true', '```')), [
    expected,
  ] as Action[]);
});

test('commands go on over lines as in a shell', (t) => {
  const source = lines(
    '```sh',
    '# a comment',
    'for i in 1 2',
    'do echo $i',
    'done',
    'cat <<END',
    'text',
    'END',
    'a \\',
    'b',
    '```',
  );
  t.deepEqual(
    actions(source).map((action) => action.kind === 'command' && [action.line, action.command]),
    [
      [3, 'for i in 1 2\ndo echo $i\ndone'],
      [6, 'cat <<END\ntext\nEND'],
      [9, 'a \\\nb'],
    ],
  );
});

test('a transcript has commands, their continuation, output and exit status', (t) => {
  const source = lines(
    '```console',
    '$ echo "a',
    '> b"',
    'a',
    'b',
    '',
    '$ false',
    '[exit 1]',
    '$ true',
    '```',
  );
  t.deepEqual(actions(source), [
    { kind: 'command', line: 2, command: 'echo "a\nb"', expected: { output: ['a', 'b'], status: 0 } },
    { kind: 'command', line: 7, command: 'false', expected: { output: [], status: 1 } },
    { kind: 'command', line: 9, command: 'true', expected: { output: [], status: 0 } },
  ]);
  t.is(actions(lines('```', '$ pwd', '/root', '```'))[0]?.kind, 'command');
});

test('blocks of other languages are only shown', (t) => {
  const scenario = parsed(
    lines('```text', 'upper', 'lower', '```', '', '    indented', '', '```', 'ls', '```'),
  );
  t.is(scenario.steps.length, 1);
  t.deepEqual(words(scenario, 0), ['upper\nlower', 'indented']);
});

test('fences inside lists count, with their line', (t) => {
  const scenario = parsed(
    lines('1. First:', '', '   ```', '   ls', '   ```', '', '2. Then:', '', '   ```', '   pwd', '   ```'),
  );
  t.deepEqual(
    scenario.steps.map(({ action }) => action?.kind === 'command' && [action.line, action.command]),
    [
      [4, 'ls'],
      [10, 'pwd'],
    ],
  );
});

test('claims and layers are read', (t) => {
  const source = lines(
    '<!-- claims: D5, K1 -->',
    '',
    '```layers',
    'web whiteout /etc/motd',
    'db empty',
    '```',
  );
  t.deepEqual(parsed(source).claims, ['D5', 'K1']);
  t.deepEqual(actions(source), [
    {
      kind: 'layers',
      line: 4,
      uppers: [
        { line: 4, container: 'web', sign: 'whiteout', path: '/etc/motd' },
        { line: 5, container: 'db', sign: 'empty', path: '' },
      ],
    },
  ]);
});

test('HTML is left out, entities are read', (t) => {
  const scenario = parsed(
    lines('<!-- note -->', '<details>', '', 'a &amp; `b<c`', '', '</details>', '', '```', 'ls', '```'),
  );
  t.deepEqual(words(scenario, 0), ['a & b<c']);
});

const bad: [string, string, string[]][] = [
  [
    'no commands',
    lines('# Words', '', 'only'),
    ['1: there is nothing to play: no block of commands in the document'],
  ],
  ['an open fence', lines('Text', '', '```', 'ls'), ['3: this block is never closed']],
  [
    'output first',
    lines('```console', 'total 0', '$ ls', '```'),
    ['2: output comes before the first `$ command`'],
  ],
  ['an empty prompt', lines('```console', '$ ', '```'), ['2: a prompt without a command']],
  [
    'a status in the middle',
    lines('```console', '$ ls', '[exit 1]', 'more', '```'),
    ['3: [exit N] must be the last line of an output'],
  ],
  [
    'an open quote',
    lines('', '```', 'ls', "echo 'open", '```'),
    ["4: the command is not finished: echo 'open"],
  ],
  [
    'an unknown sign',
    lines('```layers', 'web holds /a', '```'),
    ["2: 'holds' is none of has, whiteout, opaque, lacks, empty: a line is CONTAINER SIGN /PATH"],
  ],
  ['a relative path', lines('```layers', 'web has a', '```'), ["2: 'has' needs one absolute path"]],
  [
    'several problems',
    lines('```console', 'x', '```', '', '```', 'echo "', '```'),
    ['2: output comes before the first `$ command`', '6: the command is not finished: echo "'],
  ],
];

for (const [name, source, expected] of bad)
  test(`refused with its line: ${name}`, (t) => t.deepEqual(problems(source), expected));
