// mkfs.btrfs: an empty btrfs on a device, or in a file of that size.

import { BtrfsFilesystem } from '../../fs/pool/btrfs-filesystem.ts';
import { btrfsOn } from '../../fs/pool/disks.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../options.ts';
import { Output } from '../output.ts';
import { realPath } from '../real-path.ts';
import { binarySize } from './binary-size.ts';

const options = {
  quiet: { short: 'q' },
  force: { short: 'f' },
  label: { short: 'L', argument: 'required' },
} as const;

/** mkfs.btrfs(8): a smaller one has no room for its own needs. */
const LEAST = 109 * 2 ** 20;

export const mkfsBtrfs: Command = {
  name: 'mkfs.btrfs',
  help: `Usage: mkfs.btrfs [options] DEVICE
Make an empty btrfs on a device, or in a file.

  -f, --force          even where there is one already
  -L, --label NAME     call it so
  -q, --quiet          say nothing
      --help           print this text
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, mkfsBtrfs, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const [device] = parsed.operands;
    const quiet = parsed.has('quiet');
    if (!quiet) out.text('btrfs-progs v6.2\nSee http://btrfs.wiki.kernel.org for more information.\n\n');
    const refuse = async (...lines: readonly string[]): Promise<number> => {
      await out.flush();
      await out.errorText(lines.map((line) => `ERROR: ${line}\n`).join(''));
      return 1;
    };
    if (device === undefined) return refuse('no devices specified');
    const file = process.tryStat(device);
    if (file === undefined) return refuse(`mount check: cannot open ${device}: No such file or directory`);
    if (file.kind === 'file' && file.size < LEAST)
      return refuse(
        `'${device}' is too small to make a usable filesystem`,
        `minimum size for each btrfs device is ${LEAST}`,
      );
    const { kernel } = process;
    const path = realPath(process, device) ?? device;
    if (kernel.disks.get(path) instanceof BtrfsFilesystem && !parsed.has('force'))
      return refuse(
        `${device} appears to contain an existing filesystem (btrfs)`,
        `use the -f option to force overwrite of ${device}`,
      );
    if (process.mounts().some(({ source }) => source === path)) return refuse(`${device} is mounted`);
    kernel.disks.delete(path);
    const fs = btrfsOn(kernel, path, file.kind === 'file' ? file.size : undefined);
    if (quiet) return 0;
    const { blocks, bsize } = fs.statfs();
    out.text(`Label:              ${parsed.value('label') ?? '(null)'}
UUID:               ${fs.subvolumes()[0]?.uuid}
Node size:          16384
Sector size:        4096
Filesystem size:    ${binarySize(blocks * bsize)}
Number of devices:  1
`);
    return out.end();
  },
};
