// Creating and removing in a directory of a union, by how many entries it has. Level lines are wanted.

import { virtualClock } from '../../shell/fs/clock.ts';
import { Kernel } from '../../shell/fs/kernel.ts';
import { O } from '../../shell/fs/open-flags.ts';
import type { Process } from '../../shell/fs/process.ts';
import { createRandom } from '../../shell/fs/random.ts';
import { mountOverlay } from '../../shell/overlay/index.ts';
import { cpuSeconds, median, rate, table } from './measure.ts';

const SIZES = [100, 1_000, 10_000, 100_000];
const TURNS = 60;
/** So many turns warm the code up. */
const WARM = 20;
const BATCH = 1000;

const create = (init: Process, path: string): void =>
  init.close(init.open(path, O.WRONLY | O.CREAT | O.EXCL));

/** A union with one directory of so many files. */
const fill = (files: number): Process => {
  const kernel = new Kernel({
    clock: virtualClock(),
    random: createRandom(1),
    loader: () => undefined,
    filesystemTypes: { overlay: mountOverlay },
  });
  const init = kernel.createInit();
  for (const path of ['/l', '/u', '/w', '/m']) init.mkdir(path);
  const options = 'lowerdir=/l,upperdir=/u,workdir=/w';
  init.mount({ source: 'overlay', target: '/m', type: 'overlay', options });
  init.mkdir('/m/d');
  for (let at = 0; at < files; at++) create(init, `/m/d/file${at}`);
  return init;
};

export const directories = async (): Promise<void> => {
  const unions = SIZES.map(fill);
  const paths = Array.from({ length: BATCH }, (_, at) => `/m/d/new${at}`);
  const steps = [
    create,
    (init: Process, path: string) => init.stat(path),
    (init: Process, path: string) => init.unlink(path),
  ];
  const times = unions.map(() => steps.map((): number[] => []));
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [at, init] of unions.entries()) {
      for (const [step, call] of steps.entries()) {
        const seconds = cpuSeconds(() => {
          for (const path of paths) call(init, path);
        });
        if (turn >= WARM) times[at]?.[step]?.push(seconds / BATCH);
      }
    }
  }
  table(
    ['entries', 'create /s', 'stat /s', 'unlink /s'],
    SIZES.map((files, at) => [
      files.toLocaleString('en'),
      ...(times[at] ?? []).map((seconds) => rate(1 / median(seconds))),
    ]),
  );
};
