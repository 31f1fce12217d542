import test from 'ava';
import { classicWords, type Dockerfile, parseDockerfile } from './instructions.ts';
import { ExpansionError, expandWord, expandWords } from './word-expansion.ts';

const parsed = (source: string): Dockerfile => {
  const result = parseDockerfile(source);
  if (result.problem !== undefined) throw new Error(classicWords(result.problem));
  return result.dockerfile;
};
const steps = (source: string): unknown[] =>
  parsed(source).stages.flatMap((stage) => [...stage.instructions]);
const failure = (source: string): string => {
  const { problem } = parseDockerfile(source);
  return problem === undefined ? 'no error' : classicWords(problem);
};

// Each text was given by a real daemon (20.10).
const refusals: readonly (readonly [string, string])[] = [
  ['# only a comment\n', 'failed to parse Dockerfile: file with no instructions'],
  ['FROM\n', 'dockerfile parse error line 1: FROM requires either one or three arguments'],
  ['FROM ubuntu:20.04 AS\n', 'dockerfile parse error line 1: FROM requires either one or three arguments'],
  [
    'FROM a AS 1x\n',
    `dockerfile parse error line 1: invalid name for build stage: "1x", name can't start with a number or contain symbols`,
  ],
  ['RUN echo hi\n', 'no build stage in current context'],
  ['FROM a\nFOO bar\n', 'dockerfile parse error line 2: unknown instruction: FOO'],
  ['FROM a\nconstructor x\n', 'dockerfile parse error line 2: unknown instruction: CONSTRUCTOR'],
  ['FROM a\nARG\n', 'dockerfile parse error line 2: ARG requires at least one argument'],
  ['FROM a\nENV\n', 'dockerfile parse error line 2: ENV requires at least one argument'],
  ['FROM a\nENV A\n', 'failed to parse Dockerfile: ENV must have two arguments'],
  ['FROM a\nENV =x\n', 'dockerfile parse error line 2: ENV names can not be blank'],
  [
    'FROM a\nENV A=b C\n',
    `failed to parse Dockerfile: Syntax error - can't find = in "C". Must be of the form: name=value`,
  ],
  ['FROM a\nUSER\n', 'dockerfile parse error line 2: USER requires exactly one argument'],
  ['FROM a\nVOLUME []\n', 'dockerfile parse error line 2: VOLUME requires at least one argument'],
  [
    'FROM a\nSHELL /bin/sh\n',
    'dockerfile parse error line 2: SHELL requires the arguments to be in JSON form',
  ],
  ['FROM a\nONBUILD FROM x\n', `dockerfile parse error line 2: FROM isn't allowed as an ONBUILD trigger`],
  [
    'FROM a\nONBUILD ONBUILD RUN x\n',
    "dockerfile parse error line 2: Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed",
  ],
  [
    'FROM a\nHEALTHCHECK FOO x\n',
    'dockerfile parse error line 2: Unknown type "FOO" in HEALTHCHECK (try CMD)',
  ],
  [
    'FROM a\nCOPY onlyone\n',
    'dockerfile parse error line 2: COPY requires at least two arguments, but only one was provided. Destination could not be determined',
  ],
  ['FROM a\nCOPY --nope a /\n', 'dockerfile parse error line 2: Unknown flag: nope'],
  ['FROM a\n\n\nRUN --nope true\n', 'dockerfile parse error line 4: Unknown flag: nope'],
  ['# escape=x\nFROM a\n', "failed to parse Dockerfile: invalid escape token 'x' does not match ` or \\"],
  [
    '# escape=`\n# escape=`\nFROM a\n',
    'failed to parse Dockerfile: only one escape parser directive can be used',
  ],
];
for (const [source, message] of refusals) {
  test(`refuses ${JSON.stringify(source)}`, (t) => t.is(failure(source), message));
}

test('lines join without their break, comments between them vanish', (t) => {
  t.like(steps('FROM a\nRUN echo a \\\n# comment\n  && echo b\n')[0] as object, {
    original: 'RUN echo a   && echo b',
    command: { words: ['echo a   && echo b'], shell: true },
  });
  t.like(steps('# escape=`\nFROM a\nRUN echo C:\\ `\n b\n')[0] as object, {
    original: 'RUN echo C:\\  b',
  });
  t.deepEqual(parsed('FROM a\nRUN echo a \\\n\n  b\n').gaps, ['RUN echo a   b']);
  t.like(steps('  FROM a\n  RUN echo x # kept\n   # not this\n')[0] as object, {
    original: 'RUN echo x # kept',
  });
});

test('JSON form is a list, anything else is for the shell', (t) => {
  t.like(steps('FROM a\nCMD ["echo", "hi there"]\n')[0] as object, {
    command: { words: ['echo', 'hi there'], shell: false },
  });
  t.like(steps("FROM a\nCMD ['echo']\n")[0] as object, { command: { words: ["['echo']"], shell: true } });
  t.like(steps('FROM a\nCOPY ["a b", "/x y"]\n')[0] as object, { sources: ['a b'], destination: '/x y' });
});

test('names and values keep their quotes until a step expands them', (t) => {
  t.like(steps('FROM a\nENV D="e f" G=h\\ i\nENV OLD b c\n')[0] as object, {
    pairs: [
      ['D', '"e f"'],
      ['G', 'h\\ i'],
    ],
  });
  t.like(steps('FROM a\nENV OLD b c\n')[0] as object, { pairs: [['OLD', 'b c']] });
});

test('stages, and arguments before the first of them', (t) => {
  const file = parsed('ARG V=1\nFROM a AS Builder\nRUN x\nFROM b\n');
  t.deepEqual(
    file.args.map(({ args }) => args),
    [[['V', '1']]],
  );
  t.deepEqual(
    file.stages.map(({ from, instructions }) => [from.base, from.stage, instructions.length]),
    [
      ['a', 'builder', 1],
      ['b', undefined, 0],
    ],
  );
});

const variables = (name: string): string | undefined => ({ A: '1', E: '', S: 'x y' })[name];
const expand = (word: string): string => {
  try {
    return expandWord(word, variables, '\\');
  } catch (error) {
    if (error instanceof ExpansionError) return `! ${error.message}`;
    throw error;
  }
};

test('variables expand, quotes and escapes protect', (t) => {
  const rows: readonly (readonly [string, string])[] = [
    ['$A-${A}', '1-1'],
    ['${N:-d}${A:-d}', 'd1'],
    ['${A:+y}${N:+y}', 'y'],
    ['\\$A', '$A'],
    ["'$A'", '$A'],
    ['"$A \\" \\n"', '1 " \\n'],
    ['h\\ i', 'h i'],
    ['$', '$'],
    ['${N:-${A}x}', '1x'],
    ['${N:?no}', '! failed to process "${N:?no}": N: no'],
    ['${N', `! failed to process "\${N": missing ':' in substitution`],
    ['"b', '! failed to process "\\"b": unexpected end of statement while looking for matching double-quote'],
  ];
  for (const [word, expected] of rows) t.is(expand(word), expected, word);
});

test('an unquoted variable may give several words, a quoted one gives one', (t) => {
  t.deepEqual(expandWords('$S z', variables, '\\'), ['x', 'y', 'z']);
  t.deepEqual(expandWords('"$S"', variables, '\\'), ['x y']);
});
