// cksum: POSIX's cyclic redundancy check and the number of bytes.

import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { chunks } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

const step = (crc: number, byte: number): number =>
  ((crc << 8) ^ (TABLE[((crc >>> 24) ^ byte) & 0xff] as number)) >>> 0;

export const cksum: Command = {
  name: 'cksum',
  help: `Usage: cksum [OPTION]... [FILE]...
Print the checksum (CRC) and the number of bytes of each FILE.

Without a FILE, or where FILE is -, standard input is read.

      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, cksum, argv, {});
    if ('exit' in parsed) return parsed.exit;
    await eachInput(out, parsed.operands, async (fd, name) => {
      let crc = 0;
      let size = 0;
      for await (const chunk of chunks(process, fd)) {
        for (const byte of chunk) crc = step(crc, byte);
        size += chunk.length;
      }
      // The length counts too, lowest byte first.
      for (let left = size; left > 0; left = Math.floor(left / 256)) crc = step(crc, left & 0xff);
      out.line(`${~crc >>> 0} ${size}${parsed.operands.length > 0 ? ` ${name}` : ''}`);
    });
    return out.end();
  },
};
