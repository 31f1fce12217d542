// mountpoint: is something mounted there?

import { major, minor } from '../../fs/mode.ts';
import { attempt } from '../attempt.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../options.ts';
import { Output } from '../output.ts';
import { realPath } from '../real-path.ts';
import { usageError } from '../usage-error.ts';

const options = {
  quiet: { short: 'q' },
  fs: { short: 'd', alias: ['fs-devno'] },
  device: { short: 'x', alias: ['devno'] },
  nofollow: {},
} as const;

export const mountpoint: Command = {
  name: 'mountpoint',
  help: `Usage: mountpoint [-qd] FILE
Say whether FILE is a mount point; the exit status says it too: 0 or 32.

  -q, --quiet   print nothing
  -d, --fs-devno  the device number of the file system there
  -x, --devno   the device number of a block device
      --help        display this help and exit
      --version     output version information and exit
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, mountpoint, argv, options);
    if ('exit' in parsed) return parsed.exit;
    const [name, extra] = parsed.operands;
    if (name === undefined || extra !== undefined) return usageError(out, mountpoint, 'bad usage');
    const quiet = parsed.has('quiet');
    const looked = attempt(() => (parsed.has('nofollow') ? process.lstat(name) : process.stat(name)));
    if (looked.error) {
      if (!quiet) await out.complain(name, looked.error);
      return 1;
    }
    const { value: stat } = looked;
    if (parsed.has('device')) {
      out.failureStatus = 32;
      if (stat.kind !== 'block') {
        if (!quiet) await out.warn(`${name}: not a block device`);
        out.status = 32;
      } else out.line(`${major(stat.rdev)}:${minor(stat.rdev)}`);
      return out.end();
    }
    const path = realPath(process, name);
    const mounted = process.mounts().some(({ target }) => target === path) && stat.kind !== 'symlink';
    if (mounted && parsed.has('fs')) out.line(`${major(stat.dev)}:${minor(stat.dev)}`);
    else if (!quiet) out.line(`${name} is ${mounted ? '' : 'not '}a mountpoint`);
    await out.flush();
    return mounted ? 0 : 32;
  },
};
