// --load and --save: archives of images on the real disk.

import {
  closeSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { ArchiveSource, ImageFile, SavedImage } from '../shell/index.ts';
import type { SaveOrder } from './command-line.ts';

/** What is read from the disk at once. */
const WINDOW = 64 * 1024;

/** A file that is read where it is asked for; it stays open. Throws what open(2) says. */
export function openImageFile(path: string): ImageFile {
  const fd = openSync(path, 'r');
  const { size } = fstatSync(fd);
  return { name: path, archive: fileSource(fd, size), unpacked: unpackedBeside };
}

function fileSource(fd: number, size: number): ArchiveSource {
  let window: Uint8Array = new Uint8Array(0);
  let start = 0;
  return {
    size,
    read: (position, length) => {
      const end = Math.min(position + length, size);
      if (length > WINDOW) return readFully(fd, position, end - position);
      if (position < start || end > start + window.length) {
        start = position;
        window = readFully(fd, position, Math.min(WINDOW, size - position));
      }
      return window.slice(position - start, end - start);
    },
  };
}

/** Fewer bytes when the file has been cut since: what is missing reads as zeros, as on a disk. */
function readFully(fd: number, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, length));
  for (let at = 0; at < bytes.length; ) {
    const read = readSync(fd, bytes, at, bytes.length - at, position + at);
    if (read === 0) break;
    at += read;
  }
  return bytes;
}

let unpackedFiles = 0;

/** What a compressed layer unpacks to lies in a file without a name, not in memory. */
function unpackedBeside(bytes: Uint8Array): ArchiveSource {
  const path = join(tmpdir(), `cowsh-${process.pid}-${unpackedFiles++}`);
  const fd = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  writeFully(fd, bytes);
  return fileSource(fd, bytes.length);
}

function writeFully(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

/** Where an image goes: beside the file until all of it is written, so that there is the whole of it or nothing. */
export const savedImage = ({ image, file }: SaveOrder): SavedImage => ({
  image,
  write: (pieces) => {
    const draft = draftOf(file);
    const fd = openSync(draft, 'wx', 0o666);
    try {
      for (const piece of pieces) writeFully(fd, piece);
    } catch (error) {
      unlinkSync(draft);
      throw error;
    } finally {
      closeSync(fd);
    }
    renameSync(draft, file);
  },
});

const draftOf = (file: string): string => join(dirname(file), `.${basename(file)}.${process.pid}.part`);

/** Throws what open(2) or read(2) says when the file cannot be read. */
export function tryToLoad(path: string): void {
  const fd = openSync(path, 'r');
  try {
    readSync(fd, new Uint8Array(1));
  } finally {
    closeSync(fd);
  }
}

/** Throws what open(2) says when the file could not be made. */
export function tryToSave({ file }: SaveOrder): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw Object.assign(new Error(), { code: 'EISDIR' });
  }
  const draft = draftOf(file);
  closeSync(openSync(draft, 'wx'));
  unlinkSync(draft);
}
