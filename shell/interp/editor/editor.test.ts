// The line editor in the notation before / keys / after; `|` is the cursor.
import test from 'ava';
import { type Editor, startEditing, withLine } from './editor.ts';
import { type Key, KeyDecoder } from './keys.ts';
import { moveTo } from './line.ts';
import { press } from './press.ts';
import { Renderer } from './renderer.ts';

const HISTORY = ['first', 'docker ps -a', 'git commit -m "x y"'];

const read = (drawn: string): Editor => {
  const cursor = drawn.indexOf('|');
  const text = drawn.slice(0, cursor) + drawn.slice(cursor + 1);
  const editor = startEditing(HISTORY);
  return withLine(editor, moveTo({ ...editor.line, text }, cursor));
};

const show = ({ line }: Editor): string =>
  `${line.text.slice(0, line.cursor)}|${line.text.slice(line.cursor)}`;

// Names of keys between blanks; 'text' in quotes is typed.
const keysOf = (keys: string): Key[] =>
  (keys.match(/'[^']*'|\S+/g) ?? []).flatMap((key): Key[] =>
    key.startsWith("'") ? [...key.slice(1, -1)].map((text) => ({ text })) : [{ name: key }],
  );

const pressAll = (editor: Editor, keys: string): Editor =>
  keysOf(keys).reduce((now, key) => press(now, key).editor, editor);

const rows: readonly [before: string, keys: string, after: string][] = [
  ['ec|ho hi', "'X'", 'ecX|ho hi'],
  ['ec|ho hi', 'C-a', '|echo hi'],
  ['ec|ho hi', 'C-e', 'echo hi|'],
  ['ec|ho hi', 'Home', '|echo hi'],
  ['ec|ho hi', 'End', 'echo hi|'],
  ['ec|ho', 'C-b', 'e|cho'],
  ['ec|ho', 'Right Right Right', 'echo|'],
  ['|echo', 'Left', '|echo'],
  ['echo foo-bar| x', 'M-b', 'echo foo-|bar x'],
  ['echo foo-bar| x', 'M-b M-b', 'echo |foo-bar x'],
  ['|echo foo-bar', 'M-f M-f', 'echo foo|-bar'],
  ['echo |x', 'C-Left', '|echo x'],
  ['ec|ho', 'Backspace', 'e|ho'],
  ['|echo', 'Backspace', '|echo'],
  ['ec|ho', 'Delete', 'ec|o'],
  ['ec|ho', 'C-d', 'ec|o'],
  ['echo| hi', 'C-k', 'echo|'],
  ['echo| hi', 'C-u', '| hi'],
  ['rm /a/b|', 'C-w', 'rm |'],
  ['rm /a/b|', 'M-Backspace', 'rm /a/|'],
  ['|rm /a/b', 'M-d', '| /a/b'],
  ['a b c|', 'C-w C-w C-y', 'a b c|'],
  ['one two|', 'M-Backspace C-a C-y', 'two|one '],
  ['ab|', 'C-t', 'ba|'],
  ['a|b', 'C-t', 'ba|'],
  ['|hello world', 'M-u', 'HELLO| world'],
  ['|HELLO', 'M-l', 'hello|'],
  ['|hELLO', 'M-c', 'Hello|'],
  ['a b c|', 'C-w C-a C-k C-y M-y', 'c|'],
  ['a b c|', 'C-w C-a C-k C-y M-y M-y', 'a b |'],
  ['a b c|', 'C-w C-y C-b M-y', 'a b |c'],
  ['one two| three', 'M-t', 'one three two|'],
  ['one, two|', 'M-t', 'two, one|'],
  ['one|', 'M-t', 'one|'],
  ['a   |  b', 'M-\\', 'a|b'],
  ['|', "'echo' C-_", '|'],
  ['x|', "'ab' Left 'c' C-_", 'xa|b'],
  ['x|', "'a' C-a 'b' M-r", 'x|'],
  ['abc|', 'Backspace Backspace C-_ C-_', 'abc|'],
  ['|', 'Up', 'git commit -m "x y"|'],
  ['|', 'Up Up', 'docker ps -a|'],
  ['typed|', 'Up Down', 'typed|'],
  ['typed|', 'Up Up Down Down', 'typed|'],
  ['|', "Up 'Z' Up Down", 'git commit -m "x y"Z|'],
  ['|', 'M-<', 'first|'],
  ['x |', 'M-.', 'x "x y"|'],
  ['x |', 'M-. M-.', 'x -a|'],
  ['|', "C-r 'ps'", 'docker |ps -a'],
  ['|', "C-r 'i' C-r C-r", 'f|irst'],
  ['|', "C-r 'm' C-r C-r", 'git co|mmit -m "x y"'],
  ['|', "C-r 'i' C-r C-r C-s", 'f|irst'],
  ['|', "C-r 'i' C-r C-r C-s C-s", 'g|it commit -m "x y"'],
  ['|', "M-< C-s 'ps'", 'docker |ps -a'],
  ['|', "C-r 'ps' C-g C-r C-r", '|'],
  ['|', "C-r 'ps' C-e Down Down C-r C-r", 'docker |ps -a'],
  ['|', "C-r 'psx' Backspace", 'docker |ps -a'],
  ['kept|', "C-r 'doc' C-g", 'kept|'],
  ['|', "C-r 'ps' C-e 'X'", 'docker ps -aX|'],
  ['😀|', 'Left', '|😀'],
  ['a👨‍👩‍👧b|', 'Left Backspace', 'a|b'],
  ['é|', 'Backspace', '|'],
  ['漢字|', "Left 'X'", '漢X|字'],
  ['ab|', 'Unknown C-g', 'ab|'],
  ['|abcdef', 'M-3 C-f', 'abc|def'],
  ['|abcdefghijklm', "M-1 '2' C-f", 'abcdefghijkl|m'],
  ['abcd|', "M-- '2' C-f", 'ab|cd'],
  ['abcd|', 'M-- M-2 C-f', '|abcd'],
  ['abcd|', 'M-- C-d', 'abc|'],
  ['|', "M-4 'x'", 'xxxx|'],
  ['|', "M-4 'x' 'y'", 'xxxxy|'],
  ['a b c d|', 'M-2 M-Backspace', 'a b |'],
  ['a b c d|', 'M-2 M-Backspace C-a C-y', 'c d|a b '],
  ['abc|def', 'M-- C-k', '|def'],
  ['|ab', 'M-9 C-d', '|'],
  ['|', 'M-2 Up', 'docker ps -a|'],
  ['x |', 'M-0 M-.', 'x git|'],
  ['x |', 'M-1 M-. M-.', 'x ps|'],
  ['x |', 'C-M-y', 'x commit|'],
  ['|one two', "C-] 't'", 'one |two'],
  ['one two|', "C-M-] 'o'", 'one tw|o'],
  ['one two|', "M-2 C-M-] 'o'", '|one two'],
  ['ab|', "'c' C-x C-u", 'ab|'],
  ['ab|c', 'C-x Backspace', '|c'],
  ['ab|', "C-x 'q'", 'ab|'],
];

