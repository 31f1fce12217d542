// What a copy is to do: the options of cp, mv and install in one form.

import type { Stat } from '../fs/stat.ts';
import type { BackupRule } from './backup.ts';

export interface CopyRules {
  readonly recursive: boolean;
  /** Which symbolic links are followed. */
  readonly dereference: 'never' | 'operands' | 'always';
  readonly preserve: {
    readonly mode: boolean;
    readonly owner: boolean;
    readonly times: boolean;
    readonly links: boolean;
    readonly xattrs: boolean;
  };
  /** A destination that cannot be opened is removed and made anew (-f). */
  readonly force: boolean;
  /** Every destination is removed first (--remove-destination). */
  readonly removeDestination: boolean;
  readonly overwrite: 'unasked' | 'always' | 'ask' | 'never';
  /** Only where the source is newer. */
  readonly update: boolean;
  readonly verbose: boolean;
  readonly hardLink: boolean;
  readonly symbolicLink: boolean;
  readonly oneFileSystem: boolean;
  readonly attributesOnly: boolean;
  /** mv: rename where that can be done. */
  readonly move: boolean;
  /** What is replaced is kept under another name. */
  readonly backup?: BackupRule | undefined;
  /** install: the mode that destinations get. */
  readonly mode?: number;
}

/** What one run of a command remembers while it copies. */
export interface CopyState {
  readonly rules: CopyRules;
  /** Copied inodes and where they went: for hard links, and to notice a directory going into itself. */
  readonly copied: Map<string, string>;
  /** Destinations made for operands: they must not be overwritten by the next operand. */
  readonly made: Set<string>;
  readonly sources: Set<string>;
  /** Destination → the name that what was there has been given. */
  readonly backups: Map<string, string>;
  /** The permission bits that the umask keeps back. */
  readonly umask: number;
}

export const newCopyState = (rules: CopyRules, umask: number): CopyState => ({
  rules,
  copied: new Map(),
  made: new Set(),
  sources: new Set(),
  backups: new Map(),
  umask,
});

export const inodeKey = (stat: Stat): string => `${stat.dev}:${stat.ino}`;
