// The real kernel, where there is one: scripts go to a Python process in a mount namespace of its own.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Result, Script } from './script.ts';

const PROGRAM = fileURLToPath(new URL('./kernel.py', import.meta.url));

// Far beyond what any list of scripts takes: it only ends one that would wait for ever.
const PATIENCE_MS = 300_000;

/** Why the kernel cannot be asked here; undefined when it can. */
export const whyNoKernel = (): string | undefined => {
  if (process.platform !== 'linux') return 'not Linux';
  if (process.getuid?.() !== 0) return 'not root';
  if (!existsSync('/sys/module/overlay')) return 'the kernel has no overlay';
  return spawnSync('unshare', ['-m', 'python3', '-c', '']).status === 0 ? undefined : 'no unshare or python3';
};

/** Runs scripts one after another in one process. */
export const runOnKernel = (scripts: readonly Script[]): Result[][] => {
  if (scripts.length === 0) return [];
  const input = scripts.map((script) => `${JSON.stringify(script)}\n`).join('');
  const argv = ['-m', '--propagation', 'private', 'python3', PROGRAM];
  const { stdout, stderr, status, error } = spawnSync('unshare', argv, {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    timeout: PATIENCE_MS,
  });
  const lines = stdout.split('\n').slice(0, -1);
  if (status !== 0 || lines.length !== scripts.length) {
    const answered = `${lines.length} of ${scripts.length} scripts`;
    throw new Error(
      `the kernel's side answered ${answered}: ${error?.message ?? `status ${status}`}\n${stderr}`,
    );
  }
  return lines.map((line) => JSON.parse(line) as Result[]);
};
