// basenc: bytes as text in many alphabets, and back (RFC 4648, ZeroMQ's Z85).

import type { Command } from './command.ts';
import { closeInput, openInput, readAll } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteIfNeeded, quoteLocale } from './quoting.ts';
import { byteCodec } from './text-codec.ts';
import { extraOperand, usageError } from './usage-error.ts';

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const Z85 = `${DIGITS}${UPPER.toLowerCase()}${UPPER}.-:+=^!/*?&<>()[]{}@%$#`;

interface Alphabet {
  readonly letters: string;
  /** Bits of a letter. */
  readonly bits: number;
  /** Letters of a whole group; what is missing is filled up with `=`. */
  readonly group: number;
  /** The lowest bit of a byte comes first. */
  readonly reversed?: true;
}

const BASE64 = `${UPPER}${UPPER.toLowerCase()}${DIGITS}`;

const ALPHABETS = {
  base64: { letters: `${BASE64}+/`, bits: 6, group: 4 },
  base64url: { letters: `${BASE64}-_`, bits: 6, group: 4 },
  base32: { letters: `${UPPER}234567`, bits: 5, group: 8 },
  base32hex: { letters: `${DIGITS}${UPPER.slice(0, 22)}`, bits: 5, group: 8 },
  base16: { letters: `${DIGITS}ABCDEF`, bits: 4, group: 2 },
  base2msbf: { letters: '01', bits: 1, group: 8 },
  base2lsbf: { letters: '01', bits: 1, group: 8, reversed: true },
} as const satisfies Record<string, Alphabet>;

const options = {
  base64: {},
  base64url: {},
  base32: {},
  base32hex: {},
  base16: {},
  base2msbf: {},
  base2lsbf: {},
  z85: {},
  decode: { short: 'd' },
  'ignore-garbage': { short: 'i' },
  wrap: { short: 'w', argument: 'required' },
} as const;

export const basenc: Command = {
  name: 'basenc',
  help: `Usage: basenc [OPTION]... [FILE]
Print FILE, or standard input, in letters of an alphabet, or decode it.

      --base64          as base64 does
      --base64url       base64 for file names and addresses
      --base32          as base32 does
      --base32hex       base32 with the digits first
      --base16          hexadecimal
      --base2msbf       bits, the highest of a byte first
      --base2lsbf       bits, the lowest of a byte first
  -d, --decode          back to bytes
  -i, --ignore-garbage  when decoding, pass over what is no letter of the alphabet
  -w, --wrap=COLS       lines have COLS letters, not 76; 0 means a single line
      --z85             ZeroMQ's base85: groups of 4 bytes, 5 letters
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, basenc, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const wrap = parsed.value('wrap') ?? '76';
    if (!/^\d+$/.test(wrap)) {
      await out.warn(`invalid wrap size: ${quoteLocale(process, wrap)}`);
      return 1;
    }
    const kind = parsed.list.findLast(({ name }) => name in ALPHABETS || name === 'z85')?.name;
    if (kind === undefined) return usageError(out, basenc, 'missing encoding type');
    const [name = '-', extra] = parsed.operands;
    if (extra !== undefined) return extraOperand(out, basenc, extra);
    try {
      const fd = openInput(process, name);
      const bytes = await readAll(process, fd);
      closeInput(process, fd);
      const coder = kind === 'z85' ? z85 : coderOf(ALPHABETS[kind as keyof typeof ALPHABETS]);
      const problem = parsed.has('decode')
        ? decodeTo(out, coder, byteCodec.decode(bytes), parsed.has('ignore-garbage'))
        : encodeTo(out, coder, bytes, Number(wrap));
      if (problem !== undefined) await out.warn(problem);
    } catch (error) {
      await out.complain(quoteIfNeeded(process, name), error);
    }
    return out.end();
  },
};

interface Coder {
  readonly letters: string;
  readonly pad: boolean;
  encode(bytes: Uint8Array): string | undefined;
  /** The bytes up to the first mistake, and whether there was one. */
  decode(text: string): { bytes: number[]; valid: boolean };
}

const encodeTo = (out: Output, { encode }: Coder, bytes: Uint8Array, wrap: number): string | undefined => {
  const text = encode(bytes);
  if (text === undefined) return 'invalid input (length must be multiple of 4 characters)';
  if (wrap === 0) out.text(text);
  else for (let at = 0; at < text.length; at += wrap) out.line(text.slice(at, at + wrap));
  return undefined;
};

const decodeTo = (out: Output, coder: Coder, text: string, lenient: boolean): string | undefined => {
  const known = (letter: string): boolean => coder.letters.includes(letter) || (coder.pad && letter === '=');
  const plain = text.replaceAll('\n', '');
  const { bytes, valid } = coder.decode(lenient ? [...plain].filter(known).join('') : plain);
  out.bytes(Uint8Array.from(bytes));
  return valid ? undefined : 'invalid input';
};

const flipped = (byte: number): number => {
  let result = 0;
  for (let bit = 0; bit < 8; bit++) result |= ((byte >> bit) & 1) << (7 - bit);
  return result;
};

const coderOf = ({ letters, bits, group, reversed }: Alphabet): Coder => ({
  letters,
  pad: bits > 4,
  encode: (bytes) => {
    let [text, value, held] = ['', 0, 0];
    for (const byte of bytes) {
      value = ((value << 8) | (reversed ? flipped(byte) : byte)) & 0xffff;
      for (held += 8; held >= bits; held -= bits)
        text += letters[(value >> (held - bits)) & ((1 << bits) - 1)];
    }
    if (held > 0) text += letters[(value << (bits - held)) & ((1 << bits) - 1)];
    return text.padEnd(Math.ceil(text.length / group) * group, '=');
  },
  decode: (text) => {
    const bytes: number[] = [];
    for (let start = 0; start < text.length; start += group) {
      const piece = text.slice(start, start + group);
      const meant = bits > 4 ? piece.replace(/=+$/, '') : piece;
      let [value, held] = [0, 0];
      for (const letter of meant) {
        const known = letters.indexOf(letter);
        if (known < 0) return { bytes, valid: false };
        value = ((value << bits) | known) & 0xffff;
        held += bits;
        if (held < 8) continue;
        held -= 8;
        const byte = (value >> held) & 0xff;
        bytes.push(reversed ? flipped(byte) : byte);
      }
      if (piece.length < group || held >= bits) return { bytes, valid: false };
    }
    return { bytes, valid: true };
  },
});

const z85: Coder = {
  letters: Z85,
  pad: false,
  encode: (bytes) => {
    if (bytes.length % 4 !== 0) return undefined;
    let text = '';
    for (let at = 0; at < bytes.length; at += 4) {
      let value = bytes.subarray(at, at + 4).reduce((sum, byte) => sum * 256 + byte, 0);
      let group = '';
      for (let place = 0; place < 5; place++) {
        group = Z85[value % 85] + group;
        value = Math.floor(value / 85);
      }
      text += group;
    }
    return text;
  },
  decode: (text) => {
    const bytes: number[] = [];
    for (let at = 0; at < text.length; at += 5) {
      const values = [...text.slice(at, at + 5)].map((letter) => Z85.indexOf(letter));
      const value = values.reduce((sum, one) => sum * 85 + one, 0);
      if (values.length < 5 || values.includes(-1) || value > 0xffff_ffff) return { bytes, valid: false };
      for (const shift of [24, 16, 8, 0]) bytes.push(Math.floor(value / 2 ** shift) % 256);
    }
    return { bytes, valid: true };
  },
};
