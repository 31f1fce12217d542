// unshare: run a program in namespaces of its own (util-linux). There are mount and UTS namespaces.

import { attempt } from './attempt.ts';
import { becomeOrShell } from './become.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { parseOptions } from './options.ts';
import { Output } from './output.ts';

const options = {
  mount: { short: 'm', argument: 'optional' },
  uts: { short: 'u', argument: 'optional' },
  ipc: { short: 'i', argument: 'optional' },
  net: { short: 'n', argument: 'optional' },
  pid: { short: 'p', argument: 'optional' },
  user: { short: 'U', argument: 'optional' },
  cgroup: { short: 'C', argument: 'optional' },
  time: { short: 'T', argument: 'optional' },
  fork: { short: 'f' },
  'map-root-user': { short: 'r' },
  propagation: { argument: 'required' },
  root: { short: 'R', argument: 'required' },
  wd: { short: 'w', argument: 'required' },
} as const;

/** Kinds that this kernel does not have. */
const ABSENT = ['ipc', 'net', 'pid', 'cgroup', 'time'] as const;

const MODES = ['slave', 'private', 'shared', 'unchanged'] as const;

/** Flags of unshare(2), which the applet tells. */
const CLONE_NEWNS = 0x20000;
const CLONE_NEWUTS = 0x4000000;

export const unshare: Command = {
  name: 'unshare',
  help: `
Usage:
 unshare [options] [<program> [<argument>...]]

Run a program in namespaces of its own. Without one it is a shell.

Options:
 -m, --mount               a mount namespace of its own
 -u, --uts                 a hostname of its own
 -r, --map-root-user       be root in a user namespace; for root alone, and nothing changes
 -f, --fork                accepted
     --propagation slave|shared|private|unchanged
                           who else gets what is mounted here; private
 -R, --root=<dir>          run with this root directory
 -w, --wd=<dir>            run in this directory
     --help                display this help
     --version             display version
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, unshare, argv, options, { stopAtOperand: true });
    if ('exit' in parsed) return parsed.exit;
    const asked = parsed.value('propagation');
    const mode = MODES.find((one) => one === asked);
    if (asked !== undefined && mode === undefined) {
      await out.warn(`unsupported propagation mode: ${asked}`);
      return 1;
    }
    const absent = ABSENT.find((kind) => parsed.has(kind));
    if (absent !== undefined) {
      await out.warn(`cowsh has mount and UTS namespaces only, no ${absent} namespace`);
      return 1;
    }
    const asRoot = parsed.has('map-root-user') || parsed.has('user');
    if (asRoot && process.cred.uid !== 0) {
      // As on a host whose policy forbids user namespaces to ordinary users.
      await out.warn('write failed /proc/self/uid_map: Operation not permitted');
      return 1;
    }
    const { error } = attempt(() => {
      if (parsed.has('mount')) process.unshare('mnt');
      if (parsed.has('mount') && mode !== 'unchanged')
        process.mount({ source: '', target: '/', propagation: mode ?? 'private', recursive: true });
      if (parsed.has('uts')) process.unshare('uts');
    });
    if (error) {
      const flags = (parsed.has('mount') ? CLONE_NEWNS : 0) + (parsed.has('uts') ? CLONE_NEWUTS : 0);
      const applet = flavorOf(process) === 'busybox';
      await out.complain(applet ? `unshare(0x${flags.toString(16)})` : 'unshare failed', error);
      return 1;
    }
    const [root, directory] = [parsed.value('root'), parsed.value('wd')];
    const placed = attempt(() => {
      if (root !== undefined) process.chroot(root);
      if (root !== undefined || directory !== undefined) process.chdir(directory ?? '/');
    });
    if (placed.error) {
      await out.complain(`cannot change root directory to '${root ?? directory}'`, placed.error);
      return 1;
    }
    return becomeOrShell(out, parsed.operands);
  },
};
