// Copies of everything but directories: files, symbolic links, pipes, devices; and links instead of copies.

import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import { copyAttributes } from './copy-attributes.ts';
import { copyFile } from './copy-file.ts';
import { copyFileAsApplet } from './copy-file-applet.ts';
import type { CopyState } from './copy-rules.ts';
import { omittedBits, type Step } from './copy-step.ts';
import { flavorOf } from './flavor.ts';
import type { Output } from './output.ts';
import { dirname } from './path-name.ts';
import { quoteAlways } from './quoting.ts';

/** Everything but directories. */
export const copyOther = async (
  out: Output,
  step: Step,
  source: Stat,
  isNew: boolean,
  state: CopyState,
): Promise<boolean> => {
  const { rules } = state;
  if (rules.symbolicLink) return makeSymbolicLink(out, step, isNew, state);
  if (rules.hardLink) return makeLink(out, step, isNew, state, 'hard');
  const wanted = (rules.mode ?? source.mode) & 0o7777;
  const mode = wanted & ~omittedBits(source, state) & 0o777;
  const streams = source.kind === 'file' || (!rules.recursive && source.kind !== 'symlink');
  if (!streams) return makeSpecial(out, step, source, mode, isNew, state);
  const copy = flavorOf(out.process) === 'busybox' ? copyFileAsApplet : copyFile;
  return copy(out, { from: step.from, to: step.to, isNew, mode }, state);
};

const makeSpecial = async (
  out: Output,
  step: Step,
  source: Stat,
  mode: number,
  isNew: boolean,
  state: CopyState,
): Promise<boolean> => {
  const { process } = out;
  const { from, to } = step;
  const quoted = quoteAlways(process, to);
  const symlink = source.kind === 'symlink';
  const nouns = { symlink: 'symbolic link', fifo: 'fifo' } as const;
  const noun = nouns[source.kind as keyof typeof nouns] ?? 'special file';
  const made = attempt(() => {
    if (symlink) process.symlink(process.readlink(from), to);
    else process.mknod(to, (source.mode & 0o170000) | mode, source.rdev);
  });
  if (made.error) {
    await out.complain(`cannot create ${noun} ${quoted}`, made.error);
    return false;
  }
  const { preserve } = state.rules;
  if (symlink && preserve.owner) attempt(() => process.lchown(to, source.uid, source.gid));
  return copyAttributes(out, { from, to, source, isNew }, state.rules);
};

const makeSymbolicLink = async (
  out: Output,
  step: Step,
  isNew: boolean,
  state: CopyState,
): Promise<boolean> => {
  const { process } = out;
  const { from, to } = step;
  if (!from.startsWith('/') && dirname(to) !== '.') {
    const quoted = quoteAlways(process, to);
    await out.warn(`${quoted.slice(1, -1)}: can make relative symbolic links only in current directory`);
    return false;
  }
  return makeLink(out, step, isNew, state, 'symbolic');
};

const makeLink = async (
  out: Output,
  { from, to }: Step,
  isNew: boolean,
  state: CopyState,
  kind: 'symbolic' | 'hard',
): Promise<boolean> => {
  const { process } = out;
  if (!isNew && state.rules.force) attempt(() => process.unlink(to));
  const { error } = attempt(() => (kind === 'hard' ? process.link(from, to) : process.symlink(from, to)));
  if (!error) return true;
  const [a, b] = [quoteAlways(process, from), quoteAlways(process, to)];
  await out.complain(`cannot create ${kind} link ${b} to ${a}`, error);
  return false;
};
