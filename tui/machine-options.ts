// What the command line says of the machine, as the shell wants it.

import type { DriverName, ImageFile } from '../shell/index.ts';
import { isDriverName } from '../shell/index.ts';
import type { Common } from './command-line.ts';
import { openImageFile } from './image-files.ts';

/** The command line has been checked: the driver is there, the files can be opened. */
export const machineOptions = ({
  storageDriver,
  load,
}: Common): { storageDriver?: DriverName; load?: readonly ImageFile[] } => ({
  ...(storageDriver !== undefined && isDriverName(storageDriver) ? { storageDriver } : {}),
  ...(load === undefined ? {} : { load: load.map(openImageFile) }),
});
