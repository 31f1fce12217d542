// History expansion against bash's own `history -p`, and the words of its refusals.
import { spawnSync } from 'node:child_process';
import test from 'ava';
import { runReal } from '../commands/real-program.ts';
import { expandHistory } from './history-expansion.ts';
import { historyWords } from './history-words.ts';

const HISTORY = ['echo one two three four', 'ls -l /usr/local/lib.tar.gz', 'grep foo bar'];

/** What a line becomes; undefined: it is refused. */
const rows: readonly [line: string, text: string | undefined][] = [
  ['!!', 'grep foo bar'],
  ['sudo !!', 'sudo grep foo bar'],
  ['!$', 'bar'],
  ['!^', 'foo'],
  ['!*', 'foo bar'],
  ['!-2', HISTORY[1]],
  ['!ls', HISTORY[1]],
  ['!1', HISTORY[0]],
  ['!nosuch', undefined],
  ['!99', undefined],
  ['!-9', undefined],
  ['!?foo?', 'grep foo bar'],
  ['!?zork?', undefined],
  ['!ls:$', '/usr/local/lib.tar.gz'],
  ['!!:1', 'foo'],
  ['!!:0', 'grep'],
  ['!!:1-2', 'foo bar'],
  ['!!:1-$', 'foo bar'],
  ['!1:2*', 'two three four'],
  ['!1:2-', 'two three'],
  ['!!:-', 'grep foo'],
  ['!1:3-1', undefined],
  ['!!:9', undefined],
  ['!ls:$:h', '/usr/local'],
  ['!ls:$:t', 'lib.tar.gz'],
  ['!ls:$:r', '/usr/local/lib.tar'],
  ['!ls:$:e', '.gz'],
  ['!!:s/foo/baz/', 'grep baz bar'],
  ['!!:s/zz/y/', undefined],
  ['^foo^baz^', 'grep baz bar'],
  ['^foo^baz', 'grep baz bar'],
  ['^nope^x^', undefined],
  ['!!:gs/o/0/', 'grep f00 bar'],
  ['!1:1:s/on/x/', 'xe'],
  ['!!:q', "'grep foo bar'"],
  ['!1:x', "'echo' 'one' 'two' 'three' 'four'"],
  ['!!:z', undefined],
  ["echo '!!'", "echo '!!'"],
  ['echo "!$"', 'echo "bar"'],
  ['echo "wow!"', 'echo "wow!"'],
  ['echo \\!x', 'echo \\!x'],
  ['echo ! x', 'echo ! x'],
  ['echo a!', 'echo a!'],
  ['[ a != b ]', '[ a != b ]'],
  ['!!x', 'grep foo barx'],
  ['!!$', 'bar'],
  ['!!*', 'foo bar'],
  ['!:1', 'foo'],
  ['echo !$x', 'echo barx'],
  ['echo !#', 'echo echo '],
  ['echo $!', 'echo $!'],
  ['echo ${!x}', 'echo ${!x}'],
  ['echo !{x}', undefined],
  ['echo a;!!', 'echo a;grep foo bar'],
];

for (const [line, text] of rows) {
  test(`${line}   ${text ?? 'is refused'}`, (t) => {
    const expansion = expandHistory(line, HISTORY, { old: '', new: '' });
    t.is('text' in expansion ? expansion.text : undefined, text);
  });
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const stored = HISTORY.map((line) => `history -s ${quote(line)}\n`).join('');
const found = spawnSync('bash', ['--version'], { encoding: 'utf8' });
const hasBash = found.status === 0;
const isRequired = process.env.COWSH_ORACLES === '1';

(hasBash || isRequired ? test : test.skip)('bash expands them all the same', (t) => {
  for (const [line, text] of rows) {
    const script = `set -o history; set -H; history -c\n${stored}history -p ${quote(line)}`;
    const { stdout } = runReal(['bash', '--norc', '-c', script], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin' },
    });
    t.is(stdout, text === undefined ? '' : `${text}\n`, line);
  }
});

test('refusals are worded as bash words them', (t) => {
  const problem = (line: string): unknown => expandHistory(line, HISTORY, { old: '', new: '' });
  t.deepEqual(problem('!nosuch'), { problem: '!nosuch: event not found' });
  t.deepEqual(problem('echo !{x}'), { problem: '!{x}: event not found' });
  t.deepEqual(problem('!?zork?'), { problem: '!?zork?: event not found' });
  t.deepEqual(problem('!!:9'), { problem: ':9: bad word specifier' });
  t.deepEqual(problem('!!:s/zz/y/'), { problem: ':s/zz/y/: substitution failed' });
  t.deepEqual(problem('^nope^x^'), { problem: ':s^nope^x^: substitution failed' });
  t.deepEqual(problem('!!:z'), { problem: 'z: unrecognized history modifier' });
  t.deepEqual(problem('!!:&'), { problem: ':&: no previous substitution' });
});

test(':& does the last substitution again; :p prints only; an open quotation counts', (t) => {
  const memory = { old: '', new: '' };
  expandHistory('^foo^x^', HISTORY, memory);
  t.like(expandHistory('!!:&', HISTORY, memory), { text: 'grep x bar' });
  t.like(expandHistory('!!:p', HISTORY, memory), { printOnly: true });
  t.like(expandHistory("a !! b' !$", HISTORY, memory, "'"), { text: "a !! b' bar" });
});

test('words of the history keep their quotes, operators stand alone', (t) => {
  t.deepEqual(historyWords(`a "b c"d 'e f' >x 2>&1|g;h && i\\ j`), [
    'a',
    '"b c"d',
    "'e f'",
    '>',
    'x',
    '2>&1',
    '|',
    'g',
    ';',
    'h',
    '&&',
    'i\\ j',
  ]);
});
