// How long `cowsh -c true` takes to start, as a ratio to `node -e 0` in the same run. Exit status 1 above 2.5.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const limit = 2.5;
const rounds = 25;
const cowsh = join(dirname(fileURLToPath(import.meta.url)), '../dist/cowsh.js');

const time = (args) => {
  const start = performance.now();
  spawnSync(process.execPath, args);
  return performance.now() - start;
};
const median = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];

const runs = [
  ['-e', '0'],
  [cowsh, '-c', 'true'],
].map((args) => ({ args, times: [] }));
// The first run fills Node's compile cache; rounds are interleaved, so that other load on the machine meets both.
for (const { args } of runs) time(args);
for (let round = 0; round < rounds; round++) for (const { args, times } of runs) times.push(time(args));

const [node, ours] = runs.map(({ times }) => ({ least: Math.min(...times), median: median(times) }));
const ratio = ours.median / node.median;
const show = ({ least, median }) => `${least.toFixed(0)} ms at least, ${median.toFixed(0)} ms in the middle`;
console.log(
  `node -e 0:      ${show(node)}\ncowsh -c true:  ${show(ours)}\nratio:          ${ratio.toFixed(2)}`,
);
process.exitCode = ratio > limit ? 1 : 0;
