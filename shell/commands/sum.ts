// sum: the checksums of BSD and of System V.

import type { Process } from '../fs/process.ts';
import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { chunks } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

/** A checksum and the size, as a line shows them. */
export const bsdSum = async (process: Process, fd: number): Promise<string> => {
  let [sum, size] = [0, 0];
  for await (const chunk of chunks(process, fd)) {
    for (const byte of chunk) sum = ((sum >> 1) + ((sum & 1) << 15) + byte) & 0xffff;
    size += chunk.length;
  }
  return `${String(sum).padStart(5, '0')} ${String(Math.ceil(size / 1024)).padStart(5)}`;
};

export const systemVSum = async (process: Process, fd: number): Promise<string> => {
  let [sum, size] = [0, 0];
  for await (const chunk of chunks(process, fd)) {
    for (const byte of chunk) sum = (sum + byte) >>> 0;
    size += chunk.length;
  }
  const folded = (sum & 0xffff) + (sum >>> 16);
  return `${(folded & 0xffff) + (folded >>> 16)} ${Math.ceil(size / 512)}`;
};

export const sum: Command = {
  name: 'sum',
  help: `Usage: sum [OPTION]... [FILE]...
Print the checksum and the number of blocks of each FILE.

Without a FILE, or where FILE is -, standard input is read.

  -r              the sum of BSD (default), blocks of 1 KiB
  -s, --sysv      the sum of System V, blocks of 512 bytes
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, sum, argv, { r: {}, sysv: { short: 's' } });
    if ('exit' in parsed) return parsed.exit;
    const add = parsed.last('r', 'sysv') === 'sysv' ? systemVSum : bsdSum;
    await eachInput(out, parsed.operands, async (fd, name) => {
      out.line(`${await add(process, fd)}${parsed.operands.length > 0 ? ` ${name}` : ''}`);
    });
    return out.end();
  },
};
