import test from 'ava';
import { bytes, count } from './bytes.ts';

test('bytes in decimal units, three digits', (t) => {
  t.deepEqual([0, 45, 999, 1234, 72_800_000].map(bytes), ['0 B', '45 B', '999 B', '1.23 kB', '72.8 MB']);
});

test('counts in groups of three', (t) => {
  t.deepEqual([7, 3412, 1234567].map(count), ['7', '3,412', '1,234,567']);
});
