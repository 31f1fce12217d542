// Memory: what an inode takes beyond its name and data, and what the copy-up of a big file takes and lasts.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { table } from './measure.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const runner = fileURLToPath(new URL('run-memory.ts', import.meta.url));

const run = (...args: readonly string[]): Record<string, number> => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', runner, ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`bench: run-memory ${args.join(' ')}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, number>;
};

export const memory = async (): Promise<void> => {
  const rows = SIZES.map((files) => {
    const empty = run('inodes', String(files), '0');
    const written = run('inodes', String(files), '100');
    const cells = [empty.disk, empty.union, written.disk, written.union].map(
      (bytes) => `${bytes?.toFixed(0)} B`,
    );
    return [files.toLocaleString('en'), ...cells, `${((written.all ?? 0) / 1e6).toFixed(0)} MB`];
  });
  table(
    [
      'files',
      'an empty one on the disk',
      'made through a union',
      'one of 100 bytes on the disk',
      'made through a union',
      'all of those',
    ],
    rows,
  );
  console.log('\nMemory for each file beyond its name and its data.');
  const { milliseconds = 0, bytes = 0, counted = 0 } = run('copy-up');
  console.log(
    `\nFirst write to a lower file of 100 MB: ${milliseconds.toFixed(2)} ms, ${(bytes / 1024).toFixed(0)} KiB of new memory, ${(counted / 2 ** 20).toFixed(0)} MiB more counted as used.`,
  );
};
