// Digests as Docker writes them: `sha256:` and 64 hexadecimal digits.

import { createHash, type Hash } from 'node:crypto';
import type { ArchiveVisitor } from './tar/archive.ts';

export type Digest = string;

export const sha256 = (data: string | Uint8Array): Digest =>
  `sha256:${createHash('sha256').update(data).digest('hex')}`;

/** The digits alone. */
export const hexOf = (digest: Digest): string => digest.slice(digest.indexOf(':') + 1);

/** The 12 digits that people see. */
export const shortId = (id: string): string => hexOf(id).slice(0, 12);

/** The ID of a layer on top of others: chain(n) = sha256(chain(n-1) + ' ' + diff(n)); the first is its diff ID. */
export const chainId = (diffIds: readonly Digest[]): Digest =>
  diffIds.reduce((chain, diffId) => (chain === '' ? diffId : sha256(`${chain} ${diffId}`)), '');

/** The tar without entries, 1024 zero bytes: a layer that changes nothing. */
export const EMPTY_DIFF_ID: Digest =
  'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';

/** Hashes an archive while it is written. */
export class DigestVisitor implements ArchiveVisitor {
  readonly #hash: Hash = createHash('sha256');

  raw(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  entry(): void {}

  data(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  finish(): Digest {
    return `sha256:${this.#hash.digest('hex')}`;
  }
}
