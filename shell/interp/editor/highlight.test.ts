// What a line looks like while it is typed: one letter per character says how.
import test from 'ava';
import fc from 'fast-check';
import { highlight } from './highlight.ts';
import { Renderer } from './renderer.ts';

const LETTER: Readonly<Record<string, string>> = {
  '': '.',
  '32': 'c',
  '4;31': '?',
  '35': 'k',
  '33': 's',
  '7;33': '!',
  '36': 'v',
  '2': '#',
};

const KNOWN = new Set(['ls', 'echo', 'cat', 'sudo', '[']);
const letters = (text: string): string =>
  highlight(text, (name) => KNOWN.has(name))
    .map((style) => LETTER[style] ?? 'X')
    .join('');

const rows: readonly [line: string, looks: string][] = [
  ['ls -l', 'cc...'],
  ['sl -l', '??...'],
  ['ls|sl', 'cc.??'],
  ['ls && sl; ls', 'cc....??..cc'],
  ["echo 'a b'", 'cccc.sssss'],
  ["echo 'a b", 'cccc.!sss'],
  ['echo "a $x', 'cccc.!ssvv'],
  ['echo "$x" y', 'cccc.svvs..'],
  ['x=1 ls', '....cc'],
  ['$x y', 'vv..'],
  ['if ls; then', 'kk.cc..kkkk'],
  ['ls # sl', 'cc.####'],
  ['ls > sl', 'cc.....'],
  ['> out ls', '......cc'],
  ['echo $(sl)', 'cccc...??.'],
  ['[ -e x ]', 'c.......'],
  ['"ls" x', 'cccc..'],
  ['echo a\\ b', 'cccc.....'],
  ['for i in ls', 'kkk........'],
  ['x=(a $b); sl', '.....vv...??'],
  ['((i++)); ls', '.........cc'],
  ['f() { ls; }', '....k.cc..k'],
  ["echo $'a\\'b' c", 'cccc..ssssss..'],
  ['(sl; ls)', '.??..cc.'],
];

for (const [line, looks] of rows) {
  test(`${line}   ${looks}`, (t) => {
    t.is(letters(line), looks);
  });
}

test('whatever is typed, each character gets one style', (t) => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...' \n\'"$({[)}]=<>|&;#\\`ax1é'), maxLength: 30 }),
      (line) => {
        t.is(highlight(line, () => false).length, line.length);
      },
    ),
    { numRuns: 2000 },
  );
});

test('the kind of every open end is more than a colour: underlined or reversed', (t) => {
  t.is(highlight('sl', () => false)[0], '4;31');
  t.is(highlight("'", () => true)[0], '7;33');
});

test('a key costs what it changes; taking in what is suggested costs one character', (t) => {
  const renderer = new Renderer();
  const draw = (text: string, suggestion: string, style = ''): string =>
    renderer.draw(
      { prompt: '$ ', text, cursor: text.length, styles: [...text].map(() => style), suggestion },
      40,
    );
  draw('', '');
  t.is(draw('l', 's -la'), 'l\x1b[2ms -la\x1b[m\x1b[5D');
  t.is(draw('ls', ' -la'), 's');
  t.is(draw('ls ', '-la'), ' ');
  t.is(draw('ls x', ''), 'x\x1b[J');
  t.is(draw('ls x', '', '32'), '\b\b\b\b\x1b[32mls x\x1b[m'.replace('\b\b\b\b', '\x1b[4D'));
  t.is(renderer.finish(40), '\n');
});

test('a suggestion stays in its row', (t) => {
  const renderer = new Renderer();
  const view = { prompt: '$ ', text: 'ab', cursor: 2, suggestion: 'cdefghijkl\nmore' };
  t.is(renderer.draw(view, 10), '$ ab\x1b[2mcdefg\x1b[m\x1b[5D');
});
