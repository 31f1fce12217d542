// `cowsh -c true` against `node -e 0`: whole processes, in turn, CPU time and wall time as ratios.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median, table } from './measure.ts';

const ROUNDS = 15;
const cowsh = fileURLToPath(new URL('../../dist/cowsh.js', import.meta.url));

const timed = (args: readonly string[]): { cpu: number; wall: number } => {
  const start = performance.now();
  // The children's usage is not to be had apart from this process's: a shell's `times` tells it.
  const command = `"$0" "$@" >/dev/null; times`;
  const { stdout } = spawnSync('/bin/bash', ['-c', command, process.execPath, ...args], { encoding: 'utf8' });
  const wall = performance.now() - start;
  const children = stdout.trim().split('\n').at(-1) ?? '';
  const cpu = children
    .split(/\s+/)
    .map((part) => /^(\d+)m([\d.]+)s$/.exec(part))
    .reduce(
      (sum, match) => sum + (match === null ? 0 : Number(match[1]) * 60_000 + Number(match[2]) * 1000),
      0,
    );
  return { cpu, wall };
};

export const startUp = async (): Promise<void> => {
  const node: { cpu: number; wall: number }[] = [];
  const ours: { cpu: number; wall: number }[] = [];
  timed([cowsh, '-c', 'true']);
  for (let round = 0; round < ROUNDS; round++) {
    node.push(timed(['-e', '0']));
    ours.push(timed([cowsh, '-c', 'true']));
  }
  const row = (name: 'cpu' | 'wall'): string[] => {
    const [a, b] = [median(ours.map((run) => run[name])), median(node.map((run) => run[name]))];
    const ratio = median(ours.map((run, at) => run[name] / (node[at]?.[name] ?? Number.NaN)));
    return [name, `${a.toFixed(0)} ms`, `${b.toFixed(0)} ms`, ratio.toFixed(2)];
  };
  table(['time', 'cowsh -c true', 'node -e 0', 'ratio'], [row('cpu'), row('wall')]);
};
