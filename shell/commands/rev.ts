// rev: turn the characters of each line around (util-linux).

import type { Command } from './command.ts';
import { eachInput } from './each-input.ts';
import { lineBatches } from './input.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';
import { codecOf } from './text-codec.ts';

export const rev: Command = {
  name: 'rev',
  help: `Usage:
 rev [options] [<file> ...]

Turn the characters of each line around.

Options:
 -h, --help     display this help
 -V, --version  display version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, rev, argv, {});
    if ('exit' in parsed) return parsed.exit;
    const codec = codecOf(process);
    await eachInput(
      out,
      parsed.operands,
      async (fd) => {
        for await (const batch of lineBatches(process, fd)) {
          for (const bytes of batch) {
            const text = codec.decode(bytes);
            const ended = text.endsWith('\n');
            const turned = [...(ended ? text.slice(0, -1) : text)].reverse().join('');
            out.bytes(codec.encode(ended ? `${turned}\n` : turned));
          }
          await out.flush();
        }
      },
      { opening: (name) => `cannot open ${name}` },
    );
    return out.end();
  },
};
