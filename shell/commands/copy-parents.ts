// cp --parents: the directories above a source are made below the target directory.

import { attempt } from './attempt.ts';
import type { CopyState } from './copy-rules.ts';
import type { Output } from './output.ts';
import { dirname, joinPath } from './path-name.ts';
import { quoteAlways } from './quoting.ts';

/** Makes, below `directory`, every directory that `from` names above its last part. */
export const copyParents = async (
  out: Output,
  from: string,
  directory: string,
  state: CopyState,
): Promise<boolean> => {
  const { process } = out;
  const parts = dirname(from)
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  for (let count = 1; count <= parts.length; count++) {
    const inner = parts.slice(0, count).join('/');
    const source = (from.startsWith('/') ? '/' : '') + inner;
    const target = joinPath(directory, inner);
    const looked = attempt(() => process.stat(source));
    if (looked.error) {
      await out.complain(`failed to get attributes of ${quoteAlways(process, source)}`, looked.error);
      return false;
    }
    if (process.tryStat(target)?.kind === 'directory') continue;
    const made = attempt(() => process.mkdir(target, looked.value.mode & 0o7777));
    if (made.error) {
      await out.complain(`cannot make directory ${quoteAlways(process, target)}`, made.error);
      return false;
    }
    if (state.rules.verbose) out.line(`${source} -> ${target}`);
  }
  return true;
};
