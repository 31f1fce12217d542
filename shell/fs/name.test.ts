// Names as strings: every byte sequence has one, and comes back.

import test from 'ava';
import fc from 'fast-check';
import { decodeName, encodeName } from './name.ts';

const EDGES = [
  0x00, 0x2f, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef,
];
const LEADERS = [0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff];
const bytes = fc
  .array(fc.constantFrom(...EDGES, ...LEADERS), { maxLength: 9 })
  .map((list) => Uint8Array.from(list));

test('every byte sequence comes back from its name', (t) => {
  fc.assert(
    fc.property(bytes, (given) => {
      t.deepEqual(encodeName(decodeName(given)), given);
    }),
    { numRuns: 3_000 },
  );
});

test('UTF-8 is what the standard says it is: only other bytes are escaped', (t) => {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  fc.assert(
    fc.property(bytes, (given) => {
      let valid = true;
      try {
        strict.decode(given);
      } catch {
        valid = false;
      }
      t.is(!/[\udc80-\udcff]/.test(decodeName(given)), valid);
    }),
    { numRuns: 3_000 },
  );
});

test('the bytes around an odd one stay characters', (t) => {
  t.is(decodeName(Uint8Array.of(0xc3, 0xa9, 0xff, 0x61, 0xe2, 0x82)), 'é\udcffa\udce2\udc82');
});
