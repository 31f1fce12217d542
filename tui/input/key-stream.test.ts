import test from 'ava';
import { KeyStream } from './key-stream.ts';

const encode = (text: string) => new TextEncoder().encode(text);

test('a sequence split over two reads is one key', (t) => {
  const taken: string[] = [];
  const keys = new KeyStream((token) => {
    taken.push(token.kind === 'key' ? token.name : 'paste');
    return undefined;
  });
  keys.push(encode('a\x1b[17'));
  keys.push(encode('~b'));
  t.deepEqual(taken, ['a', 'f6', 'b']);
});

test('the next key waits until the last one is done with', async (t) => {
  const { promise: drawn, resolve } = Promise.withResolvers<void>();
  const taken: string[] = [];
  const keys = new KeyStream((token) => {
    taken.push(token.kind === 'key' ? token.name : 'paste');
    return drawn;
  });
  keys.push(encode('ab'));
  t.deepEqual(taken, ['a']);
  resolve();
  await drawn;
  await new Promise(setImmediate);
  t.deepEqual(taken, ['a', 'b']);
});

test('a lone ESC comes through by itself', async (t) => {
  const name = await new Promise((resolve) => {
    new KeyStream((token) => {
      resolve(token.kind === 'key' ? token.name : 'paste');
      return undefined;
    }).push(encode('\x1b'));
  });
  t.is(name, 'esc');
});
