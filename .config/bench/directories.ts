// Creating and removing in a directory of a union, by how many entries it has. Level lines are wanted.

import { O } from '../../shell/fs/open-flags.ts';
import type { Process } from '../../shell/fs/process.ts';
import { bareMachine, mountUnion } from './bare-machine.ts';
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
  const init = bareMachine(['/l', '/u', '/w', '/m']);
  mountUnion(init);
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
