import test from 'ava';
import { KeyStream } from './key-stream.ts';

const encode = (text: string) => new TextEncoder().encode(text);

test('a sequence split over two reads is one key', (t) => {
  const taken: string[] = [];
  const keys = new KeyStream((token) => {
    taken.push(token.kind === 'key' ? token.name : 'paste');
    return 'next';
  });
  keys.push(encode('a\x1b[17'));
  keys.push(encode('~b'));
  t.deepEqual(taken, ['a', 'f6', 'b']);
});

test('after a pause the next key waits for the event loop', async (t) => {
  const taken: string[] = [];
  const keys = new KeyStream((token) => {
    taken.push(token.kind === 'key' ? token.name : 'paste');
    return 'pause';
  });
  keys.push(encode('ab'));
  t.deepEqual(taken, ['a']);
  await new Promise(setImmediate);
  t.deepEqual(taken, ['a', 'b']);
});

test('a lone ESC comes through by itself', async (t) => {
  const name = await new Promise((resolve) => {
    new KeyStream((token) => {
      resolve(token.kind === 'key' ? token.name : 'paste');
      return 'next';
    }).push(encode('\x1b'));
  });
  t.is(name, 'esc');
});
