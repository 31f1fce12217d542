// Times, owner, extended attributes and mode from a source to its copy, in the order coreutils sets them.

import type { Process } from '../fs/process.ts';
import type { Stat } from '../fs/stat.ts';
import { attempt } from './attempt.ts';
import type { CopyRules } from './copy-rules.ts';
import type { Output } from './output.ts';
import { quoteAlways } from './quoting.ts';

interface Copy {
  readonly from: string;
  readonly to: string;
  readonly source: Stat;
  /** The destination was made by this copy. */
  readonly isNew: boolean;
  /** A descriptor of the destination, while it is open. */
  readonly fd?: number;
}

/** Sets on the copy what the rules preserve. False after a complaint. */
export const copyAttributes = async (out: Output, copy: Copy, rules: CopyRules): Promise<boolean> => {
  const { process } = out;
  const { to, source, fd } = copy;
  const { preserve } = rules;
  const symlink = source.kind === 'symlink';
  const quoted = quoteAlways(process, to);
  if (preserve.times) {
    const times = { atime: source.atime, mtime: source.mtime };
    const set = attempt(() =>
      fd === undefined ? process.utimens(to, times, { follow: !symlink }) : process.futimens(fd, times),
    );
    if (set.error) {
      await out.complain(`preserving times for ${quoted}`, set.error);
      return false;
    }
  }
  // A link's own owner is set when it is made.
  if (symlink) return true;
  if (preserve.owner) {
    const now = fd === undefined ? process.lstat(to) : process.fstat(fd);
    if ((copy.isNew && fd === undefined) || now.uid !== source.uid || now.gid !== source.gid) {
      if (!(await copyOwner(out, copy))) return false;
    }
  }
  if (preserve.xattrs) copyXattrs(process, copy.from, to, rules.dereference === 'never');
  if (preserve.mode || rules.mode !== undefined) {
    const mode = (rules.mode ?? source.mode) & 0o7777;
    const set = attempt(() => (fd === undefined ? process.chmod(to, mode) : process.fchmod(fd, mode)));
    if (set.error) {
      const verb = rules.mode === undefined ? 'preserving' : 'setting';
      await out.complain(`${verb} permissions for ${quoted}`, set.error);
      return false;
    }
  }
  return true;
};

/** Only root can give files away: anybody else keeps the group where that may be, and goes on. */
const copyOwner = async (out: Output, { to, source, fd }: Copy): Promise<boolean> => {
  const { process } = out;
  const chown = (uid: number, gid: number): void =>
    fd === undefined ? process.lchown(to, uid, gid) : process.fchown(fd, uid, gid);
  const { error } = attempt(() => chown(source.uid, source.gid));
  if (!error) return true;
  if (error.code === 'EPERM' || error.code === 'EINVAL') {
    attempt(() => chown(-1, source.gid));
    if (process.cred.uid !== 0) return true;
  }
  await out.complain(`failed to preserve ownership for ${quoteAlways(process, to)}`, error);
  return false;
};

/** What cannot be kept is left out without a word, as `cp -a` does. */
const copyXattrs = (process: Process, from: string, to: string, nofollow: boolean): void => {
  const names = attempt(() => process.listxattr(from, { follow: !nofollow })).value ?? [];
  for (const name of names) {
    attempt(() =>
      process.setxattr(to, name, process.getxattr(from, name, { follow: !nofollow }), { follow: !nofollow }),
    );
  }
};
