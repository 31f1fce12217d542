// mount: attach a file system to the tree, or list what is attached.

import type { FsError } from '../fs/errno.ts';
import { BtrfsFilesystem } from '../fs/pool/btrfs-filesystem.ts';
import type { Process } from '../fs/process.ts';
import { attempt } from './attempt.ts';
import type { Command } from './command.ts';
import { flavorOf } from './flavor.ts';
import { mountProblem } from './mount-problem.ts';
import { type NameOf, type Options, parseOptions } from './options.ts';
import { Output } from './output.ts';
import { realPath } from './real-path.ts';
import { usageError } from './usage-error.ts';

const options = {
  all: { short: 'a' },
  bind: { short: 'B' },
  rbind: { short: 'R' },
  fake: { short: 'f' },
  options: { short: 'o', argument: 'required' },
  'read-only': { short: 'r' },
  'read-write': { short: 'w', alias: ['rw'] },
  types: { short: 't', argument: 'required' },
  source: { argument: 'required' },
  target: { argument: 'required' },
  verbose: { short: 'v' },
  'no-mtab': { short: 'n' },
} as const;

type MountOptions = Options<NameOf<typeof options>>;

const FAILED = 32;

export const mount: Command = {
  name: 'mount',
  help: `Usage: mount [-l]
  or:  mount [OPTION]... SOURCE DIRECTORY
  or:  mount -o remount[,OPTIONS] DIRECTORY
Show what is mounted, or mount SOURCE on DIRECTORY.

  -B, --bind              show the directory SOURCE at DIRECTORY too
  -R, --rbind             the same; mounts below SOURCE are left out here
  -f, --fake              do not do it
  -o, --options=LIST      mount options, with commas between
  -r, --read-only         the same as -o ro
  -t, --types=LIST        the type: overlay, tmpfs, proc, sysfs ...; when
                            listing, only these
  -v, --verbose           say what is done
  -w, --rw                the same as -o rw
      --help        display this help and exit
      --version     output version information and exit

An overlay: mount -t overlay overlay -o lowerdir=A:B,upperdir=U,workdir=W DIR
`,
  run: async (process, argv) => {
    const out = new Output(process);
    const parsed = await parseOptions(out, mount, argv, { ...options, l: {} });
    if ('exit' in parsed) return parsed.exit;
    const operands = [...parsed.operands];
    const [source, target] = [
      parsed.value('source') ?? (operands.length > 1 ? operands.shift() : undefined),
      parsed.value('target') ?? operands.shift(),
    ];
    if (operands.length > 0) return usageError(out, mount, 'bad usage');
    if (target === undefined && source === undefined)
      return parsed.has('all') ? 0 : list(out, parsed.value('types'));
    const given = splitOptions(parsed);
    if (target === undefined || (source === undefined && !given.remount)) {
      await out.warn(`${target ?? source}: can't find in /etc/fstab.`);
      return 1;
    }
    return attach(out, source ?? 'none', target, given, parsed);
  },
};

const list = async (out: Output, types: string | undefined): Promise<number> => {
  const wanted = types?.split(',');
  for (const { source, target, type, options: text } of out.process.mounts()) {
    if (!wanted || wanted.includes(type)) out.line(`${source} on ${target} type ${type} (${text})`);
  }
  return out.end();
};

interface Given {
  readonly bind: boolean;
  readonly remount: boolean;
  readonly readOnly: boolean | undefined;
  /** What is left for the filesystem itself. */
  readonly rest: string;
}

/** Words of -o that the mount call knows; commas behind a backslash belong to a word. */
const splitOptions = (parsed: MountOptions | Options<NameOf<typeof options> | 'l'>): Given => {
  const words =
    (parsed as MountOptions)
      .values('options')
      .join(',')
      .match(/(?:\\.|[^,])+/g) ?? [];
  const flags = new Set([
    'bind',
    'rbind',
    'remount',
    'ro',
    'rw',
    'defaults',
    'relatime',
    'noatime',
    'nosuid',
    'nodev',
    'noexec',
    'suid',
    'dev',
    'exec',
    'loop',
    'auto',
    'noauto',
    'user',
    'nofail',
    'private',
    'shared',
    'slave',
  ]);
  const [own, rest] = [words.filter((word) => flags.has(word)), words.filter((word) => !flags.has(word))];
  const has = (name: 'bind' | 'rbind' | 'read-only' | 'read-write'): boolean =>
    (parsed as MountOptions).has(name);
  const writes = own.findLast((word) => word === 'ro' || word === 'rw');
  const readOnly = has('read-only')
    ? true
    : has('read-write')
      ? false
      : writes === undefined
        ? undefined
        : writes === 'ro';
  return {
    bind: has('bind') || has('rbind') || own.includes('bind') || own.includes('rbind'),
    remount: own.includes('remount'),
    readOnly,
    rest: rest.join(','),
  };
};

const attach = async (
  out: Output,
  from: string,
  target: string,
  given: Given,
  parsed: Pick<MountOptions, 'value' | 'has'>,
): Promise<number> => {
  const { process } = out;
  const formatted = given.bind ? undefined : formattedDisk(process, from);
  const source = formatted ?? from;
  const type = parsed.value('types') ?? (formatted === undefined ? 'auto' : 'btrfs');
  const place = process.tryStat(target) ? (realPath(process, target) ?? target) : target;
  const done = parsed.has('fake')
    ? undefined
    : attempt(() =>
        process.mount({
          source,
          target,
          type,
          options: given.rest,
          ...(given.readOnly === undefined ? {} : { readOnly: given.readOnly }),
          ...(given.bind && !given.remount ? { bind: true } : {}),
          ...(given.remount ? { remount: true } : {}),
        }),
      );
  if (!done?.error) {
    if (parsed.has('verbose'))
      out.line(given.bind ? `mount: ${source} bound on ${place}.` : `mount: ${source} mounted on ${place}.`);
    return out.end();
  }
  await tell(out, done.error, { source, target, place, type, bind: given.bind });
  return FAILED;
};

/** The canonical path of a file on which mkfs has made a filesystem: the kernel knows it by that. */
const formattedDisk = (process: Process, source: string): string | undefined => {
  const path = realPath(process, source);
  return path !== undefined && process.kernel.disks.get(path) instanceof BtrfsFilesystem ? path : undefined;
};

export interface Attempted {
  readonly source: string;
  readonly target: string;
  /** The target's canonical path, where it exists. */
  readonly place: string;
  readonly type: string;
  readonly bind: boolean;
}

const tell = async (out: Output, error: FsError, what: Attempted): Promise<void> => {
  await out.warn(mountProblem(out.process, error, what));
  if (flavorOf(out.process) === 'gnu')
    await out.errorText('       dmesg(1) may have more information after failed mount system call.\n');
};
