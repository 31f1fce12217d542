// One step of a copy: from a name to a name.

import type { Errno } from '../fs/errno.ts';
import type { Stat } from '../fs/stat.ts';
import { backupNote } from './backup.ts';
import type { CopyState } from './copy-rules.ts';
import type { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';

export interface Step {
  readonly from: string;
  readonly to: string;
  /** An operand itself, not something below one. */
  readonly operand: boolean;
  /** mv: why a first rename failed; undefined where none was tried. */
  readonly renameErrno?: Errno;
  /** The directories being copied around this one. */
  readonly ancestors?: readonly string[];
  /** The operand's own source and destination, which complaints name. */
  readonly top?: { readonly from: string; readonly to: string };
  /** The device of the operand, for -x. */
  readonly dev?: number;
}

/** `copied`: the source of a move is still to be removed. `renamed`: it is gone already. */
export type Outcome = 'failed' | 'copied' | 'renamed' | 'skipped';

export const tell = (
  out: Output,
  { from, to }: Pick<Step, 'from' | 'to'>,
  state: CopyState,
  verb = '',
): void => {
  const { process } = out;
  const note = backupNote(process, state.backups.get(to));
  out.line(`${verb}${quoteAlways(process, from)} -> ${quoteAlways(process, to)}${note}`);
};

/** Permission bits that a destination is made without, so that nobody gets in while it is not finished. */
export const omittedBits = (source: Stat, state: CopyState): number => {
  if (state.rules.preserve.owner || state.rules.mode !== undefined) return 0o077;
  return source.kind === 'directory' ? 0o022 : 0;
};
