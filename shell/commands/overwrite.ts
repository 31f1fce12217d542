// Questions before a destination is overwritten (cp -i, mv), and whether two names are one file.

import { W_OK } from '../fs/credentials.ts';
import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import type { CopyRules } from './copy-rules.ts';
import { modeString } from './mode-string.ts';
import type { Output } from './output.ts';
import { basename, dirname } from './path-name.ts';
import { askYes } from './prompt.ts';
import { quoteAlways } from './quoting.ts';
import { realPath } from './real-path.ts';
import { isTerminal } from './terminal.ts';

/** True when the destination may be overwritten: asked for where the rules say so. */
export const mayOverwrite = async (
  out: Output,
  to: string,
  stat: Stat,
  rules: CopyRules,
): Promise<boolean> => {
  if (rules.overwrite === 'never') return false;
  const writable = isWritable(out.process, to, stat);
  const asks =
    rules.overwrite === 'ask' ||
    (rules.move && rules.overwrite === 'unasked' && !writable && isTerminal(out.process, 0));
  return !asks || askYes(out, question(out, to, stat, writable, rules));
};

const isWritable = (process: Process, to: string, stat: Stat): boolean =>
  stat.kind === 'symlink' || process.cred.uid === 0 || !attempt(() => process.access(to, W_OK)).error;

const question = (out: Output, to: string, stat: Stat, writable: boolean, rules: CopyRules): string => {
  const quoted = quoteAlways(out.process, to);
  if (writable) return `${out.name}: overwrite ${quoted}? `;
  const octal = (stat.mode & 0o7777).toString(8).padStart(4, '0');
  const letters = modeString(stat.mode).slice(1);
  return rules.move || rules.removeDestination || rules.force
    ? `${out.name}: replace ${quoted}, overriding mode ${octal} (${letters})? `
    : `${out.name}: unwritable ${quoted} (mode ${octal}, ${letters}); try anyway? `;
};

/** Whether both names are the same directory entry. */
const isSameEntry = (process: Process, a: string, b: string): boolean =>
  basename(a) === basename(b) && realPath(process, dirname(a)) === realPath(process, dirname(b));

const isSameInode = (a: Stat | undefined, b: Stat | undefined): boolean =>
  a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;

/**
 * What copying `from` onto `to` means when they may be one file: `fine` they are not, or replacing is safe;
 * `same` it would destroy the file; `done` there is nothing to do.
 */
export const compareFiles = (
  process: Process,
  from: string,
  to: string,
  rules: CopyRules,
): 'fine' | 'same' | 'done' => {
  const [ownFrom, ownTo] = [process.tryLstat(from), process.tryLstat(to)];
  const sameOwn = isSameInode(ownFrom, ownTo);
  const same = sameOwn || isSameInode(process.tryStat(from), process.tryStat(to));
  if (!same) return 'fine';
  if (rules.hardLink && sameOwn) return 'done';
  const entry = isSameEntry(process, from, to);
  if (sameOwn) {
    if (entry || rules.move) return 'same';
    if (rules.dereference === 'never' && ownFrom?.kind === 'symlink')
      return rules.removeDestination ? 'fine' : 'done';
    return rules.removeDestination || rules.backup ? 'fine' : 'same';
  }
  // One of the two is a symbolic link to the other.
  if (rules.move || rules.removeDestination || rules.backup)
    return ownTo?.kind === 'symlink' ? 'fine' : 'same';
  if (rules.dereference === 'never' && ownFrom?.kind === 'symlink') {
    return ownTo?.kind === 'symlink' ? 'fine' : 'same';
  }
  if (rules.symbolicLink || rules.hardLink) return rules.force && ownTo?.kind === 'symlink' ? 'fine' : 'same';
  return 'same';
};
