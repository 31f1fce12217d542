// One mount: the calls that a command line, or a line of fstab, comes down to.

import { FsError } from '../../fs/errno.ts';
import { isMountWord } from '../../fs/mount-options.ts';
import { BtrfsFilesystem } from '../../fs/pool/btrfs-filesystem.ts';
import type { Process } from '../../fs/process.ts';
import { attempt } from '../attempt.ts';
import { flavorOf } from '../flavor.ts';
import type { Output } from '../output.ts';
import { realPath } from '../real-path.ts';
import { type Attempted, mountProblem } from './mount-problem.ts';
import { readWords, type Wanted } from './mount-words.ts';

/** What is to be mounted where, and all words of its options. */
export interface Order {
  readonly source: string | undefined;
  readonly target: string;
  readonly type: string | undefined;
  readonly words: readonly string[];
}

export interface How {
  readonly fake: boolean;
  readonly verbose: boolean;
}

const FAILED = 32;

/** Does it and says what went wrong; the exit status. */
export const attach = async (out: Output, order: Order, how: How): Promise<number> => {
  const { process } = out;
  const wanted = readWords(order.words);
  const problem = loopProblem(process, order, wanted);
  if (problem !== undefined) {
    await out.warn(problem);
    return FAILED;
  }
  const { error } = attempt(() => {
    makePoint(process, order.target, wanted);
    if (!how.fake) perform(process, order, wanted);
  });
  const what = attempted(process, order, wanted);
  if (!error) {
    if (how.verbose) out.line(done(process, what, wanted));
    return out.end();
  }
  if (wanted.own.includes('nofail') && error.code === 'ENOENT' && process.tryStat(order.target)) return 0;
  await tell(out, error, what);
  return error.code === 'EPERM' && flavorOf(process) === 'busybox' ? 1 : FAILED;
};

const tell = async (out: Output, error: FsError, what: Attempted): Promise<void> => {
  await out.warn(mountProblem(out.process, error, what));
  if (flavorOf(out.process) === 'gnu')
    await out.errorText('       dmesg(1) may have more information after failed mount system call.\n');
};

const operationOf = ({ bind, move, remount, propagations }: Wanted): Attempted['operation'] => {
  if (remount) return 'remount';
  if (move) return 'move';
  if (bind) return 'bind';
  return propagations.length > 0 ? 'propagation' : 'mount';
};

const attempted = (process: Process, { source, target, type = 'auto' }: Order, wanted: Wanted): Attempted => {
  const place = process.tryStat(target) ? (realPath(process, target) ?? target) : target;
  const operation = source === undefined || wanted.propagations.length === 0 ? operationOf(wanted) : 'mount';
  const mounted = process.mounts().findLast((mount) => mount.target === place);
  return {
    operation: wanted.bind && !wanted.remount ? 'bind' : operation,
    source: source ?? (operation === 'remount' ? mounted?.source : undefined),
    target,
    place,
    type: /^[^/]+:/.test(source ?? '') && type === 'auto' ? 'nfs' : type,
  };
};

const done = (process: Process, { operation, source = 'none', place }: Attempted, wanted: Wanted): string => {
  const from = process.tryStat(source) ? (realPath(process, source) ?? source) : source;
  if (operation === 'bind') return `mount: ${from} bound on ${place}.`;
  if (operation === 'move') return `mount: ${from} moved to ${place}.`;
  if (operation === 'propagation' && wanted.propagations.length > 0)
    return `mount: ${place} propagation flags changed.`;
  return `mount: ${source} mounted on ${place}.`;
};

/** -o loop: files are mounted without a loop device, but they have to be there. */
const loopProblem = (
  process: Process,
  { source = '', target }: Order,
  { own }: Wanted,
): string | undefined =>
  own.some((word) => /^loop(=|$)/.test(word)) && !process.tryStat(source)
    ? `${target}: failed to setup loop device for ${source}.`
    : undefined;

/** X-mount.mkdir[=MODE]. */
const makePoint = (process: Process, target: string, { own }: Wanted): void => {
  const word = own.find((one) => /^[xX]-mount\.mkdir(=|$)/.test(one));
  if (word === undefined || process.tryStat(target)) return;
  const mode = Number.parseInt(word.split('=')[1] ?? '755', 8);
  const names = (realPath(process, target) ?? target).split('/').slice(1);
  for (let depth = 1; depth <= names.length; depth++) {
    const path = `/${names.slice(0, depth).join('/')}`;
    if (!process.tryStat(path)) process.mkdir(path, mode);
  }
};

const perform = (process: Process, order: Order, wanted: Wanted): void => {
  const { source, target } = order;
  const { bind, recursive, move, remount, flags, propagations } = wanted;
  if (remount) change(process, order, wanted);
  else if (move) process.mount({ source: source ?? '', target, move: true });
  else if (bind) {
    if (source === undefined) throw new FsError('ENOENT', 'mount', '');
    process.mount({ source, target, bind: true, recursive });
    // The call that binds takes no flags: a second one does.
    if (flags.length > 0 || wanted.readOnly)
      process.mount({ source, target, bind: true, remount: true, readOnly: wanted.readOnly ?? false, flags });
  } else if (source !== undefined) attachNew(process, order, wanted);
  for (const { type, recursive: all } of propagations)
    process.mount({ source: '', target, propagation: type, recursive: all });
};

/** What is there already stays as it is where the words say nothing about it. */
const change = (process: Process, { source, target, words }: Order, { bind }: Wanted): void => {
  const path = realPath(process, target) ?? target;
  const mounted =
    source === undefined ? process.mounts().findLast((mount) => mount.target === path) : undefined;
  const { readOnly = false, flags, rest } = readWords([...(mounted?.options.split(',') ?? []), ...words]);
  process.mount({ source: '', target, remount: true, bind, readOnly, flags, options: rest.join(',') });
};

const attachNew = (
  process: Process,
  { source = 'none', target, type = 'auto' }: Order,
  wanted: Wanted,
): void => {
  const disk = formattedDisk(process, source);
  const found = type === 'auto' ? (disk === undefined ? probe(process, source) : 'btrfs') : type;
  if (DISK_TYPES.has(found) && disk === undefined) needDevice(process, source);
  const types = found.split(',');
  process.mount({
    source: disk ?? source,
    target,
    type: types[0] ?? found,
    options: wanted.rest.join(','),
    flags: wanted.flags.filter(isMountWord),
    ...(wanted.readOnly === undefined ? {} : { readOnly: wanted.readOnly }),
  });
};

/** Types that want a disk. */
const DISK_TYPES = new Set(['ext2', 'ext3', 'ext4', 'btrfs']);

/** The type of what is on a device; nothing but ext4 is on those that there are. */
const probe = (process: Process, source: string): string => {
  if (/^[^/]+:/.test(source) && !process.tryStat(source)) return 'nfs';
  needDevice(process, source);
  return 'ext4';
};

const needDevice = (process: Process, source: string): void => {
  if (process.stat(source).kind !== 'block') throw new FsError('ENOTBLK', 'mount', source);
};

/** The canonical path of a file on which mkfs has made a filesystem: the kernel knows it by that. */
const formattedDisk = (process: Process, source: string): string | undefined => {
  const path = realPath(process, source);
  return path !== undefined && process.kernel.disks.get(path) instanceof BtrfsFilesystem ? path : undefined;
};
