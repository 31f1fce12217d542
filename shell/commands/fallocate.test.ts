// fallocate(1) as the real one: what it says, and what becomes of the file.

import test from 'ava';
import { sameAsGnu } from './gnu-oracle.ts';
import { TestMachine } from './test-machine.ts';

sameAsGnu('fallocate', { f: 'abcdefgh\n'.repeat(20), d: undefined }, [
  ['fallocate'],
  ['fallocate', 'f'],
  ['fallocate', '-Q'],
  ['fallocate', '-l', '8K', 'nodir/f'],
  ['fallocate', '-l', '8K', 'd'],
  ['fallocate', '-l', 'x', 'f'],
  ['fallocate', '-l', '0', 'f'],
  ['fallocate', '-l', '10', 'f', 'g'],
  ['fallocate', '-o', '-1', '-l', '1', 'f'],
  ['fallocate', '-p', '-z', '-l', '1', 'f'],
  ['fallocate', '-v', '-p', '-l', '10K', 'nofile'],
  { argv: ['fallocate', '-l', '8K', 'f'], after: ['f'] },
  { argv: ['fallocate', '-v', '-l', '300', 'f'], after: ['f'] },
  { argv: ['fallocate', '-v', '-x', '-l', '1500', 'new'], after: ['new'] },
  { argv: ['fallocate', '-n', '-l', '300', 'f'], after: ['f'] },
  { argv: ['fallocate', '-v', '-p', '-o', '40', '-l', '50', 'f'], after: ['f'] },
  { argv: ['fallocate', '-v', '-z', '-o', '100', '-l', '4096', 'f'], after: ['f'] },
  { argv: ['fallocate', '-v', '-d', 'f'], after: ['f'] },
  { argv: ['fallocate', '-d', '-v', '-o', '40', '-l', '1.5K', 'f'], after: ['f'] },
]);

test('room comes and goes in blocks', async (t) => {
  const machine = new TestMachine();
  const blocks = async (...words: string[]): Promise<number> => {
    t.is((await machine.run(['fallocate', ...words, 'f'])).status, 0);
    return machine.init.stat('/work/f').blocks;
  };
  machine.put('/work/f', '\0'.repeat(20_000));
  t.is(await blocks('-l', '20000'), 40);
  t.is(await blocks('-p', '-l', '4096'), 32);
  t.is(await blocks('-d'), 0);
  t.is(await blocks('-z', '-o', '4096', '-l', '4096'), 8);
  t.is(await blocks('-l', '1.5M'), 3072);
});
