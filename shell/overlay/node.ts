// A node of the overlay: where in the layers a file lies, and what is known of it. A directory's node has the dentry
// cache: what it is known to hold and not to hold. The truth (whiteouts, opaque marks, origins) lies in the layers.
// Kernel: overlayfs.rst, "Directories": what lookup found is cached in the dentry.

import type { PersistentMap } from '../fs/persistent-map.ts';
import type { Owned } from '../fs/persistent-table.ts';
import type { NodeId } from '../fs/stat.ts';
import { NOWHERE, type Place } from './layer.ts';

/** What a node is known to be; bits of `OverlayNode.flags`. */
export const NODE = {
  DIRECTORY: 1,
  /** The upper directory is marked opaque. */
  OPAQUE: 2,
  /** The upper directory is marked impure: it may hold files that were copied up. */
  IMPURE: 4,
  /** Not merged, yet it may hold whiteouts: it was merged once (it has an origin). */
  ONCE_MERGED: 8,
  /** Some lower directory of it is marked opaque=x: empty files in it may be whiteouts by attribute. */
  XWHITEOUTS: 16,
  /** Its inode number is that of its topmost lower, before and after copy-up. */
  CONSTANT_INO: 32,
  /** A removed directory that somebody still holds. */
  DEAD: 64,
  /** The upper file has the metadata only; the data is in the lower one. */
  METACOPY: 128,
  /** The upper file lies in the index: the names of the lower hard link are names of it. */
  INDEXED: 256,
  /** The upper file is known by another name or by the index only: this name is not in the upper layer. */
  UNLINKED: 512,
  /** The flags i and a of chattr(1), which the upper file itself does not have. */
  IMMUTABLE: 1024,
  APPEND_ONLY: 2048,
  /** Its data lies in a data-only layer, where nobody has looked for it yet. */
  LAZY_DATA: 4096,
  /** When it is looked for it will not be there. */
  LACKS_DATA: 8192,
  /** The upper file lies in the index although the lower one has one name only: the index is counted as a name. */
  INDEX_COUNTS: 16384,
  /** When its data is looked for, a file will stand where the path has a directory. */
  BLOCKED_DATA: 32768,
} as const;

/** Values of the dentry cache that are not nodes. */
export const ABSENT = -1;
/** Absent because the upper layer has a whiteout there. */
export const WHITED_OUT = -2;

interface Twin {
  /** The next of them, in a ring. */
  readonly next: NodeId;
  /** The same number in all of them: that of the one that was first. */
  readonly file: NodeId;
}

/** What a new node starts as. */
export interface NewNode {
  readonly flags: number;
  readonly upper: NodeId;
  readonly lowers: readonly Place[];
  readonly redirect?: string | undefined;
}

/** What few files have: a directory's cache, several layers below, and what came of renames and hard links. */
interface Extras {
  /** All that lie below a directory, or below a metacopy; for another file `lower` tells. */
  readonly lowers: readonly Place[] | undefined;
  names: PersistentMap<number> | undefined;
  redirect: string | undefined;
  twin: Twin | undefined;
}

/** A name in the dentry cache; they are counted above the flags, where 16 bits are enough for 65,000 (EMLINK). */
const ALIAS = 1 << 16;

/** There are many of them: what only some have shares a field. */
export class OverlayNode implements Owned {
  epoch: number;
  parent: NodeId;
  name: string;
  /** NODE bits, and the names. */
  flags: number;
  /** The node in the upper layer, or 0. */
  upper: NodeId;
  /** The topmost directory that is merged; for another file the one below, or the origin it was copied from. */
  readonly lower: Place | undefined;
  #extras: Extras | undefined;

  constructor(epoch: number, parent: NodeId, name: string, made: NewNode, flags = made.flags) {
    const { upper, lowers, redirect } = made;
    this.epoch = epoch;
    this.parent = parent;
    this.name = name;
    this.flags = flags;
    this.upper = upper;
    this.lower = lowers[0];
    const several = (flags & NODE.DIRECTORY) !== 0 || lowers.length > 1 ? lowers : undefined;
    const rare = redirect !== undefined || several !== undefined;
    this.#extras = rare ? { lowers: several, names: undefined, redirect, twin: undefined } : undefined;
  }

  /** The node that a change in a new epoch writes to. */
  copy(epoch: number): OverlayNode {
    const copy = new OverlayNode(epoch, this.parent, this.name, this);
    const extras = this.#extras;
    if (extras !== undefined) copy.#extras = { ...extras, names: extras.names?.fork() };
    return copy;
  }

  /** All that lie below it, top first: `lower` is one of them. */
  get lowers(): readonly Place[] {
    return this.#extras?.lowers ?? (this.lower === undefined ? NOWHERE : [this.lower]);
  }

  /** The last of them. */
  get lowest(): Place | undefined {
    return this.#extras?.lowers?.at(-1) ?? this.lower;
  }

  /** More than one lies below it. */
  get merges(): boolean {
    return this.lowest !== this.lower;
  }

  /** The dentry cache of a directory. */
  get names(): PersistentMap<number> | undefined {
    return this.#extras?.names;
  }

  set names(names: PersistentMap<number> | undefined) {
    this.#changeExtras().names = names;
  }

  /** Where lookup goes on below instead of at `name`: the redirect of the upper directory or metacopy. */
  get redirect(): string | undefined {
    return this.#extras?.redirect;
  }

  set redirect(redirect: string | undefined) {
    this.#changeExtras().redirect = redirect;
  }

  /** For one of several nodes that are one file under several names. */
  get twin(): Twin | undefined {
    return this.#extras?.twin;
  }

  set twin(twin: Twin | undefined) {
    this.#changeExtras().twin = twin;
  }

  /** How many names in the dentry cache lead here. */
  get aliases(): number {
    return this.flags >>> 16;
  }

  addAlias(): void {
    this.flags = (this.flags + ALIAS) | 0;
  }

  dropAlias(): void {
    this.flags = (this.flags - ALIAS) | 0;
  }

  #changeExtras(): Extras {
    this.#extras ??= { lowers: undefined, names: undefined, redirect: undefined, twin: undefined };
    return this.#extras;
  }
}

/** The key of a file in the upper layer, under which its hard links share a node. */
export const upperKey = (upper: NodeId): string => `upper ${upper}`;

/** The key of a file in a lower layer, where links are not broken by copy-up. */
export const lowerKey = (place: Place): string => `${place.layer.filesystem} ${place.node}`;
