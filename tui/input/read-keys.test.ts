import test from 'ava';
import fc from 'fast-check';
import { readKeys } from './read-keys.ts';

const names = (text: string, final = false) =>
  readKeys(new TextEncoder().encode(text), final).tokens.map((token) =>
    token.kind === 'key' ? token.name : 'paste',
  );

test('keys by their names', (t) => {
  t.deepEqual(names('aG \r\t\x7f\x04é'), ['a', 'G', 'space', 'enter', 'tab', 'backspace', 'ctrl-d', 'é']);
  t.deepEqual(names('\x1b[A\x1bOB\x1b[17~\x1b[17;2~\x1b[1;5C\x1b[5;2~'), [
    'up',
    'down',
    'f6',
    'shift-f6',
    'ctrl-right',
    'shift-pageup',
  ]);
  t.deepEqual(names('\x1b1\x1bOP\x1b[[A\x1b[Z\x1d'), ['alt-1', 'f1', 'f1', 'shift-tab', 'ctrl-]']);
});

test('a sequence that has not ended waits', (t) => {
  const reading = readKeys(new TextEncoder().encode('a\x1b[1'));
  t.is(reading.tokens.length, 1);
  t.is(new TextDecoder().decode(reading.rest), '\x1b[1');
});

test('a lone ESC is the Escape key once nothing follows', (t) => {
  t.deepEqual(names('\x1b'), []);
  t.deepEqual(names('\x1b', true), ['esc']);
});

test('a bracketed paste is one token without its marks', (t) => {
  const { tokens } = readKeys(new TextEncoder().encode('\x1b[200~ls\nq\x1b[201~x'));
  t.is(tokens.length, 2);
  t.is(new TextDecoder().decode(tokens[0]?.bytes), 'ls\nq');
});

test('keys keep every byte they came as, however the bytes are split', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(40), (bytes, at) => {
      const text = new TextDecoder('latin1').decode(bytes);
      if (text.includes('\x1b[200~')) return true;
      const first = readKeys(bytes.slice(0, at));
      const second = readKeys(Buffer.concat([first.rest, bytes.slice(at)]), true);
      const all = Buffer.concat([...first.tokens, ...second.tokens].map((token) => token.bytes));
      return all.equals(Buffer.from(bytes)) && second.rest.length === 0;
    }),
  );
  t.pass();
});
