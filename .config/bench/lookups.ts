// Deep lookups by the number of lower layers: seven directories down, the file in the bottom layer. Level lines are wanted.

import { virtualClock } from '../../shell/fs/clock.ts';
import { Kernel } from '../../shell/fs/kernel.ts';
import type { Process } from '../../shell/fs/process.ts';
import { createRandom } from '../../shell/fs/random.ts';
import { mountOverlay } from '../../shell/overlay/index.ts';
import { cpuSeconds, median, rate, table } from './measure.ts';

const DEPTHS = [1, 10, 50, 128, 500];
const ROUNDS = 20_000;
const PATH = '/a/b/c/d/e/f/g';

const stack = (lowers: number): Process => {
  const kernel = new Kernel({
    clock: virtualClock(),
    random: createRandom(1),
    loader: () => undefined,
    filesystemTypes: { overlay: mountOverlay },
  });
  const init = kernel.createInit();
  for (const path of ['/m', '/u', '/w']) init.mkdir(path);
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

export const lookups = async (): Promise<void> => {
  const rows = DEPTHS.map((lowers) => {
    const init = stack(lowers);
    const cold = cpuSeconds(() => init.stat(`/m${PATH}/file`));
    const per = (call: () => unknown, rounds = ROUNDS): string => {
      const run = (): void => {
        for (let round = 0; round < rounds; round++) call();
      };
      run();
      return rate(rounds / median(Array.from({ length: 7 }, () => cpuSeconds(run))));
    };
    return [
      String(lowers),
      per(() => init.stat(`/m${PATH}/file`)),
      `${(cold * 1000).toFixed(2)} ms`,
      per(() => init.tryStat(`/m${PATH}/none`)),
      // A merge costs as much as there are layers.
      per(() => init.readdir(`/m${PATH}`), Math.ceil(ROUNDS / lowers)),
    ];
  });
  table(['lower layers', 'hot stat /s', 'first stat', 'missing /s', 'merged readdir /s'], rows);
};
