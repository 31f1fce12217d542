// Snapshot, restore, and the difference of two snapshots, by the number of files; they should be level lines.

import { bootKernel } from '../../shell/fs/boot.ts';
import { virtualClock } from '../../shell/fs/clock.ts';
import { createRandom } from '../../shell/fs/random.ts';
import { changedFiles } from '../../shell/fs/snapshot.ts';
import { cpuSeconds, median, table } from './measure.ts';

const SIZES = [10, 1_000, 100_000];
const ROUNDS = 200;

export const snapshots = async (): Promise<void> => {
  const rows = SIZES.map((files) => {
    const kernel = bootKernel({ clock: virtualClock(), random: createRandom(1), loader: () => undefined });
    const init = kernel.createInit();
    for (let at = 0; at < files; at++) {
      if (at % 1000 === 0) init.mkdir(`/d${at / 1000}`);
      init.close(init.open(`/d${Math.floor(at / 1000)}/f${at}`, 0o101));
    }
    const micros = (run: () => void): string => {
      run();
      return `${(median(Array.from({ length: 9 }, () => cpuSeconds(() => repeat(run)) / ROUNDS)) * 1e6).toFixed(1)} µs`;
    };
    const before = kernel.snapshot();
    const touch = (): void => init.chmod('/d0/f0', 0o600);
    touch();
    const after = kernel.snapshot();
    return [
      files.toLocaleString('en'),
      micros(() => kernel.snapshot()),
      micros(() => kernel.restore(before)),
      micros(() => {
        kernel.snapshot();
        touch();
      }),
      micros(() => changedFiles(before, after)),
    ];
  });
  table(['files', 'snapshot', 'restore', 'snapshot and a change', 'difference'], rows);
};

const repeat = (run: () => void): void => {
  for (let round = 0; round < ROUNDS; round++) run();
};
