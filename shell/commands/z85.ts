// ZeroMQ's base85: groups of 4 bytes in 5 letters (ZeroMQ RFC 32).

import type { Coding } from './base-n.ts';

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

export const z85: Coding = {
  // As much as GNU reads at a time: of what has a wrong length at its end, the last such block is not written.
  bytes: 30_720,
  letters: LETTERS,
  encode: (bytes) => {
    if (bytes.length % 4 !== 0) return undefined;
    let text = '';
    for (let at = 0; at < bytes.length; at += 4) {
      let value = bytes.subarray(at, at + 4).reduce((sum, byte) => sum * 256 + byte, 0);
      let group = '';
      for (let place = 0; place < 5; place++) {
        group = LETTERS[value % 85] + group;
        value = Math.floor(value / 85);
      }
      text += group;
    }
    return text;
  },
  decode: (text) => {
    const bytes: number[] = [];
    const end = (valid: boolean) => ({ bytes: Uint8Array.from(bytes), valid });
    for (let at = 0; at < text.length; at += 5) {
      const values = [...text.slice(at, at + 5)].map((letter) => LETTERS.indexOf(letter));
      const value = values.reduce((sum, one) => sum * 85 + one, 0);
      if (values.length < 5 || values.includes(-1) || value > 0xffff_ffff) return end(false);
      for (const shift of [24, 16, 8, 0]) bytes.push(Math.floor(value / 2 ** shift) % 256);
    }
    return end(true);
  },
};
