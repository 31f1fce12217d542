// RUN in BuildKit: its mounts are lent, its program runs, and what it prints is told.

import { isEngineError } from '../../engine-error.ts';
import type { SourceTree } from '../source-tree.ts';
import { type Lent, lendMounts } from './run-mounts.ts';
import type { SolveRequest } from './solve-request.ts';
import type { Operation, Vertex } from './vertex.ts';

interface Around {
  readonly vertex: Vertex;
  /** The layer below. */
  readonly parent: string;
  readonly chainOf: (at: number) => string;
  readonly treeOf: (input: Vertex) => SourceTree | undefined;
  /** Throws. */
  readonly fail: (reason: string) => never;
  readonly started: (stop: () => void) => void;
  readonly ended: (stop: () => void) => void;
}

class NoSecret extends Error {}

/** The layer that the program made. */
export const runStep = async (
  request: SolveRequest,
  operation: Extract<Operation, { readonly kind: 'run' }>,
  around: Around,
): Promise<string> => {
  const { worker, teller, manner, secrets } = request;
  const { vertex, fail } = around;
  let lent: Lent | undefined;
  let stop: () => void = () => {};
  let work: ReturnType<typeof worker.run> | undefined;
  try {
    const missing = (id: string): Error => new NoSecret(manner.noSecret(id));
    lent = lendMounts(worker, operation, { ...around, secrets, missing });
    const { mounts } = lent;
    const hear = (bytes: Uint8Array): void => teller.log(vertex.id, bytes);
    const step = {
      ...operation,
      mounts,
      complain: (message: string) => hear(Buffer.from(`${message}\n`)),
      onStart: (end: () => void) => {
        stop = end;
        around.started(end);
      },
    };
    const { status, chain } = await request.running((client) => {
      work = worker.run(around.parent, step, client);
      return work;
    }, hear);
    return status === 0 ? chain : fail(manner.programFailed(operation.argv, `exit code: ${status}`));
  } catch (error) {
    if (error instanceof NoSecret) return fail(error.message);
    if (!isEngineError(error)) throw error;
    return fail(manner.programFailed(operation.argv, userWords(error.code, error.message)));
  } finally {
    // docker may be interrupted: then nobody waits for the program any more, but its mounts are still in use.
    stop();
    await work?.catch(() => {});
    around.ended(stop);
    lent?.release();
  }
};

const userWords = (code: string, message: string): string =>
  code === 'no-such-user' ? `${message}: invalid argument` : message;
