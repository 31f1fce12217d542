// Copying (and moving) of anything onto a name: what cp, mv and install have in common.
// The steps and their order are those of coreutils: each is a call that a layer below may notice.

import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import { copyAttributes } from './copy-attributes.ts';
import { copyOther } from './copy-other.ts';
import { rename } from './copy-rename.ts';
import { type CopyState, inodeKey } from './copy-rules.ts';
import { type Outcome, omittedBits, type Step, tell } from './copy-step.ts';
import { meetTarget } from './copy-target.ts';
import { flavorOf } from './flavor.ts';
import type { Output } from './output.ts';
import { joinPath } from './path-name.ts';
import { quoteAlways } from './quoting.ts';

export const copyTree = async (out: Output, step: Step, state: CopyState): Promise<Outcome> => {
  const { process } = out;
  const { rules } = state;
  const { from } = step;
  const quotedFrom = quoteAlways(process, from);
  if (rules.move && step.renameErrno === 'EEXIST' && rules.overwrite === 'never') return 'skipped';
  const follow = rules.dereference === 'always' || (rules.dereference === 'operands' && step.operand);
  const looked = attempt(() => (follow ? process.stat(from) : process.lstat(from)));
  if (looked.error) {
    await out.complain(`cannot stat ${quotedFrom}`, looked.error);
    return 'failed';
  }
  const source = looked.value;
  if (source.kind === 'directory' && !rules.recursive) {
    const why = rules.mode === undefined ? '-r not specified; ' : '';
    await out.warn(`${why}omitting directory ${quotedFrom}`);
    return 'failed';
  }
  if (step.operand && source.kind !== 'directory') {
    const key = `${inodeKey(source)} ${from}`;
    if (state.sources.has(key)) {
      await out.errorText(`${out.name}: warning: source file ${quotedFrom} specified more than once\n`);
      return 'copied';
    }
    state.sources.add(key);
  }
  const target = await meetTarget(out, step, source, state);
  if (target === 'failed' || target === 'skipped') return target;
  return transfer(out, step, source, target === 'absent', state);
};

/** The copy itself, once the way is free. */
const transfer = async (
  out: Output,
  step: Step,
  source: Stat,
  isNew: boolean,
  state: CopyState,
): Promise<Outcome> => {
  const { process } = out;
  const { rules } = state;
  if (rules.verbose && !rules.move && source.kind !== 'directory') tell(out, step, state);
  const earlier = rememberCopy(step, source, state);
  if (earlier !== undefined) return linkToEarlier(out, step, source, earlier, state);
  let fresh = isNew;
  if (rules.move) {
    const moved = await rename(out, step, source, isNew, state);
    if (moved !== 'cross-device') return moved;
    fresh = true;
  }
  const made =
    source.kind === 'directory'
      ? await copyDirectory(out, step, source, fresh, state)
      : await copyOther(out, step, source, fresh, state);
  if (step.operand && made) {
    const now = process.tryLstat(step.to);
    if (now) state.made.add(`${inodeKey(now)} ${step.to}`);
  }
  if (!made) state.copied.delete(inodeKey(source));
  return made ? 'copied' : 'failed';
};

/** Where this inode was copied to before; remembers this copy else. */
const rememberCopy = (step: Step, source: Stat, state: CopyState): string | undefined => {
  const { rules } = state;
  const links =
    source.kind === 'directory'
      ? rules.recursive
      : rules.preserve.links && !rules.hardLink && (source.nlink > 1 || rules.dereference !== 'never');
  if (!links) return undefined;
  const key = inodeKey(source);
  const earlier = state.copied.get(key);
  if (earlier === undefined) state.copied.set(key, step.to);
  return earlier;
};

