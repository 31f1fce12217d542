// What of a machine is Docker: the engine, the filesystems that it mounts, and images from outside. It is loaded late,
// by late-docker-host.ts.

import { writeDaemonFile } from '../engine/daemon-file.ts';
import { shortId } from '../engine/digest.ts';
import { Engine } from '../engine/engine.ts';
import type { DriverName } from '../engine/storage/driver-names.ts';
import type { Process } from '../fs/process.ts';
import { findImage, hasRepository } from '../images/catalogue.ts';
import { containerRuntime } from './container-runtime.ts';
import { type ImageFile, loadImageFiles } from './image-files.ts';

export { mountBtrfs, mountZfs } from '../fs/pool/disks.ts';
export { mountAufs, mountOverlay } from '../overlay/index.ts';
export { saveImageFile } from './image-files.ts';

export const openEngine = (dockerd: Process, storageDriver: DriverName | undefined): Engine => {
  // In the file, a restart finds it again.
  if (storageDriver !== undefined) writeDaemonFile(dockerd, { 'storage-driver': storageDriver });
  return new Engine({
    root: dockerd,
    runtime: containerRuntime,
    catalogue: { findImage, hasRepository },
    ...(storageDriver === undefined ? {} : { storageDriver }),
  });
};

/** Their names; the ID of one without a name. Throws ImageFileError. */
export const loadImages = (engine: Engine, files: readonly ImageFile[]): string[] =>
  loadImageFiles(engine, files)
    .flatMap(({ images }) => images)
    .flatMap(({ id, tags }) => (tags.length > 0 ? tags : [shortId(id)]));
