// basenc: bytes as text in many alphabets, and back.

import { BASE_N, type Coding } from './base-n.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { codingOptions, transcode } from './transcode.ts';
import { z85 } from './z85.ts';

const CODINGS: Readonly<Record<string, Coding>> = { ...BASE_N, z85 };

const options = {
  base64: {},
  base64url: {},
  base32: {},
  base32hex: {},
  base16: {},
  base2msbf: {},
  base2lsbf: {},
  z85: {},
  ...codingOptions,
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
    const chosen = parsed.list.findLast(({ name }) => name in CODINGS)?.name ?? '';
    return transcode(out, basenc, parsed, CODINGS[chosen]);
  },
};
