import test from 'ava';
import fc from 'fast-check';
import { visible } from './escape.ts';

test('control characters are shown as escapes', (t) => {
  t.is(visible('a\x1b[31mb\x07\n\x9b2J'), 'a\\x1b[31mb\\x07\\n\\x9b2J');
});

test('bidirectional overrides and lone bytes are shown as escapes', (t) => {
  t.is(visible('\u202egpj.exe'), '\\u202egpj.exe');
  t.is(visible('caf\udce9'), 'caf\\xe9');
  t.is(visible('\u{e0041}'), '\\u{e0041}');
});

test('letters, accents and joined emoji stay', (t) => {
  const text = 'naïve 日本 👩‍👩‍👧';
  t.is(visible(text), text);
});

test('whatever comes in, no control character goes out', (t) => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      (text) => !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(visible(text)),
    ),
  );
  t.pass();
});
