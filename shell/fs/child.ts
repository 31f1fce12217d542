// A process that another one starts, and what it is given.

import type { Cred, Identity } from './credentials.ts';
import type { Limits } from './limits.ts';
import type { Namespace, Spot } from './mount.ts';
import type { OpenFile } from './open-file.ts';
import type { PidNamespace, Process, Terminal, UtsNamespace } from './process.ts';
import type { ExitStatus, Signal } from './signal.ts';
import type { ContainerTag } from './trace.ts';

/** A process that was started. */
export interface Child {
  readonly pid: number;
  readonly process: Process;
  readonly exited: Promise<ExitStatus>;
}

export interface SpawnOptions {
  readonly env?: ReadonlyMap<string, string>;
  /** A path as the parent sees it. */
  readonly cwd?: string;
  /** Credentials as they are, or a user to become first: EPERM for who has not got CAP_SETUID and CAP_SETGID. */
  readonly cred?: Cred | Identity;
  /** Child's descriptor → parent's; by default all that are not close-on-exec. */
  readonly fds?: Readonly<Record<number, number>>;
  /** Open files to give it besides, whoever has them open. */
  readonly files?: Readonly<Record<number, OpenFile>>;
  /** The root directory; the working directory becomes it too. */
  readonly root?: Spot;
  readonly namespace?: Namespace;
  readonly pids?: PidNamespace;
  readonly uts?: UtsNamespace;
  readonly container?: ContainerTag;
  readonly terminal?: Terminal;
  readonly foreground?: boolean;
  /** Puts it in a process group of its own, as job control does. */
  readonly newGroup?: boolean;
  readonly umask?: number;
  readonly limits?: Limits;
  /** Signals that do to it what they usually do, though this process ignores them (posix_spawnattr_setsigdefault(3)). */
  readonly defaultSignals?: readonly Signal[];
}
