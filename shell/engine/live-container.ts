// A container that runs: who waits for its end, and what its output goes to. Nothing of it is needed to know what is true.

import type { OpenFile } from '../fs/open-file.ts';
import type { Tty } from '../fs/tty.ts';
import type { Attachment } from './contract.ts';
import type { Sandbox } from './world.ts';

export interface Live {
  sandbox: Sandbox;
  streams: Streams;
  /** Resolves when the container has ended and is cleaned up. */
  ended: Promise<number>;
  end(code: number): void;
}

export interface Streams {
  /** Descriptors 0, 1 and 2; undefined is /dev/null. */
  readonly files: readonly (OpenFile | undefined)[];
  readonly terminal: Tty | undefined;
  /** Sends output to one more client, and a terminal's input from it; returns what ends that. */
  attach(attachment: Attachment): () => void;
}
