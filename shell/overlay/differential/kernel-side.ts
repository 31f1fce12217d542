// The real kernel, where there is one: scripts go to a Python process in a mount namespace of its own.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Result, Script } from './script.ts';

const PROGRAM = fileURLToPath(new URL('./kernel.py', import.meta.url));

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
  const output = execFileSync('unshare', ['-m', '--propagation', 'private', 'python3', PROGRAM], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    timeout: 120_000,
  });
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Result[]);
};
