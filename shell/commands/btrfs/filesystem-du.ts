// btrfs filesystem du: bytes of files' data, and how many of them no other subvolume has.

import { btrfsAt } from '../../fs/pool/subvolume-calls.ts';
import { attempt } from '../attempt.ts';
import { binarySize } from './binary-size.ts';
import type { Subcommand } from './subcommand.ts';
import { NO_SUBVOLUME, wrong } from './subvolume-changes.ts';

/** Whole subvolumes, as with -s. */
export const filesystemDu: Subcommand = async (out, args) => {
  const raw = args.includes('--raw');
  const paths = args.filter((arg) => !arg.startsWith('-'));
  if (paths.length === 0) {
    await out.errorText('btrfs filesystem du: at least 1 argument expected, 0 given\n');
    return 1;
  }
  out.line(`${'Total'.padStart(10)}  ${'Exclusive'.padStart(10)}  ${'Set shared'.padStart(10)}  Filename`);
  let status = 0;
  for (const path of paths) {
    const { value, error } = attempt(() => btrfsAt(out.process, path));
    if (error) status = await wrong(out, `cannot check space of '${path}': ${error.message}`);
    else if (value.subvolume === undefined) status = await wrong(out, NO_SUBVOLUME);
    else {
      const { total, exclusive } = value.fs.usage(value.subvolume);
      const sizes = [total, exclusive, total - exclusive].map((bytes) =>
        (raw ? String(bytes) : binarySize(bytes)).padStart(10),
      );
      out.line(`${sizes.join('  ')}  ${path}`);
    }
  }
  await out.flush();
  return status;
};
