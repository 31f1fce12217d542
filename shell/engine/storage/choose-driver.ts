// Which storage driver dockerd takes when it starts: the flag, or daemon.json, or the one it had before, or the default.

import type { Process } from '../../fs/process.ts';
import { type DaemonFile, readDaemonFile } from '../daemon-file.ts';
import { refuse } from '../engine-error.ts';
import { listNames } from '../files.ts';
import { DATA_ROOT } from '../paths.ts';
import { DEFAULT_DRIVER, type DriverName, driverNames, isDriverName } from './driver-names.ts';

/** Throws daemon-file, daemon-flag-twice, driver-unsupported, driver-state-of-several. */
export const chooseDriver = (process: Process, flag: string | undefined): DriverName => {
  const file = readDaemonFile(process);
  const asked = flag ?? file['storage-driver'];
  if (flag !== undefined && file['storage-driver'] !== undefined)
    return refuse('daemon-flag-twice', flag, fileValue(file));
  if (asked === undefined || asked === '') return priorDriver(process) ?? DEFAULT_DRIVER;
  if (isDriverName(asked)) return asked;
  return refuse('driver-unsupported');
};

const fileValue = (file: DaemonFile): string => String(file['storage-driver']);

/** The driver that has left something here; vfs is never taken without being asked for (graphdriver.New). */
const priorDriver = (process: Process): DriverName | undefined => {
  const prior = driverNames.filter(
    (name) => name !== 'vfs' && listNames(process, `${DATA_ROOT}/${name}`).length > 0,
  );
  if (prior.length > 1) refuse('driver-state-of-several', DATA_ROOT, prior.join(', '));
  return prior[0];
};
