// A move by rename(2), and what its refusal means.

import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import { type CopyState, inodeKey } from './copy-rules.ts';
import { type Outcome, type Step, tell } from './copy-step.ts';
import type { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';

/** `cross-device`: the way is free for a copy. */
export const rename = async (
  out: Output,
  step: Step,
  source: Stat,
  isNew: boolean,
  state: CopyState,
): Promise<Outcome | 'cross-device'> => {
  const { process } = out;
  const [a, b] = [quoteAlways(process, step.from), quoteAlways(process, step.to)];
  let errno = step.renameErrno;
  if (errno === undefined || errno === 'EEXIST') {
    const renamed = attempt(() => process.rename(step.from, step.to));
    if (!renamed.error) {
      if (state.rules.verbose) tell(out, step, state, 'renamed ');
      if (step.operand) {
        const now = process.tryLstat(step.to);
        if (now) state.made.add(`${inodeKey(now)} ${step.to}`);
      }
      return 'renamed';
    }
    errno = renamed.error.code;
  }
  if (errno === 'EINVAL') {
    await out.warn(`cannot move ${a} to a subdirectory of itself, ${b}`);
    return 'failed';
  }
  if (errno !== 'EXDEV') {
    await out.complain(`cannot move ${a} to ${b}`, attempt(() => process.rename(step.from, step.to)).error);
    return 'failed';
  }
  // As rename(2) would have replaced it, the destination goes before the copy comes.
  const directory = source.kind === 'directory';
  const removed = attempt(() => (directory ? process.rmdir(step.to) : process.unlink(step.to)));
  if (removed.error && removed.error.code !== 'ENOENT') {
    await out.complain(`inter-device move failed: ${a} to ${b}; unable to remove target`, removed.error);
    return 'failed';
  }
  if (state.rules.verbose && !directory) tell(out, step, state, 'copied ');
  return isNew || !removed.error ? 'cross-device' : 'failed';
};
