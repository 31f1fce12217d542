// A session for those above: sizes and clocks by name.

import type { DriverName } from '../engine/storage/driver-names.ts';
import { virtualClock } from '../fs/clock.ts';
import type { ImageFile } from '../machine/image-files.ts';
import { createSession, type Session } from './session.ts';

export interface OpenOptions {
  /** 'virtual': nothing takes real time, and the same input gives the same bytes. */
  readonly clock?: 'real' | 'virtual';
  readonly columns?: number;
  readonly rows?: number;
  /** overlay2 unless told. */
  readonly storageDriver?: DriverName;
  /** Images from outside, loaded before anybody logs in. */
  readonly load?: readonly ImageFile[];
  /** Commands of former sessions, the oldest first. */
  readonly history?: readonly string[];
}

/** A fresh machine with `learner` logged in; 120 columns and 34 rows on the real clock unless told. Throws ImageFileError. */
export const openSession = ({
  clock = 'real',
  columns = 120,
  rows = 34,
  ...rest
}: OpenOptions = {}): Session =>
  createSession({
    columns,
    rows,
    ...rest,
    ...(clock === 'virtual' ? { clock: virtualClock() } : { seed: freshSeed() }),
  });

/** Somebody's own machine has ids and names of its own, as a real one has. */
const freshSeed = (): number => Math.floor(Math.random() * 2 ** 32);
