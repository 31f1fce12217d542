// --storage-driver: the drivers that a machine can start with.

import { driverNames, driverNote, isDriverName } from '../shell/index.ts';

/** Drivers that Docker had, and what became of them. */
const gone: Readonly<Record<string, string>> = {
  devicemapper: 'devicemapper needs a disk of its own; Docker 25 removed it',
  overlay: 'overlay is the forerunner of overlay2; Docker 24 removed it',
};

/** Why there is no machine with this driver; undefined when there is one. */
export const whyNoDriver = (name: string): string | undefined => {
  if (isDriverName(name)) return undefined;
  const why = Object.hasOwn(gone, name) ? gone[name] : `there is no storage driver '${name}'`;
  return `${why}; cowsh has ${driverNames.join(', ')}`;
};

/** What is to be said of a driver that there is. */
export const noteOnDriver = (name: string): string | undefined =>
  isDriverName(name) ? driverNote(name) : undefined;
