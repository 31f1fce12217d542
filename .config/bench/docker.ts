// docker on a big machine: what everyday commands cost with a hundred containers of a big image and of a small one.
// They change little, so the size of the image should make no difference; nor should the number of containers.

import { type Bench, machineWithImage } from './many-files.ts';
import { median, table } from './measure.ts';

const CONTAINERS = 100;
const SMALL = 500;
const BIG = 50_000;
const ROUNDS = 7;
const MANY = 1000;
const SOME = 100;

const commands: readonly (readonly [name: string, script: (round: number) => string])[] = [
  ['docker run', (round) => `docker run -d --name new${round} many sleep 1d`],
  ['docker ps -s', () => 'docker ps -s'],
  ['docker diff', (round) => `docker diff c${round}`],
  ['docker commit', (round) => `docker commit c${round} committed:${round}`],
  ['docker rm -f', (round) => `docker rm -f new${round}`],
];

export const docker = async (): Promise<void> => {
  const small = await busyMachine(SMALL);
  const big = await busyMachine(BIG);
  const rows: string[][] = [];
  for (const [name, script] of commands) {
    const times: { small: number[]; big: number[] } = { small: [], big: [] };
    for (let round = 0; round < ROUNDS; round++) {
      times.small.push(await small.run(script(round)));
      times.big.push(await big.run(script(round)));
    }
    const [low, high] = [median(times.small), median(times.big)];
    rows.push([name, milliseconds(low), milliseconds(high), `${(high / low).toFixed(2)}x`]);
  }
  const sizes = [SMALL, BIG].map((files) => `image of ${files.toLocaleString('en')} files`);
  table([`with ${CONTAINERS} containers`, ...sizes, 'ratio'], rows);
  console.log('');
  await manyContainers();
};

/** Each container more should make the next one no dearer. */
const manyContainers = async (): Promise<void> => {
  const bench = await machineWithImage(SMALL);
  await bench.run('docker create --name warm many');
  const times: number[] = [];
  for (let at = 0; at < MANY; at++) times.push(await bench.run(`docker create --name c${at} many`));
  const [first, last] = [median(times.slice(0, SOME)), median(times.slice(-SOME))];
  const head = [`${MANY.toLocaleString('en')} containers`, `first ${SOME}`, `last ${SOME}`, 'ratio'];
  table(head, [['docker create', milliseconds(first), milliseconds(last), `${(last / first).toFixed(2)}x`]]);
};

const milliseconds = (seconds: number): string => `${(seconds * 1000).toFixed(1)} ms`;

/** Every container has changed one file of the image and made one of its own. */
const busyMachine = async (files: number): Promise<Bench> => {
  const bench = await machineWithImage(files);
  await bench.run(
    `for i in $(seq 0 ${CONTAINERS - 1}); do
       docker run -d --name c$i many sleep 1d && docker exec c$i sh -c 'echo x >> /many/0/f0; echo y > /new'
     done`,
  );
  return bench;
};
