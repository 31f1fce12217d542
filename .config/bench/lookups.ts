// Deep lookups by the number of lower layers: seven directories down, the file in the bottom layer. Level lines are wanted.

import type { Process } from '../../shell/fs/process.ts';
import { bareMachine } from './bare-machine.ts';
import { cpuSeconds, median, rate, table } from './measure.ts';

const DEPTHS = [1, 10, 50, 128, 500];
const ROUNDS = 20_000;
const TURNS = 14;
/** So many turns warm the code up. */
const WARM = 5;
const PATH = '/a/b/c/d/e/f/g';

const stack = (lowers: number): Process => {
  const init = bareMachine(['/m', '/u', '/w']);
  for (let at = 0; at < lowers; at++) {
    init.mkdir(`/${at}`);
    let path = `/${at}`;
    for (const name of PATH.slice(1).split('/')) {
      path += `/${name}`;
      init.mkdir(path);
    }
  }
  init.close(init.open(`/${lowers - 1}${PATH}/file`, 0o101));
  const lowerdir = Array.from({ length: lowers }, (_, at) => String(at)).join(':');
  init.chdir('/');
  init.mount({
    source: 'overlay',
    target: '/m',
    type: 'overlay',
    options: `lowerdir=${lowerdir},upperdir=u,workdir=w`,
  });
  return init;
};

type Call = (init: Process) => unknown;

const calls: readonly {
  readonly title: string;
  readonly call: Call;
  readonly rounds: (lowers: number) => number;
}[] = [
  { title: 'hot stat /s', call: (init) => init.stat(`/m${PATH}/file`), rounds: () => ROUNDS },
  { title: 'missing /s', call: (init) => init.tryStat(`/m${PATH}/none`), rounds: () => ROUNDS },
  // A merge costs as much as there are layers.
  {
    title: 'merged readdir /s',
    call: (init) => init.readdir(`/m${PATH}`),
    rounds: (lowers) => Math.ceil(ROUNDS / lowers),
  },
];

/** All depths in turns: the code that V8 makes for the first alone is faster than what it makes for all of them. */
export const lookups = async (): Promise<void> => {
  const stacks = DEPTHS.map((lowers) => ({ lowers, init: stack(lowers) }));
  const rows = stacks.map(({ lowers, init }) => {
    const cold = cpuSeconds(() => init.stat(`/m${PATH}/file`));
    return [String(lowers), `${(cold * 1000).toFixed(2)} ms`];
  });
  for (const { call, rounds } of calls) {
    const times = stacks.map((): number[] => []);
    for (let turn = 0; turn < TURNS; turn++) {
      for (const [at, { lowers, init }] of stacks.entries()) {
        const count = rounds(lowers);
        const seconds = cpuSeconds(() => repeat(count, () => call(init)));
        if (turn >= WARM) times[at]?.push(seconds / count);
      }
    }
    for (const [at, row] of rows.entries()) row.push(rate(1 / median(times[at] ?? [])));
  }
  table(['lower layers', 'first stat', ...calls.map(({ title }) => title)], rows);
};

const repeat = (count: number, call: () => unknown): void => {
  for (let round = 0; round < count; round++) call();
};
