// The trace: one stream of typed events of what processes asked for and what the filesystem did about it.
// Panes, tests and --trace read the same stream; with nobody listening it costs one test of a flag.

import type { Errno } from './errno.ts';
import type { FileKind } from './mode.ts';
import { ways } from './ways.ts';

export interface ContainerTag {
  readonly id: string;
  readonly name: string;
}

/** Whoever asked: the process whose call is running. */
export interface Actor {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly container: ContainerTag | undefined;
}

/** A system call and its answer. */
export interface CallStep {
  readonly kind: 'call';
  readonly call: string;
  readonly args: readonly (string | number)[];
  readonly result?: string | number;
  readonly errno?: Errno;
}

export interface LayerFinding {
  /** The layer's directory on the disk. */
  readonly layer: string;
  readonly found: FileKind | 'whiteout' | 'opaque directory' | 'absent';
}

/** The union looked for a name, layer by layer from the top; `layers` lists those it looked in. */
export interface LookupStep {
  readonly kind: 'lookup';
  /** The path within the union. */
  readonly path: string;
  readonly layers: readonly LayerFinding[];
  /** Index into `layers` of the one that answered; absent when the name does not exist. */
  readonly answer?: number;
  /** True when the dentry cache answered and no layer was read. */
  readonly cached?: boolean;
}

/** A file or directory was copied from a lower layer to the upper one. */
export interface CopyUpStep {
  readonly kind: 'copy-up';
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly file: FileKind;
  /** Bytes of data copied. */
  readonly bytes: number;
  /** Why: 'open O_WRONLY', 'chmod', 'link', 'rename', 'parent of /a/b'. */
  readonly cause: string;
}

/** A whiteout was put in the upper layer, or lifted from it. */
export interface WhiteoutStep {
  readonly kind: 'whiteout';
  readonly path: string;
  readonly layer: string;
  readonly action: 'made' | 'lifted';
  readonly cause: string;
}

/** A directory of the upper layer was marked opaque. */
export interface OpaqueStep {
  readonly kind: 'opaque';
  readonly path: string;
  readonly layer: string;
}

/** The entries of several layers' directories were merged for a listing. */
export interface MergeStep {
  readonly kind: 'merge';
  readonly path: string;
  readonly layers: readonly string[];
  readonly entries: number;
}

/** A tree began as another one is, and shares every block with it: a snapshot of a subvolume, a clone of a dataset. */
export interface SnapshotStep {
  readonly kind: 'snapshot';
  readonly type: 'btrfs' | 'zfs';
  readonly from: string;
  readonly to: string;
}

/** A write took blocks of its own in place of such as other trees have too. */
export interface UnshareStep {
  readonly kind: 'unshare';
  readonly type: 'btrfs' | 'zfs';
  readonly path: string;
  /** Bytes that the write took. */
  readonly bytes: number;
  /** Bytes of the whole file. */
  readonly size: number;
}

/** A layer as a whole came to be, was left by its container, or went: an engine does that, no call of the union. */
export interface LayerStep {
  readonly kind: 'layer';
  /** A container's: made, kept when the container ends, removed. An image's, which never changes: stored, removed. */
  readonly action: 'made' | 'kept' | 'stored' | 'removed';
  /** The container that writes to it; absent for an image's. */
  readonly name?: string;
  /** Its directory on the disk. */
  readonly layer: string;
  /** Layers of the image below it. */
  readonly below: number;
  /** Bytes in it; copied for it, when it is made. */
  readonly bytes: number;
  /** What it is: the differences alone, a copy of everything, or a snapshot that shares blocks. */
  readonly shape: 'layers' | 'copies' | 'snapshots';
}

export interface MountStep {
  readonly kind: 'mount' | 'umount';
  readonly type: string;
  readonly source: string;
  readonly target: string;
  readonly options: string;
}

export interface ExecStep {
  readonly kind: 'exec';
  readonly path: string;
  readonly argv: readonly string[];
}

export interface ExitStep {
  readonly kind: 'exit';
  readonly status: number;
  readonly signal?: string;
}

export type TraceStep =
  | CallStep
  | LookupStep
  | CopyUpStep
  | WhiteoutStep
  | OpaqueStep
  | MergeStep
  | SnapshotStep
  | UnshareStep
  | LayerStep
  | MountStep
  | ExecStep
  | ExitStep;

export type TraceEvent = TraceStep & {
  /** Counts up from 1 within a machine. */
  readonly seq: number;
  readonly pid: number;
  readonly command: string;
  readonly container?: ContainerTag;
};

type Listener = (event: TraceEvent) => void;

export class Trace {
  /** Whether anybody listens: test it before building a step. */
  on = false;
  /** The process whose call is running. */
  actor: Actor | undefined;
  readonly #listeners = new Set<Listener>();
  #seq = 0;

  /** Calls `listener` for every event from now on; returns the function that ends it. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.on = true;
    ways.changes++;
    return () => {
      this.#listeners.delete(listener);
      this.on = this.#listeners.size > 0;
    };
  }

  emit(step: TraceStep): void {
    if (!this.on) return;
    const actor = this.actor;
    const event: TraceEvent = {
      seq: ++this.#seq,
      pid: actor?.pid ?? 0,
      command: actor?.argv.join(' ') ?? 'kernel',
      ...(actor?.container === undefined ? {} : { container: actor.container }),
      ...step,
    };
    for (const listener of this.#listeners) listener(event);
  }
}
