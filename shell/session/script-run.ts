// What a headless run needs from outside: the script, and the streams and listeners of whoever started it.

import type { DriverName } from '../engine/storage/drivers.ts';
import type { TraceEvent } from '../fs/trace.ts';

export interface ScriptRun {
  /** The text `sh -c` runs; undefined: the shell reads its commands from stdin, as `sh < script` does. */
  readonly script: string | undefined;
  /** $0; 'bash' unless told. */
  readonly name?: string;
  /** $1, $2, … */
  readonly args?: readonly string[];
  /** Read only when something in the machine reads; never closed by the run. */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** A returned promise holds the writing process back until it resolves. */
  readonly stdout: (bytes: Uint8Array) => void | Promise<void>;
  readonly stderr: (bytes: Uint8Array) => void | Promise<void>;
  /** overlay2 unless told. */
  readonly storageDriver?: DriverName;
  readonly trace?: (event: TraceEvent) => void;
}
