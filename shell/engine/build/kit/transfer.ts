// How many bytes the client sends for a directory: BuildKit's protocol (fsutil) has a packet for each file's attributes,
// and sends data only of files that have changed since the last time.

import type { Stat } from '../../../fs/stat.ts';
import type { SourceEntry } from '../source-tree.ts';

/** What was sent, by path: enough to know whether a file has changed. */
export type Sent = Readonly<Record<string, string>>;

const CHUNK = 32 * 1024;
const FIN = 2;
const GO_DIRECTORY = 2 ** 31;
const GO_SYMLINK = 2 ** 27;

const varint = (value: number | bigint): number => {
  let bytes = 1;
  for (let rest = BigInt(value) >> 7n; rest > 0n; rest >>= 7n) bytes += 1;
  return bytes;
};

/** A field with its tag; protobuf leaves zeros out. */
const numberField = (value: number | bigint): number => (BigInt(value) === 0n ? 0 : 1 + varint(value));
const bytesField = (length: number): number => (length === 0 ? 0 : 1 + varint(length) + length);

const statBytes = ({ path, stat }: SourceEntry, target: string): number => {
  const kind = stat.kind === 'directory' ? GO_DIRECTORY : stat.kind === 'symlink' ? GO_SYMLINK : 0;
  const size = stat.kind === 'directory' ? 0 : stat.size;
  const body =
    bytesField(Buffer.byteLength(path)) +
    numberField((stat.mode & 0o777) + kind) +
    numberField(size) +
    numberField(stat.mtime) +
    bytesField(Buffer.byteLength(target));
  return bytesField(body);
};

const dataBytes = (size: number, at: number): number => {
  const id = numberField(at);
  let bytes = 2 + id;
  for (let rest = size; rest > 0; rest -= CHUNK) bytes += 2 + id + bytesField(Math.min(rest, CHUNK));
  return bytes;
};

const markOf = (stat: Stat): string => `${stat.mode}:${stat.kind === 'file' ? stat.size : 0}:${stat.mtime}`;

/** Bytes on the wire, and what the receiver knows afterwards. `linkTarget` reads a symbolic link. */
export const transfer = (
  entries: readonly SourceEntry[],
  before: Sent | undefined,
  linkTarget: (path: string) => string,
): { bytes: number; sent: Sent } => {
  let bytes = FIN;
  const sent: Record<string, string> = {};
  for (const [at, entry] of entries.entries()) {
    const { path, stat } = entry;
    bytes += statBytes(entry, stat.kind === 'symlink' ? linkTarget(path) : '');
    sent[path] = markOf(stat);
    if (stat.kind === 'file' && before?.[path] !== sent[path]) bytes += dataBytes(stat.size, at);
  }
  return { bytes, sent };
};
