import test from 'ava';
import { forProgram } from './for-program.ts';
import { readKeys, type Token } from './read-keys.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const sent = (token: Token | undefined, bracketedPaste: boolean, applicationCursorKeys: boolean) =>
  token && new TextDecoder().decode(forProgram(token, { bracketedPaste, applicationCursorKeys }));

test('arrows follow the mode of the program', (t) => {
  const up = readKeys(encode('\x1b[A')).tokens[0];
  t.is(sent(up, false, false), '\x1b[A');
  t.is(sent(up, false, true), '\x1bOA');
});

test('a paste is bracketed only for a program that asked, and cannot close its bracket itself', (t) => {
  const paste: Token = { kind: 'paste', bytes: encode('a\n\x1b[201~b') };
  t.is(sent(paste, false, false), 'a\r[201~b');
  t.is(sent(paste, true, false), '\x1b[200~a\r[201~b\x1b[201~');
});
