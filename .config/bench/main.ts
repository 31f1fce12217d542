// npm run bench [-- NAME...]: what cowsh costs, against its peers, as ratios and rates of CPU time from one run.

import { containers } from './containers.ts';
import { directories } from './directories.ts';
import { docker } from './docker.ts';
import { filesystem } from './filesystem.ts';
import { lookups } from './lookups.ts';
import { memory } from './memory.ts';
import { shell } from './shell.ts';
import { snapshots } from './snapshots.ts';
import { startUp } from './start-up.ts';

const benchmarks = {
  'start-up': startUp,
  containers,
  docker,
  snapshots,
  filesystem,
  directories,
  lookups,
  shell,
  memory,
} satisfies Record<string, () => Promise<void>>;

const isBenchmark = (name: string): name is keyof typeof benchmarks => Object.hasOwn(benchmarks, name);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !isBenchmark(name));
if (unknown.length > 0) {
  console.error(`bench: no benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}`);
  process.exit(2);
}
for (const name of wanted.length > 0
  ? wanted.filter(isBenchmark)
  : (Object.keys(benchmarks) as (keyof typeof benchmarks)[])) {
  console.log(`\n## ${name}\n`);
  await benchmarks[name]();
}
