// The containerd image store's content: blobs by their digest, manifests and configurations as they are, layers' archives
// compressed. A layer's blob is kept under the digest of the archive as it is uncompressed.

import { gzipSync } from 'node:zlib';
import { Content } from '../fs/content.ts';
import type { Process } from '../fs/process.ts';
import { walk } from '../fs/walk.ts';
import { type Digest, hexOf } from './digest.ts';
import { listNames, makeDirectories, removeTree, writeFile } from './files.ts';
import { CONTAINERD_HOME } from './paths.ts';
import type { ArchiveVisitor } from './tar/archive.ts';
import { concat } from './tar/header.ts';

const BLOBS = `${CONTAINERD_HOME}/io.containerd.content.v1.content/blobs/sha256`;

export class ContentStore {
  readonly #process: Process;

  constructor(process: Process) {
    this.#process = process;
  }

  put(digest: Digest, data: string | Uint8Array): void {
    makeDirectories(this.#process, BLOBS, 0o700);
    writeFile(this.#process, pathOf(digest), data, 0o444);
  }

  /** A blob of which only the size is known: its bytes are made up. */
  putSized(digest: Digest, size: number): void {
    this.put(digest, '');
    const { mount, node } = walk(this.#process, pathOf(digest));
    mount.fs.setContent?.(node, Content.noise(size, Number.parseInt(hexOf(digest).slice(0, 8), 16)));
  }

  /** Bytes; 0 for what is not there. */
  size(digest: Digest): number {
    return this.#process.tryStat(pathOf(digest))?.size ?? 0;
  }

  /** Bytes of all blobs. */
  total(): number {
    return listNames(this.#process, BLOBS).reduce((sum, name) => sum + this.size(`sha256:${name}`), 0);
  }

  remove(digest: Digest): void {
    removeTree(this.#process, pathOf(digest));
  }
}

const pathOf = (digest: Digest): string => `${BLOBS}/${hexOf(digest)}`;

const PIECE = 1 << 20;

/** Compresses an archive while it is written, piece by piece: gzip(1) takes several compressed streams for one. */
export class Compressor implements ArchiveVisitor {
  readonly #compressed: Uint8Array[] = [];
  #waiting: Uint8Array[] = [];
  #length = 0;

  raw(bytes: Uint8Array): void {
    this.#add(bytes);
  }

  entry(): void {}

  data(bytes: Uint8Array): void {
    this.#add(bytes);
  }

  finish(): Uint8Array {
    this.#compress();
    return concat(this.#compressed);
  }

  #add(bytes: Uint8Array): void {
    this.#waiting.push(bytes.slice());
    this.#length += bytes.length;
    if (this.#length >= PIECE) this.#compress();
  }

  #compress(): void {
    this.#compressed.push(gzipSync(concat(this.#waiting), { level: 1 }));
    this.#waiting = [];
    this.#length = 0;
  }
}
