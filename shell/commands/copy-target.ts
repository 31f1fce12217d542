// What is at the destination of a copy already, and how way is made for the copy.

import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import { type BackupRule, makeBackup } from './backup.ts';
import { type CopyState, inodeKey } from './copy-rules.ts';
import type { Step } from './copy-step.ts';
import type { Output } from './output.ts';
import { compareFiles, mayOverwrite } from './overwrite.ts';
import { basename } from './path-name.ts';
import { quoteAlways } from './quoting.ts';

type Target = 'absent' | 'present';

/** Looks at what is at the destination, and makes way for the copy. */
export const meetTarget = async (
  out: Output,
  step: Step,
  source: Stat,
  state: CopyState,
): Promise<Target | 'failed' | 'skipped'> => {
  const { process } = out;
  const { rules } = state;
  const { from, to } = step;
  const own =
    source.kind !== 'file' ||
    rules.move ||
    rules.symbolicLink ||
    rules.hardLink ||
    rules.removeDestination ||
    rules.backup !== undefined;
  const looked = attempt(() => (own ? process.lstat(to) : process.stat(to)));
  if (looked.error) {
    if (looked.error.code === 'ENOENT' || (looked.error.code === 'ELOOP' && rules.force)) return 'absent';
    await out.complain(`cannot stat ${quoteAlways(process, to)}`, looked.error);
    return 'failed';
  }
  const target = looked.value;
  const [a, b] = [quoteAlways(process, from), quoteAlways(process, to)];
  const same = compareFiles(process, from, to, rules);
  if (same === 'same') {
    await out.warn(`${a} and ${b} are the same file`);
    return 'failed';
  }
  if (same === 'done') return 'skipped';
  const keep = await isKept(out, to, source, target, state);
  if (keep) return 'skipped';
  const refused = refusal(step, source, target, state, a, b);
  if (refused !== undefined) {
    await out.warn(refused);
    return 'failed';
  }
  const named = basename(from) !== '.' && basename(from) !== '..';
  if (rules.backup && named && (rules.move || source.kind !== 'directory'))
    return keepTarget(out, step, rules.backup, state);
  return makeWay(out, to, source, target, state);
};

/** -n, -i and -u: the destination stays as it is. */
const isKept = async (
  out: Output,
  to: string,
  source: Stat,
  target: Stat,
  state: CopyState,
): Promise<boolean> => {
  const { rules } = state;
  if (rules.update && source.kind !== 'directory' && target.mtime >= source.mtime) return true;
  if (!rules.move && source.kind === 'directory') return false;
  return !(await mayOverwrite(out, to, target, rules));
};

/** What is there goes out of the way by a rename. */
const keepTarget = async (
  out: Output,
  { from, to }: Step,
  rule: BackupRule,
  state: CopyState,
): Promise<Target | 'failed'> => {
  const { process } = out;
  const [a, b] = [quoteAlways(process, from), quoteAlways(process, to)];
  if (rule.control !== 'numbered' && from === `${to}${rule.suffix}`) {
    await out.warn(
      `backing up ${b} might destroy source;  ${a} not ${state.rules.move ? 'moved' : 'copied'}`,
    );
    return 'failed';
  }
  const kept = attempt(() => makeBackup(process, to, rule));
  if (kept.error) {
    await out.complain(`cannot backup ${b}`, kept.error);
    return 'failed';
  }
  if (kept.value !== undefined) state.backups.set(to, kept.value);
  return 'absent';
};

const refusal = (
  step: Step,
  source: Stat,
  target: Stat,
  state: CopyState,
  a: string,
  b: string,
): string | undefined => {
  const replaces = state.rules.move && state.rules.backup !== undefined;
  if (target.kind !== 'directory' && source.kind === 'directory' && !replaces)
    return `cannot overwrite non-directory ${b} with directory ${a}`;
  if (source.kind !== 'directory' && target.kind === 'directory' && !replaces)
    return `cannot overwrite directory ${b} with non-directory`;
  const made =
    step.operand &&
    source.kind !== 'directory' &&
    state.rules.backup?.control !== 'numbered' &&
    state.made.has(`${inodeKey(target)} ${step.to}`);
  return made ? `will not overwrite just-created ${b} with ${a}` : undefined;
};

const makeWay = async (
  out: Output,
  to: string,
  source: Stat,
  target: Stat,
  state: CopyState,
): Promise<Target | 'failed'> => {
  const { rules } = state;
  const { process } = out;
  const removes =
    !rules.move &&
    target.kind !== 'directory' &&
    (rules.removeDestination ||
      (rules.preserve.links && target.nlink > 1) ||
      (rules.dereference === 'never' && source.kind !== 'file'));
  if (!removes) return 'present';
  const removed = attempt(() => process.unlink(to));
  if (removed.error && removed.error.code !== 'ENOENT') {
    await out.complain(`cannot remove ${quoteAlways(process, to)}`, removed.error);
    return 'failed';
  }
  if (rules.verbose) out.line(`removed ${quoteAlways(process, to)}`);
  return 'absent';
};
