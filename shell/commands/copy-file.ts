// One regular file: opened, its data copied, its attributes set while it is open.

import { FsError } from '../fs/errno.ts';
import { O } from '../fs/open-flags.ts';
import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import { copyAttributes } from './copy-attributes.ts';
import { copyData } from './copy-data.ts';
import type { CopyState } from './copy-rules.ts';
import type { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';

export interface FileCopy {
  readonly from: string;
  readonly to: string;
  /** There is no destination yet. */
  readonly isNew: boolean;
  /** Permission bits to make it with. */
  readonly mode: number;
}

/** Copies the file; complaints go to `out`. */
export const copyFile = async (out: Output, copy: FileCopy, state: CopyState): Promise<boolean> => {
  const { process } = out;
  const { rules } = state;
  const nofollow = rules.dereference === 'never' ? O.NOFOLLOW : 0;
  const opened = attempt(() => process.open(copy.from, O.RDONLY | nofollow));
  if (opened.error) {
    await out.complain(`cannot open ${quoteAlways(process, copy.from)} for reading`, opened.error);
    return false;
  }
  const source = process.fstat(opened.value);
  const target = await openTarget(out, copy, state);
  let copied = target !== undefined;
  if (target) {
    copied = await fill(out, copy, { source, from: opened.value, ...target }, state);
    process.close(target.fd);
  }
  process.close(opened.value);
  return copied;
};

interface Target {
  readonly fd: number;
  readonly isNew: boolean;
}

const openTarget = async (out: Output, copy: FileCopy, state: CopyState): Promise<Target | undefined> => {
  const { process } = out;
  const { rules } = state;
  let { isNew } = copy;
  if (!isNew) {
    const flags = O.WRONLY | (rules.attributesOnly ? 0 : O.TRUNC);
    const opened = attempt(() => process.open(copy.to, flags));
    if (!opened.error) return { fd: opened.value, isNew };
    if (!rules.force) {
      await out.complain(`cannot create regular file ${quoteAlways(process, copy.to)}`, opened.error);
      return undefined;
    }
    const removed = attempt(() => process.unlink(copy.to));
    if (removed.error && removed.error.code !== 'ENOENT') {
      await out.complain(`cannot remove ${quoteAlways(process, copy.to)}`, removed.error);
      return undefined;
    }
    if (rules.verbose) out.line(`removed ${quoteAlways(process, copy.to)}`);
    isNew = true;
  }
  const made = attempt(() => process.open(copy.to, O.WRONLY | O.CREAT | O.EXCL, copy.mode));
  if (!made.error) return { fd: made.value, isNew };
  const quoted = quoteAlways(process, copy.to);
  if (made.error.code === 'EEXIST' && process.tryLstat(copy.to)?.kind === 'symlink') {
    await out.warn(`not writing through dangling symlink ${quoted}`);
    return undefined;
  }
  // A name with a slash at its end is no directory that could be opened: it is a file's wrong name.
  const slashed = made.error.code === 'EISDIR' && copy.to.endsWith('/');
  await out.complain(`cannot create regular file ${quoted}`, slashed ? new FsError('ENOTDIR') : made.error);
  return undefined;
};

interface OpenPair extends Target {
  readonly source: Stat;
  readonly from: number;
}

const fill = async (out: Output, copy: FileCopy, pair: OpenPair, state: CopyState): Promise<boolean> => {
  const { process } = out;
  const { rules } = state;
  const { source, fd, isNew } = pair;
  if (!rules.attributesOnly) {
    try {
      await copyData(process, pair.from, fd, source);
    } catch (error) {
      const verb =
        error instanceof FsError && error.call === 'read'
          ? `reading ${quoteAlways(process, copy.from)}`
          : `writing ${quoteAlways(process, copy.to)}`;
      await out.complain(`error ${verb}`, error);
      return false;
    }
  }
  return copyAttributes(out, { from: copy.from, to: copy.to, source, isNew, fd }, rules);
};
