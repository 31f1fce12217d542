// Images that come into a machine from outside of it, before anything runs, and go out of it when all is done.

import type { ImageLoad } from '../engine/contract.ts';
import type { EngineApi } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import type { ArchiveSource } from '../engine/tar/archive-source.ts';
import { ArchiveError } from '../engine/tar/read-archive.ts';

/** An archive of images outside of the machine, as `docker save` writes them. */
export interface ImageFile {
  /** As the person who gave it calls it. */
  readonly name: string;
  readonly archive: ArchiveSource;
  /** Keeps what had to be unpacked; in memory unless told. */
  readonly unpacked?: (bytes: Uint8Array) => ArchiveSource;
}

/** An archive that cannot be loaded, or an image that is not there to be saved; the message is for people. */
export class ImageFileError extends Error {
  override name = 'ImageFileError';
}

/** Throws ImageFileError at the first that cannot be loaded. */
export const loadImageFiles = ({ images }: EngineApi, files: readonly ImageFile[]): ImageLoad[] =>
  files.map(({ name, archive, unpacked }) => {
    try {
      return images.load(archive, unpacked);
    } catch (error) {
      if (!(error instanceof ArchiveError) && !isEngineError(error)) throw error;
      throw new ImageFileError(`cannot load '${name}': ${error.message}`);
    }
  });

/** The pieces of an archive of one image, as `docker save` writes it. Throws ImageFileError. */
export const saveImageFile = ({ images }: EngineApi, image: string): Uint8Array[] => {
  try {
    return images.save([image]);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    throw new ImageFileError(`cannot save '${image}': ${error.message}`);
  }
};
