// For tests: programs of this machine as the other side. What kept one from answering is an error that says so, not an
// answer that differs.

import {
  type SpawnSyncOptions,
  type SpawnSyncOptionsWithStringEncoding,
  type SpawnSyncReturns,
  spawnSync,
} from 'node:child_process';

/**
 * Goes before a command, which then runs as process 1 among mounts of its own: it sees and hits nobody else's processes,
 * and what it leaves behind ends with it, even when unshare is killed.
 */
const ALONE = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'] as const;

/** Whether this machine lets a program be alone: root may. */
export const mayBeAlone =
  process.getuid?.() === 0 && spawnSync('unshare', [...ALONE.slice(1), 'true']).status === 0;

export const alone = (argv: readonly string[]): readonly string[] =>
  mayBeAlone ? [...ALONE, ...argv] : argv;

/** A machine without a process or memory to spare for a moment. */
const PASSING = new Set(['EAGAIN', 'ENOMEM']);
const PATIENCE_MS = 100_000;

/** Runs it; throws when it could not start, or was not done in `timeout` ms. */
export function runReal(
  argv: readonly string[],
  options: SpawnSyncOptionsWithStringEncoding,
): SpawnSyncReturns<string>;
export function runReal(argv: readonly string[], options?: SpawnSyncOptions): SpawnSyncReturns<Buffer>;
export function runReal(
  argv: readonly string[],
  options: SpawnSyncOptions = {},
): SpawnSyncReturns<string | Buffer> {
  const [program = '', ...rest] = argv;
  // unshare lets SIGTERM wait until its child has ended.
  const whole = { timeout: PATIENCE_MS, killSignal: 'SIGKILL' as const, maxBuffer: 2 ** 28, ...options };
  const run = () => spawnSync(program, rest, whole);
  const first = run();
  const ran = PASSING.has(codeOf(first)) ? run() : first;
  const code = codeOf(ran);
  if (code === '') return ran;
  const why = code === 'ETIMEDOUT' ? `was not done in ${whole.timeout} ms` : `did not run: ${code}`;
  throw new Error(`this machine's ${argv.slice(0, 20).join(' ').slice(0, 300)} ${why}`);
}

const codeOf = ({ error }: SpawnSyncReturns<string | Buffer>): string => {
  const code = error === undefined ? '' : ((error as NodeJS.ErrnoException).code ?? error.message);
  // It ended without reading all of its input, as it may.
  return code === 'EPIPE' ? '' : code;
};
