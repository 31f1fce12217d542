// What the solver is given: the engine's worker, the client's directory, and where it tells what it does.

import type { Process } from '../../../fs/process.ts';
import type { BuildWorker } from '../../build-worker.ts';
import type { SourceTree } from '../source-tree.ts';
import type { Teller } from './events.ts';
import type { Manner } from './manner.ts';

export interface SolveRequest {
  readonly worker: BuildWorker;
  readonly teller: Teller;
  readonly manner: Manner;
  readonly pull: boolean;
  readonly secrets: ReadonlyMap<string, Uint8Array>;
  readonly session: string;
  readonly isRemote: boolean;
  /** The client's directory; `tell` tells how it came. */
  readonly context: (id: string) => { readonly tree: SourceTree; readonly tell: () => void };
  /** Runs a program with a client whose output is heard. */
  readonly running: <Result>(
    start: (client: Process) => Promise<Result>,
    hear: (bytes: Uint8Array) => void,
  ) => Promise<Result>;
}
