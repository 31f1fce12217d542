// base64 and base32: bytes as letters, and back (RFC 4648).

import { BASE_N } from './base-n.ts';
import type { Command } from './command.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { codingOptions, transcode } from './transcode.ts';

const coder = (name: 'base64' | 'base32'): Command => {
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
      const parsed = await parseOptions(out, command, argv, codingOptions);
      if ('exit' in parsed) return parsed.exit;
      return transcode(out, command, parsed, BASE_N[name]);
    },
  };
  return command;
};

export const base64 = coder('base64');
export const base32 = coder('base32');
