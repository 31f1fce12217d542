// What a walk ends at when the last link is that of a descriptor whose file is in no filesystem: a pipe, a terminal's end.

import { FsError } from './errno.ts';
import type { OpenFile } from './open-file.ts';

/** For a call that needs a place it is as if nothing were there; open(2) and stat(2) take the file. */
export class PlacelessFile extends FsError {
  readonly file: OpenFile;

  constructor(file: OpenFile) {
    super('ENOENT');
    this.file = file;
  }
}

/** The file without a place that a walk came to; any other error flies on. */
export const placelessOf = (error: unknown): OpenFile => {
  if (error instanceof PlacelessFile) return error.file;
  throw error;
};
