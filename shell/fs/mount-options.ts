// The options of a mount as the kernel's tables tell them: its own, and those of its filesystem.

import { isReadOnlyFilesystem } from './filesystem.ts';
import { isReadOnly, type Mount } from './mount.ts';

/** Words of a mount alone, in the kernel's order (fs/proc_namespace.c, show_mnt_opts); strictatime is the absence of others. */
const mountWords = ['nosuid', 'nodev', 'noexec', 'noatime', 'nodiratime', 'nosymfollow'];

/** Words of a filesystem wherever it is mounted (show_sb_opts). */
const superWords = ['sync', 'dirsync', 'mand', 'lazytime'];

const words = (text: string): string[] => (text === '' ? [] : text.split(','));

export const isMountWord = (word: string): boolean => mountWords.includes(word) || word === 'strictatime';

export interface ToldOptions {
  /** As /proc/mounts tells all of them. */
  readonly all: string;
  /** The mount's own, and the filesystem's: two fields of /proc/PID/mountinfo. */
  readonly own: string;
  readonly filesystem: string;
}

export const toldOptions = (mount: Mount): ToldOptions => {
  const given = words(mount.options);
  const { fs } = mount;
  const has = (word: string): boolean => given.includes(word);
  const relative = has('strictatime') || has('noatime') ? [] : ['relatime'];
  const flags = [...mountWords.filter(has), ...relative];
  // The kernel tells of links last.
  if (has('nosymfollow')) flags.push(...flags.splice(flags.indexOf('nosymfollow'), 1));
  const common = superWords.filter(has);
  const rest = given.filter((word) => !isMountWord(word) && !superWords.includes(word));
  return {
    all: [isReadOnly(mount) ? 'ro' : 'rw', ...common, ...flags, ...rest].join(','),
    own: [mount.readOnly ? 'ro' : 'rw', ...flags].join(','),
    filesystem: [isReadOnlyFilesystem(fs) ? 'ro' : 'rw', ...common, ...rest].join(','),
  };
};

/** The options with other words of the mount's own. */
export const withMountWords = (options: string, own: readonly string[]): string =>
  [...own, ...words(options).filter((word) => !isMountWord(word))].join(',');

/** The words of the mount's own among its options. */
export const mountWordsOf = ({ options }: Mount): string[] => words(options).filter(isMountWord);

/** Whether a mount forbids something: noexec, nodev, noatime, nosymfollow. */
export const forbids = ({ options }: Mount, word: string): boolean =>
  options !== '' && options.includes(word) && words(options).includes(word);

/** Whether reading a file through this mount may leave a mark on it. */
export const keepsAccessTime = (mount: Mount): boolean => !isReadOnly(mount) && !forbids(mount, 'noatime');

/** mangle: what would end a field is octal (proc_pid_mountinfo(5)). */
export const escapedField = (text: string): string =>
  text.replace(/[ \t\n\\]/g, (letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`);
