// base64 and base32: bytes as letters, and back (RFC 4648).

import type { Command } from './command.ts';
import { chunks, closeInput, openInput, readAll } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { quoteIfNeeded, quoteLocale } from './quoting.ts';
import { joinBytes } from './text.ts';
import { byteCodec } from './text-codec.ts';
import { extraOperand } from './usage-error.ts';

const options = {
  decode: { short: 'd' },
  'ignore-garbage': { short: 'i' },
  wrap: { short: 'w', argument: 'required' },
} as const;

interface Alphabet {
  readonly letters: string;
  /** Bits of a letter. */
  readonly bits: number;
  /** Bytes and letters of a whole group. */
  readonly bytes: number;
  readonly group: number;
  /** How many signs of padding a group may have. */
  readonly pads: readonly number[];
}

const BASE64: Alphabet = {
  letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  bits: 6,
  bytes: 3,
  group: 4,
  pads: [0, 1, 2],
};
const BASE32: Alphabet = {
  letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  bits: 5,
  bytes: 5,
  group: 8,
  pads: [0, 1, 3, 4, 6],
};

const encode = (bytes: Uint8Array, alphabet: Alphabet): string => {
  if (alphabet === BASE64) return Buffer.from(bytes).toString('base64');
  let text = '';
  let value = 0;
  let bits = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet.letters[(value >> (bits - 5)) & 31];
  }
  if (bits > 0) text += alphabet.letters[(value << (5 - bits)) & 31];
  return text.padEnd(Math.ceil(text.length / 8) * 8, '=');
};

/** The bytes up to the first mistake, and whether there was one. */
const decode = (
  text: string,
  { letters, bits, group, pads }: Alphabet,
): { bytes: Uint8Array; valid: boolean } => {
  const bytes: number[] = [];
  const values = new Map([...letters].map((letter, at) => [letter, at]));
  for (let start = 0; start < text.length; start += group) {
    const piece = text.slice(start, start + group);
    const meant = piece.replace(/=+$/, '');
    const whole = piece.length === group && pads.includes(group - meant.length);
    // A group cut short: base32 gives nothing for it, base64 what its letters make.
    if (piece.length < group && group === 8) return { bytes: Uint8Array.from(bytes), valid: false };
    let value = 0;
    let held = 0;
    for (const letter of meant) {
      const known = values.get(letter);
      if (known === undefined) return { bytes: Uint8Array.from(bytes), valid: false };
      value = ((value << bits) | known) & 0xffff;
      held += bits;
      if (held < 8) continue;
      held -= 8;
      bytes.push((value >> held) & 0xff);
    }
    if (!whole) return { bytes: Uint8Array.from(bytes), valid: false };
  }
  return { bytes: Uint8Array.from(bytes), valid: true };
};

const coder = (name: string, alphabet: Alphabet): Command => {
  const command: Command = {
    name,
    help: `Usage: ${name} [OPTION]... [FILE]
Print FILE, or standard input, in ${name} letters, or decode it.

Without a FILE, or where FILE is -, standard input is read.

  -d, --decode          back to bytes
  -i, --ignore-garbage  when decoding, pass over what is no letter of the alphabet
  -w, --wrap=COLS       lines have COLS letters, not 76; 0 means a single line
      --help        display this help and exit
      --version     output version information and exit
`,
    run: async (process, argv) => {
      const out = new Output(process);
      const parsed = await parseOptions(out, command, argv, options);
      if ('exit' in parsed) return parsed.exit;
      const wrap = parsed.value('wrap') ?? '76';
      if (!/^\d+$/.test(wrap)) {
        await out.warn(`invalid wrap size: ${quoteLocale(process, wrap)}`);
        return 1;
      }
      const [name = '-', extra] = parsed.operands;
      if (extra !== undefined) return extraOperand(out, command, extra);
      let fd: number;
      try {
        fd = openInput(process, name);
      } catch (error) {
        await out.complain(quoteIfNeeded(process, name), error);
        return 1;
      }
      try {
        if (!parsed.has('decode')) await encodeInput(out, fd, alphabet, Number(wrap));
        else {
          const text = byteCodec.decode(await readAll(process, fd));
          const garbage = alphabet === BASE64 ? /[^A-Za-z0-9+/=]/g : /[^A-Z2-7=]/g;
          const letters = text.replace(parsed.has('ignore-garbage') ? garbage : /\n/g, '');
          const { bytes, valid } = decode(letters, alphabet);
          out.bytes(bytes);
          if (!valid) await out.warn('invalid input');
        }
      } catch (error) {
        await out.complain('read error', error);
      }
      closeInput(process, fd);
      return out.end();
    },
  };
  return command;
};

const encodeInput = async (out: Output, fd: number, alphabet: Alphabet, wrap: number): Promise<void> => {
  let rest: Uint8Array = new Uint8Array(0);
  let column = 0;
  const put = (text: string): void => {
    if (wrap === 0) return out.text(text);
    for (let at = 0; at < text.length; ) {
      const piece = text.slice(at, at + wrap - column);
      at += piece.length;
      column += piece.length;
      out.text(piece);
      if (column < wrap) continue;
      out.text('\n');
      column = 0;
    }
  };
  for await (const chunk of chunks(out.process, fd)) {
    const bytes = rest.length > 0 ? joinBytes([rest, chunk]) : chunk;
    const whole = bytes.length - (bytes.length % alphabet.bytes);
    put(encode(bytes.subarray(0, whole), alphabet));
    rest = bytes.subarray(whole);
    await out.flush();
  }
  if (rest.length > 0) put(encode(rest, alphabet));
  if (column > 0) out.text('\n');
};

export const base64 = coder('base64', BASE64);
export const base32 = coder('base32', BASE32);
