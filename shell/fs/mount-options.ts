// The options of a mount as the kernel's tables tell them: its own, and those of its filesystem.

import type { Mount } from './mount.ts';

const mountFlags = ['nosuid', 'nodev', 'noexec'];

/** The kernel's order: rw or ro, the mount's own flags, how access times are kept; then the filesystem's options. */
export const splitOptions = (mount: Mount): { readonly flags: string[]; readonly rest: string[] } => {
  const given = mount.options === '' ? [] : mount.options.split(',');
  const own = given.filter((option) => mountFlags.includes(option));
  const atime = given.includes('strictatime') ? [] : ['relatime'];
  return {
    flags: [mount.readOnly ? 'ro' : 'rw', ...own, ...atime],
    rest: given.filter((option) => !mountFlags.includes(option) && option !== 'strictatime'),
  };
};

/** mangle: what would end a field is octal (proc_pid_mountinfo(5)). */
export const escapedField = (text: string): string =>
  text.replace(/[ \t\n\\]/g, (letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`);
