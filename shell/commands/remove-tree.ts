// Removal of a name or of a tree, depth first: what rm does, and mv after copying to another filesystem.

import { W_OK } from '../fs/credentials.ts';
import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import { fileTypeName } from './file-type-name.ts';
import { flavorOf } from './flavor.ts';
import type { Output } from './output.ts';
import { joinPath } from './path-name.ts';
import { askYes } from './prompt.ts';
import { quoteAlways } from './quoting.ts';
import { isTerminal } from './terminal.ts';

export interface RemoveRules {
  /** `protected`: before removing what the user may not write, when a terminal is there to answer. */
  readonly ask: 'never' | 'protected' | 'always';
  readonly force: boolean;
  readonly recursive: boolean;
  readonly emptyDirectories: boolean;
  readonly verbose: boolean;
  readonly oneFileSystem: boolean;
}

/** Removes `name` and all below it; complaints go to `out`. True when it is gone. */
export const removeTree = async (out: Output, name: string, rules: RemoveRules): Promise<boolean> => {
  const looked = attempt(() => out.process.lstat(name));
  if (looked.error) {
    const absent = looked.error.code === 'ENOENT' || looked.error.code === 'ENOTDIR';
    // rm leaves it to unlink(2) to say so.
    if (absent && !(rules.force && flavorOf(out.process) === 'busybox'))
      attempt(() => out.process.unlink(name));
    if (rules.force && absent) return true;
    await out.complain(`cannot remove ${quoteAlways(out.process, name)}`, looked.error);
    return false;
  }
  return removeEntry(out, name, looked.value, rules, looked.value.dev);
};

const removeEntry = async (
  out: Output,
  name: string,
  stat: Stat,
  rules: RemoveRules,
  dev: number,
): Promise<boolean> => {
  if (stat.kind === 'directory') return removeDirectory(out, name, stat, rules, dev);
  if (!(await mayRemove(out, name, stat, rules))) return false;
  const removed = attempt(() => out.process.unlink(name));
  if (removed.error) {
    if (rules.force && removed.error.code === 'ENOENT') return true;
    await out.complain(`cannot remove ${quoteAlways(out.process, name)}`, removed.error);
    return false;
  }
  if (rules.verbose) out.line(`removed ${quoteAlways(out.process, name)}`);
  return true;
};

const removeDirectory = async (
  out: Output,
  name: string,
  stat: Stat,
  rules: RemoveRules,
  dev: number,
): Promise<boolean> => {
  const { process } = out;
  const quoted = quoteAlways(process, name);
  if (!rules.recursive && !rules.emptyDirectories) {
    await out.warn(`cannot remove ${quoted}: Is a directory`);
    return false;
  }
  if (rules.oneFileSystem && stat.dev !== dev) {
    await out.warn(`skipping ${quoted}, since it's on a different device`);
    return false;
  }
  const listed = rules.recursive ? attempt(() => process.readdir(name)) : { value: [] };
  if (listed.error) return removeUnreadable(out, name, stat, rules, listed.error);
  if (listed.value.length > 0) {
    if (!(await mayRemove(out, name, stat, rules, true))) return false;
    let emptied = true;
    for (const entry of listed.value) {
      const path = joinPath(name, entry.name);
      const below = process.tryLstat(path);
      if (below && !(await removeEntry(out, path, below, rules, dev))) emptied = false;
      const pause = process.breathe();
      if (pause) await pause;
    }
    if (!emptied) return false;
    if (rules.ask === 'always' && !(await mayRemove(out, name, stat, rules))) return false;
  } else if (!(await mayRemove(out, name, stat, rules))) return false;
  return removeEmptied(out, name, rules);
};

/** A refusal is told as `unreadable` where that is why the directory could not be emptied. */
const removeEmptied = async (
  out: Output,
  name: string,
  rules: RemoveRules,
  unreadable?: unknown,
): Promise<boolean> => {
  const { error } = attempt(() => out.process.rmdir(name));
  const quoted = quoteAlways(out.process, name);
  if (error) await out.complain(`cannot remove ${quoted}`, unreadable ?? error);
  else if (rules.verbose) out.line(`removed directory ${quoted}`);
  return !error;
};

/** A directory that cannot be read may still be empty: rmdir decides, and its refusal is told as the read's. */
const removeUnreadable = async (
  out: Output,
  name: string,
  stat: Stat,
  rules: RemoveRules,
  unreadable: unknown,
): Promise<boolean> => {
  if (!(await mayRemove(out, name, stat, rules))) return false;
  return removeEmptied(out, name, rules, unreadable);
};

const mayRemove = async (
  out: Output,
  name: string,
  stat: Stat,
  rules: RemoveRules,
  descend = false,
): Promise<boolean> => {
  const { process } = out;
  if (rules.ask === 'never') return true;
  const shielded =
    stat.kind !== 'symlink' &&
    (rules.ask === 'always' || isTerminal(process, 0)) &&
    attempt(() => process.access(name, W_OK)).error?.code === 'EACCES';
  if (rules.ask === 'protected' && !shielded) return true;
  const quoted = quoteAlways(process, name);
  const what = `${shielded ? 'write-protected ' : ''}${fileTypeName(stat)} ${quoted}`;
  const question = descend ? `descend into ${what}` : `remove ${what}`;
  return askYes(out, `${out.name}: ${question}? `);
};
