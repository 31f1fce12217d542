// What a headless run needs from outside: the script, and the streams and listeners of whoever started it.

import type { DriverName } from '../engine/storage/driver-names.ts';
import type { TraceEvent } from '../fs/trace.ts';
import type { ImageFile } from '../machine/image-files.ts';

/** An image that leaves the machine, and where its archive goes, piece by piece. */
export interface SavedImage {
  readonly image: string;
  readonly write: (pieces: readonly Uint8Array[]) => void;
}

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
  /** Images from outside, loaded before the script runs. */
  readonly load?: readonly ImageFile[];
  /** Images to be written out when it has ended. */
  readonly save?: readonly SavedImage[];
  readonly trace?: (event: TraceEvent) => void;
}