const linkToEarlier = async (
  out: Output,
  step: Step,
  source: Stat,
  earlier: string,
  state: CopyState,
): Promise<Outcome> => {
  const { process } = out;
  const [a, b] = [quoteAlways(process, step.from), quoteAlways(process, step.to)];
  if (source.kind === 'directory') {
    if (step.operand && earlier === step.to) {
      await out.errorText(`${out.name}: warning: source directory ${a} specified more than once\n`);
      return 'copied';
    }
    const [top, into] = [step.top?.from ?? step.from, step.top?.to ?? step.to];
    await out.warn(
      `cannot copy a directory, ${quoteAlways(process, top)}, into itself, ${quoteAlways(process, into)}`,
    );
    return 'failed';
  }
  let linked = attempt(() => process.link(earlier, step.to));
  if (linked.error?.code === 'EEXIST') {
    attempt(() => process.unlink(step.to));
    linked = attempt(() => process.link(earlier, step.to));
  }
  if (linked.error) {
    await out.complain(`cannot create hard link ${b} to ${quoteAlways(process, earlier)}`, linked.error);
    return 'failed';
  }
  if (state.rules.move && state.rules.verbose)
    out.line(`created hard link ${b} => ${quoteAlways(process, earlier)}`);
  return 'copied';
};

const copyDirectory = async (
  out: Output,
  step: Step,
  source: Stat,
  isNew: boolean,
  state: CopyState,
): Promise<boolean> => {
  const { process } = out;
  const { rules } = state;
  const { from, to } = step;
  const quotedTo = quoteAlways(process, to);
  const ancestors = step.ancestors ?? [];
  if (ancestors.includes(inodeKey(source))) {
    await out.warn(`cannot copy cyclic symbolic link ${quoteAlways(process, from)}`);
    return false;
  }
  const wanted = source.mode & 0o7777;
  const omitted = wanted & omittedBits(source, state);
  let lent = false;
  if (isNew) {
    const made = attempt(() => process.mkdir(to, wanted & ~omitted));
    if (made.error) {
      await out.complain(`cannot create directory ${quotedTo}`, made.error);
      return false;
    }
    const mode = process.lstat(to).mode;
    // Without these nothing could be put into it; they go again at the end.
    lent = (mode & 0o700) !== 0o700;
    if (lent) process.chmod(to, (mode & 0o7777) | 0o700);
    state.copied.set(inodeKey(process.lstat(to)), to);
    if (rules.verbose && rules.move) out.line(`created directory ${quotedTo}`);
    else if (rules.verbose) tell(out, step, state);
  }
  let copied = true;
  if (!rules.oneFileSystem || step.dev === undefined || step.dev === source.dev) {
    copied = await copyEntries(
      out,
      {
        ...step,
        ancestors: [...ancestors, inodeKey(source)],
        dev: step.dev ?? source.dev,
        top: step.top ?? step,
      },
      state,
    );
  }
  const final = wanted & ~state.umask;
  const applet = flavorOf(process) === 'busybox';
  // An applet sets the mode of every directory that it has made, whatever becomes of it then.
  if (isNew && applet) process.chmod(to, final);
  if (!(await copyAttributes(out, { from, to, source, isNew }, { ...rules, mode: undefined }))) return false;
  if (isNew && !rules.preserve.mode && !applet && (lent || (omitted & ~state.umask) !== 0))
    process.chmod(to, final);
  return copied;
};

const copyEntries = async (out: Output, step: Step, state: CopyState): Promise<boolean> => {
  const { process } = out;
  const listed = attempt(() => process.readdir(step.from));
  if (listed.error) {
    await out.complain(`cannot access ${quoteAlways(process, step.from)}`, listed.error);
    return false;
  }
  let copied = true;
  const { rules } = state;
  const below: CopyState =
    rules.dereference === 'operands' ? { ...state, rules: { ...rules, dereference: 'never' } } : state;
  for (const { name } of listed.value) {
    const inner = { ...step, from: joinPath(step.from, name), to: joinPath(step.to, name), operand: false };
    if ((await copyTree(out, inner, below)) === 'failed') copied = false;
    const pause = process.breathe();
    if (pause) await pause;
  }
  return copied;
};
