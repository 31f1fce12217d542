// Bytes as letters of an alphabet, and back (RFC 4648).

/** A way to write bytes. */
export interface Coding {
  /** Bytes of a group: whole groups are written without what comes behind them. */
  readonly bytes: number;
  /** All that may stand in a text, the sign of padding too. */
  readonly letters: string;
  /** Undefined where that many bytes cannot be written. */
  encode(bytes: Uint8Array): string | undefined;
  /** The bytes up to the first mistake, and whether there was one. */
  decode(text: string): { bytes: Uint8Array; valid: boolean };
}

interface Alphabet {
  readonly letters: string;
  /** Bits of a letter. */
  readonly bits: number;
  /** Bytes and letters of a whole group. */
  readonly bytes: number;
  readonly group: number;
  /** How many signs of padding a group may have. */
  readonly pads: readonly number[];
  /** The lowest bit of a byte comes first. */
  readonly reversed?: true;
}

const flipped = (byte: number): number => {
  let result = 0;
  for (let bit = 0; bit < 8; bit++) result |= ((byte >> bit) & 1) << (7 - bit);
  return result;
};

const encode = (bytes: Uint8Array, { letters, bits, group, reversed }: Alphabet): string => {
  let [text, value, held] = ['', 0, 0];
  for (const byte of bytes) {
    value = ((value << 8) | (reversed ? flipped(byte) : byte)) & 0xffff;
    for (held += 8; held >= bits; held -= bits) text += letters[(value >> (held - bits)) & ((1 << bits) - 1)];
  }
  if (held > 0) text += letters[(value << (bits - held)) & ((1 << bits) - 1)];
  return text.padEnd(Math.ceil(text.length / group) * group, '=');
};

const decode = (
  text: string,
  { letters, bits, group, pads, reversed }: Alphabet,
): ReturnType<Coding['decode']> => {
  const bytes: number[] = [];
  const end = (valid: boolean) => ({ bytes: Uint8Array.from(bytes), valid });
  const values = new Map([...letters].map((letter, at) => [letter, at]));
  for (let start = 0; start < text.length; start += group) {
    const piece = text.slice(start, start + group);
    const meant = piece.replace(/=+$/, '');
    // A group cut short: one of 8 letters gives nothing, one of 4 what its letters make.
    if (piece.length < group && group === 8) return end(false);
    let [value, held] = [0, 0];
    for (const letter of meant) {
      const known = values.get(letter);
      if (known === undefined) return end(false);
      value = ((value << bits) | known) & 0xffff;
      held += bits;
      if (held < 8) continue;
      held -= 8;
      const byte = (value >> held) & 0xff;
      bytes.push(reversed ? flipped(byte) : byte);
    }
    if (piece.length < group || !pads.includes(group - meant.length)) return end(false);
  }
  return end(true);
};

const coding = (alphabet: Alphabet): Coding => ({
  bytes: alphabet.bytes,
  letters: `${alphabet.letters}=`,
  encode: (bytes) => encode(bytes, alphabet),
  decode: (text) => decode(text, alphabet),
});

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const ALPHANUMERIC = `${UPPER}${UPPER.toLowerCase()}${DIGITS}`;
const SIX_BITS = { bits: 6, bytes: 3, group: 4, pads: [0, 1, 2] };
const FIVE_BITS = { bits: 5, bytes: 5, group: 8, pads: [0, 1, 3, 4, 6] };
const ONE_BIT = { letters: '01', bits: 1, bytes: 1, group: 8, pads: [0] };

export const BASE_N = {
  base64: {
    ...coding({ letters: `${ALPHANUMERIC}+/`, ...SIX_BITS }),
    encode: (bytes) => Buffer.from(bytes).toString('base64'),
  },
  base64url: coding({ letters: `${ALPHANUMERIC}-_`, ...SIX_BITS }),
  base32: coding({ letters: `${UPPER}234567`, ...FIVE_BITS }),
  base32hex: coding({ letters: `${DIGITS}${UPPER.slice(0, 22)}`, ...FIVE_BITS }),
  base16: coding({ letters: `${DIGITS}${UPPER.slice(0, 6)}`, bits: 4, bytes: 1, group: 2, pads: [0] }),
  base2msbf: coding(ONE_BIT),
  base2lsbf: coding({ ...ONE_BIT, reversed: true }),
} satisfies Record<string, Coding>;