const offered: typeof rows = [
  ['git|', 'Right', 'git commit -m "x y"|'],
  ['dock|', 'C-e', 'docker ps -a|'],
  ['dock|', 'End', 'docker ps -a|'],
  ['dock|', 'M-f', 'docker|'],
  ['do|ck', 'Right', 'doc|k'],
  ['do|ck', 'C-e', 'dock|'],
  ['nothing|', 'Right', 'nothing|'],
  ['|', 'Right', '|'],
];

for (const [before, keys, after] of offered) {
  test(`with suggestions: ${before}  ${keys}  ${after}`, (t) => {
    t.is(show(pressAll({ ...read(before), suggests: true }, keys)), after);
  });
}

for (const [before, keys, after] of rows) {
  test(`${before}  ${keys}  ${after}`, (t) => {
    t.is(show(pressAll(read(before), keys)), after);
  });
}

test('keys that ask the shell for something say so', (t) => {
  const effect = (drawn: string, name: string) => press(read(drawn), { name }).effect;
  t.is(effect('x|', 'Enter'), 'submit');
  t.is(effect('x|', 'C-c'), 'interrupt');
  t.is(effect('|', 'C-d'), 'end-of-file');
  t.is(effect('x|', 'C-d'), 'bell');
  t.is(effect('x|', 'C-l'), 'clear-screen');
  t.is(effect('x|', 'Tab'), 'complete');
});

test('bytes become keys, however they are cut', (t) => {
  const bytes = new TextEncoder().encode('a\x1b[A\x1bb\x1b[1;5D\x7f\x01é😀\x1b[3~\x1bOH\r');
  const expected = ['a', 'Up', 'M-b', 'C-Left', 'Backspace', 'C-a', 'é', '😀', 'Delete', 'Home', 'Enter'];
  const label = (key: Key): string => ('text' in key ? key.text : key.name);
  t.deepEqual(new KeyDecoder().feed(bytes).map(label), expected);
  const slow = new KeyDecoder();
  t.deepEqual([...bytes].flatMap((byte) => slow.feed(Uint8Array.of(byte))).map(label), expected);
});

test('a bracketed paste is text, its newlines too, wherever it is cut', (t) => {
  const bytes = new TextEncoder().encode('\x1b[200~ls\rpwd\x1b[201~x');
  for (let cut = 1; cut < bytes.length; cut++) {
    const decoder = new KeyDecoder();
    const keys = [...decoder.feed(bytes.subarray(0, cut)), ...decoder.feed(bytes.subarray(cut))];
    t.deepEqual(keys, [{ text: 'ls\npwd', pasted: true }, { text: 'x' }]);
  }
});

test('appending text writes just that text; a full row wraps', (t) => {
  const renderer = new Renderer();
  t.is(renderer.draw({ prompt: '$ ', text: '', cursor: 0 }, 10), '$ ');
  t.is(renderer.draw({ prompt: '$ ', text: 'abc', cursor: 3 }, 10), 'abc');
  t.is(renderer.draw({ prompt: '$ ', text: 'abcdefgh', cursor: 8 }, 10), 'defgh \r');
  t.is(renderer.draw({ prompt: '$ ', text: 'abcdefgh', cursor: 7 }, 10), '\x1b[1A\x1b[9C');
});

test('control characters never reach the screen as such', (t) => {
  t.is(new Renderer().draw({ prompt: '', text: 'a\x1b[2Jb', cursor: 0 }, 80), 'a^[[2Jb\x1b[7D');
});
