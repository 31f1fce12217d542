// The words of mount -o (mount(8)): which belong to the mount, which to the filesystem, which to mount itself.

import type { Propagation } from '../../fs/propagation.ts';

/** What a list of options asks for. */
export interface Wanted {
  readonly bind: boolean;
  readonly move: boolean;
  readonly remount: boolean;
  /** With bind, the mounts below too. */
  readonly recursive: boolean;
  /** undefined: nothing is said about it. */
  readonly readOnly: boolean | undefined;
  /** Words of the mount itself: nosuid, noatime ... */
  readonly flags: readonly string[];
  readonly propagations: readonly { readonly type: Propagation; readonly recursive: boolean }[];
  /** Words that mount keeps to itself: noauto, nofail, loop, X-mount.mkdir ... */
  readonly own: readonly string[];
  /** What is left for the filesystem. */
  readonly rest: readonly string[];
}

interface Effect {
  readonly on?: readonly string[];
  readonly off?: readonly string[];
}

/** What a mount may do without: `noexec` says so, `exec` takes it back. */
const DENIED = ['suid', 'dev', 'exec', 'atime', 'diratime', 'symfollow'];

/** Word → the flags that it sets, and those that it takes away. */
const FLAGS: Readonly<Record<string, Effect>> = {
  ...Object.fromEntries(
    DENIED.flatMap((word): [string, Effect][] => [
      [`no${word}`, { on: [`no${word}`] }],
      [word, { off: [`no${word}`] }],
    ]),
  ),
  relatime: { on: ['relatime'] },
  norelatime: { off: ['relatime'] },
  strictatime: { on: ['strictatime'], off: ['noatime', 'relatime'] },
  nostrictatime: { off: ['strictatime'] },
  user: { on: ['nosuid', 'nodev', 'noexec'] },
  users: { on: ['nosuid', 'nodev', 'noexec'] },
  owner: { on: ['nosuid', 'nodev'] },
  group: { on: ['nosuid', 'nodev'] },
};

/** Words that mount does not hand on. */
const OWN = new Set([
  ...['defaults', 'auto', 'noauto', 'user', 'nouser', 'users', 'nousers', 'owner', 'group'],
  ...['nofail', '_netdev', 'loop', 'silent', 'loud', 'async', 'norelatime', 'nolazytime', 'nomand'],
]);

const isOwn = (word: string): boolean =>
  OWN.has(word) || /^([xX]-|comment=|loop=|offset=|sizelimit=|u?helper=)/.test(word);

const PROPAGATION = /^(r)?(shared|slave|private|unbindable)$/;

/** Words of an option list; commas behind a backslash, or in quotes, belong to a word. */
export const optionWords = (text: string): string[] => text.match(/(?:\\.|"[^"]*"|[^,])+/g) ?? [];

export const readWords = (words: readonly string[]): Wanted => {
  const flags = new Set<string>();
  const found = {
    bind: false,
    move: false,
    remount: false,
    recursive: false,
    readOnly: undefined as boolean | undefined,
    propagations: [] as Wanted['propagations'][number][],
    own: [] as string[],
    rest: [] as string[],
  };
  for (const word of words) {
    const propagation = PROPAGATION.exec(word);
    const change = FLAGS[word];
    for (const flag of change?.on ?? []) flags.add(flag);
    for (const flag of change?.off ?? []) flags.delete(flag);
    if (propagation)
      found.propagations.push({
        type: propagation[2] as Propagation,
        recursive: propagation[1] !== undefined,
      });
    else if (word === 'bind' || word === 'rbind') {
      found.bind = true;
      found.recursive ||= word === 'rbind';
    } else if (word === 'move' || word === 'remount') found[word] = true;
    else if (word === 'ro' || word === 'rw') found.readOnly = word === 'ro';
    else if (isOwn(word)) found.own.push(word);
    else if (change === undefined) found.rest.push(word.replaceAll('"', ''));
  }
  return { ...found, flags: [...flags] };
};

/** Words of a table's line that are flags of the mount, those of the filesystem, and those that mount keeps. */
export const splitOptions = (
  text: string,
): { readonly vfs: string[]; readonly fs: string[]; readonly user: string[] } => {
  const split = { vfs: [] as string[], fs: [] as string[], user: [] as string[] };
  for (const word of optionWords(text)) {
    const isFlag =
      /^(ro|rw|r?bind|move|remount|sync|async|dirsync|silent|loud|i?version|noiversion)$/.test(word) ||
      PROPAGATION.test(word) ||
      (FLAGS[word] !== undefined && !isOwn(word));
    split[isFlag ? 'vfs' : isOwn(word) ? 'user' : 'fs'].push(word);
  }
  return split;
};
