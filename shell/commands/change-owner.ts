// Changing owner and group of files and trees: what chown and chgrp share.

import type { Stat } from '../fs/stat.ts';
import { Accounts } from './accounts.ts';
import { attempt } from './attempt.ts';
import type { Output } from './output.ts';
import { joinPath } from './path-name.ts';
import { quoteAlways } from './quoting.ts';

export interface Owner {
  /** -1 keeps what is. */
  readonly uid: number;
  readonly gid: number;
  /** As they were given, for what -v says. */
  readonly userText?: string;
  readonly groupText?: string;
}

export interface OwnerRules {
  readonly owner: Owner;
  /** Only files of this owner change. */
  readonly from?: Owner;
  readonly follow: boolean;
  readonly recursive: boolean;
  /** Which symbolic links to directories -R goes through. */
  readonly traverse: 'none' | 'operands' | 'all';
  readonly silent: boolean;
  readonly tell: 'nothing' | 'changes' | 'all';
  readonly preserveRoot: boolean;
}

/** Changes `name`, after what is below it. */
export const changeOwner = async (
  out: Output,
  name: string,
  rules: OwnerRules,
  operand = true,
): Promise<void> => {
  const { process } = out;
  const quoted = quoteAlways(process, name);
  if (operand && rules.recursive && rules.preserveRoot && name === '/') {
    await out.warn(`it is dangerous to operate recursively on ${quoted}`);
    await out.warn('use --no-preserve-root to override this failsafe');
    return;
  }
  const looked = attempt(() => process.lstat(name));
  if (looked.error) {
    out.status = 1;
    if (!rules.silent) await out.complain(`cannot access ${quoted}`, looked.error);
    return;
  }
  if (rules.recursive && entersDirectory(out, name, looked.value, rules, operand)) {
    const listed = attempt(() => process.readdir(name));
    if (listed.error) {
      out.status = 1;
      if (!rules.silent) await out.complain(`cannot read directory ${quoted}`, listed.error);
      return;
    }
    for (const entry of listed.value) await changeOwner(out, joinPath(name, entry.name), rules, false);
  }
  await changeOne(out, name, looked.value, rules);
};

const entersDirectory = (
  out: Output,
  name: string,
  stat: Stat,
  rules: OwnerRules,
  operand: boolean,
): boolean => {
  if (stat.kind === 'directory') return true;
  const through = rules.traverse === 'all' || (rules.traverse === 'operands' && operand);
  return stat.kind === 'symlink' && through && out.process.tryStat(name)?.kind === 'directory';
};

const changeOne = async (out: Output, name: string, own: Stat, rules: OwnerRules): Promise<void> => {
  const { process } = out;
  const follow = rules.follow && !(rules.recursive && rules.traverse === 'none');
  const quoted = quoteAlways(process, name);
  const looked = follow && own.kind === 'symlink' ? attempt(() => process.stat(name)) : { value: own };
  if (looked.error) {
    out.status = 1;
    if (!rules.silent) await out.complain(`cannot dereference ${quoted}`, looked.error);
    return;
  }
  const stat = looked.value;
  const { uid, gid } = rules.owner;
  const { from } = rules;
  const matches =
    !from || ((from.uid === -1 || from.uid === stat.uid) && (from.gid === -1 || from.gid === stat.gid));
  const text = ownerTexts(out, stat, rules.owner);
  if (!matches) {
    if (rules.tell === 'all') out.line(`${text.noun} of ${quoted} retained as ${text.before}`);
    return;
  }
  const { error } = attempt(() => (follow ? process.chown(name, uid, gid) : process.lchown(name, uid, gid)));
  if (error) {
    out.status = 1;
    if (!rules.silent) await out.complain(`changing ${text.noun} of ${quoted}`, error);
    if (rules.tell === 'all')
      out.line(`failed to change ${text.noun} of ${quoted} from ${text.before} to ${text.after}`);
    return;
  }
  const changed = (uid !== -1 && uid !== stat.uid) || (gid !== -1 && gid !== stat.gid);
  if (changed && rules.tell !== 'nothing')
    out.line(`changed ${text.noun} of ${quoted} from ${text.before} to ${text.after}`);
  if (!changed && rules.tell === 'all') out.line(`${text.noun} of ${quoted} retained as ${text.before}`);
};

interface OwnerTexts {
  readonly noun: string;
  readonly before: string;
  readonly after: string;
}

const ownerTexts = (out: Output, stat: Stat, owner: Owner): OwnerTexts => {
  const accounts = new Accounts(out.process);
  const [user, group] = [accounts.userName(stat.uid), accounts.groupName(stat.gid)];
  const [newUser, newGroup] = [owner.userText ?? '', owner.groupText ?? ''];
  if (owner.uid !== -1 && owner.gid !== -1) {
    return { noun: 'ownership', before: `${user}:${group}`, after: `${newUser}:${newGroup}` };
  }
  if (owner.gid !== -1) return { noun: 'group', before: group, after: newGroup };
  return { noun: 'ownership', before: user, after: newUser };
};
