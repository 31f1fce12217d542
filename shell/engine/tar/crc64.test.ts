// CRC-64/GO-ISO.

import test from 'ava';
import { Crc64 } from './crc64.ts';

const crc = (parts: Uint8Array[]): string => {
  const sum = new Crc64();
  for (const part of parts) sum.update(part);
  return Buffer.from(sum.digest()).toString('hex');
};

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('the check value of the catalogue of CRCs, and what a real tar-split held', (t) => {
  t.is(crc([bytes('123456789')]), 'b90956c775a41001');
  t.is(Buffer.from(crc([bytes('z\n')]), 'hex').toString('base64'), 'YVBwAAAAAAA=');
});

test('it makes no difference how the bytes are cut', (t) => {
  const data = Uint8Array.from({ length: 1000 }, (_byte, at) => (at * 37 + (at >> 3)) & 0xff);
  const whole = crc([data]);
  for (const cut of [1, 3, 8, 13, 500, 999]) t.is(crc([data.subarray(0, cut), data.subarray(cut)]), whole);
});
